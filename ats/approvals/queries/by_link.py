"""The approval that a link is about."""

from ats.approvals.domain.links import hash_of, works
from ats.approvals.models import Approval


def by_token(token: str) -> Approval | None:
    """The approval that this link is about, whatever has become of it; None for a link that is none of ours."""
    rows = Approval.objects.select_related(
        "approver", "request__requested_by", "request__organisation", "request__chain"
    )
    approval = rows.filter(token_hash=hash_of(token), approver__is_active=True).first()
    if approval is None or not approval.approver.may_work_for(approval.request.organisation_id):
        return None
    return approval if works(approval.request) else None
