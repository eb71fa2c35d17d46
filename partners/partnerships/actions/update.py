"""The recruiting side says where the role stands."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from partners.partnerships import mails
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.rules import sides_of

LONGEST_UPDATE = 2000


@transaction.atomic
def give_update(*, partnership_id: int, words: str, by: User, now: datetime) -> Activity:
    """A few words of one's own on how it goes; the hiring manager gets them by mail, and both find them here."""
    rows = Partnership.objects.select_related("requisition__organisation", "requisition__hiring_manager")
    partnership = get_for(rows, partnership_id, user=by, permission="partners.take_part", for_update=True)
    if PartnerSide.RECRUITER not in sides_of(by, partnership.requisition):
        raise NotAllowed(gettext("The recruiting side says where the role stands."))
    if partnership.state == PartnershipState.CLOSED:
        raise WrongState(gettext("This role has ended, and its partnership with it."))
    words = words.strip()
    if not words:
        raise Invalid(gettext("Write a few words."), field="words")
    if len(words) > LONGEST_UPDATE:
        raise Invalid(
            gettext("Keep it under %(LONGEST_UPDATE)s characters.") % {"LONGEST_UPDATE": LONGEST_UPDATE},
            field="words",
        )
    what = f"The update on {partnership.requisition}"
    place = Place(name=f"update:{partnership.pk}:{now.isoformat()}", what=what, about=partnership.about())
    lawful.check({"words": words}, place=place)
    update = record("update.given", subject=partnership, by=by, now=now, data={"body": words})
    mails.send_update(partnership, words=words, by=by, key=str(update.pk), now=now)
    return update
