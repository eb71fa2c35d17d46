"""Doing what a link is for, once."""

from datetime import datetime

from django.db import transaction
from django.forms import Form

from ats.by_mail.domain import purposes
from ats.by_mail.domain.purposes import Done
from ats.by_mail.models import MailKey
from ats.by_mail.queries import hash_of
from ats.kernel import request_context
from ats.kernel.access import lock_all
from ats.kernel.errors import Missing, WrongState
from ats.kernel.staff_words import gettext

CHANNEL = "mail"
"""The door by which the record says that it came in."""


def use(*, token: str, form: Form, now: datetime) -> Done:
    """The action behind the form, in the name of the one whom the mail was sent to, and the end of the link.

    Where the action refuses, the link stays as it was.
    """
    with request_context.running(id=request_context.request_id.get(), via=CHANNEL), transaction.atomic():
        rows = MailKey.objects.filter(token_hash=hash_of(token))
        lock_all(MailKey, rows.values_list("pk", flat=True))
        key = rows.select_related("user").first()
        if key is None or not key.user.is_active:
            raise Missing(gettext("This link is not one of ours."))
        if key.used_at is not None or key.ended_at is not None or key.expires_at <= now:
            raise WrongState(gettext("This link does nothing any more."))
        done = purposes.known()[key.purpose].act(key, form, now)
        key.used_at = now
        key.save(update_fields=["used_at", "updated_at"])
    return done
