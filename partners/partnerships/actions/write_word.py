"""An ordinary message from the recruiting team to a partner, or to another colleague."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.staff_words import gettext
from ats.mail.models import OutgoingMail
from partners.partnerships import mails
from partners.partnerships.rules import WRITE_WORD
from requisitions.models import Requisition

LONGEST = 5_000


@transaction.atomic
def write_word(
    *, to_id: int, text: str, by: User, now: datetime, requisition_id: int | None = None
) -> OutgoingMail:
    """Send it as mail that is answered to who wrote it; about a role, where one is named."""
    if not by.has_perm(WRITE_WORD):
        raise NotAllowed(gettext("The recruiting team writes to its partners here."))
    to = User.objects.filter(pk=to_id, is_active=True).exclude(pk=by.pk).first()
    if to is None:
        raise Invalid(gettext("Choose somebody else who is here."), field="to")
    text = text.strip()
    if not text:
        raise Invalid(gettext("Write a few words."), field="text")
    if len(text) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="text")
    roles = Requisition.objects.visible_to(by).select_related("organisation")
    role = roles.filter(pk=requisition_id).first() if requisition_id else None
    return mails.send_word(to=to, text=text, by=by, role=role, key=uuid4().hex, now=now)
