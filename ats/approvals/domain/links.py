"""The link of the mail, with which an approver answers without signing in.

Its token follows from the house's secret and from whom was asked when, so that a reminder can carry the same
one; what is kept is its hash, and a token works for that approver and that question alone. It ends with the
approver's password and their other keys: what a reminder carries from then on is another.
"""

import base64
import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ats.approvals.models import Approval, ApprovalRequest

VALID_FOR = timedelta(days=14)
"""From the last mail that carried it; answering ends it sooner."""


def token_of(approval: Approval) -> str:
    """The token of an approval that has been asked."""
    assert approval.asked_at is not None
    said = f"{approval.pk}:{approval.approver_id}:{approval.asked_at.timestamp()}"
    if approval.link_ended_at is not None:
        said += f":{approval.link_ended_at.timestamp()}"
    digest = salted_hmac("ats.approvals.link", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def works(request: ApprovalRequest) -> bool:
    """Whether links in mails about this answer without signing in."""
    return request.chain is None or request.chain.mail_links


def address(approval: Approval) -> str:
    """The absolute address that the approver gets by mail."""
    if works(approval.request):
        return settings.BASE_URL + reverse("approval_by_link", args=[token_of(approval)])
    return page(approval.request)


def page(request: ApprovalRequest) -> str:
    return settings.BASE_URL + reverse("approval", args=[request.pk])


def is_over(approval: Approval, now: datetime) -> bool:
    """Whether the link has run out, though nobody has answered."""
    last = max(filter(None, [approval.asked_at, approval.reminded_at]), default=now)
    return now >= last + VALID_FOR
