"""A link by which somebody does one thing about a role from their mail."""

from datetime import datetime

from ats.accounts.models import User
from ats.by_mail import actions as by_mail
from requisitions.roles.models import Requisition


def by_mail_link(purpose: str, *, subject_id: int, user: User, role: Requisition, now: datetime) -> str:
    """Empty where the role is confidential, or its organisation or this person's sign-in does not allow it."""
    return by_mail.link(
        purpose,
        subject_id=subject_id,
        user=user,
        organisation=role.organisation,
        confidential=role.confidential,
        now=now,
    )
