"""A forgotten password: the link is made and sent apart from who asks for it, known or not."""

import uuid
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ats.accounts.actions.notify import send_reset_link
from ats.accounts.models import User
from ats.duework.tasks import hurry, plan

SEND_RESET = "accounts.send_reset"


def ask_for_reset(*, email: str, now: datetime) -> None:
    """Have the link sent if the address is somebody's; here the same is done where it is nobody's."""
    payload = {"email": email.strip().lower()}
    with transaction.atomic():
        plan(SEND_RESET, subject_id=0, due_at=now, key=f"{SEND_RESET}:{uuid.uuid4()}", payload=payload)
        hurry("tasks")


def send_reset(*, email: str, now: datetime) -> None:
    """The link by which this person chooses a new password; nothing for an address that is nobody's."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    # The address of the link is ours, whatever host the request claimed to be for.
    link = settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)
    send_reset_link(user, link=link, now=now)
