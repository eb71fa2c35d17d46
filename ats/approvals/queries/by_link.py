"""The approval that a link is about."""

from ats.approvals.domain.links import hash_of, works
from ats.approvals.models import Approval


def by_token(token: str) -> Approval | None:
    """The approval that this link is about, whatever has become of it; None for a link that is none of ours."""
    rows = Approval.objects.select_related(
        "approver", "request__requested_by", "request__organisation", "request__chain"
    )
    approval = rows.filter(token_hash=hash_of(token), approver__is_active=True).first()
    return approval if approval is not None and works(approval.request) else None
