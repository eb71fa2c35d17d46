"""A link for one person and one thing."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ats.accounts.models import User
from ats.accounts.queries.sign_in import takes_second_step
from ats.by_mail.domain import purposes
from ats.by_mail.models import MailKey
from ats.by_mail.queries import hash_of
from ats.organisation.models import HiringOrganisation

VALID_FOR = timedelta(days=7)


@transaction.atomic
def link(
    purpose: str,
    *,
    subject_id: int,
    user: User,
    organisation: HiringOrganisation,
    confidential: bool,
    now: datetime,
) -> str:
    """The absolute address for the mail; empty where nobody acts from a mail, and the reader signs in.

    That is so unless the organisation allows it, for people whose sign-in takes a second step, and about
    confidential roles. A link that was made before ends with the new one.
    """
    if purpose not in purposes.known():
        raise KeyError(f"Nobody declared the purpose {purpose}.")
    if not organisation.acts_by_mail or confidential or not user.is_active or takes_second_step(user):
        return ""
    open_ones = MailKey.objects.filter(user=user, purpose=purpose, subject_id=subject_id)
    open_ones.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=now, updated_at=now)
    token = secrets.token_urlsafe(32)
    MailKey.objects.create(
        user=user,
        purpose=purpose,
        subject_id=subject_id,
        token_hash=hash_of(token),
        expires_at=now + VALID_FOR,
    )
    return settings.BASE_URL + reverse("by_mail", args=[token])
