"""Writing the letters that offers begin with."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.compose.words import typed
from candidates.offers.models import OfferLetterTemplate
from candidates.offers.queries import letter

NAME = "Offer letter"


@transaction.atomic
def write_template(
    *, organisation: HiringOrganisation | None, body: str, by: User, now: datetime
) -> OfferLetterTemplate | None:
    """The letter of this organisation, or of the house; without words, back to the one before."""
    if not by.has_perm("candidates.change_offer_letters"):
        raise NotAllowed(gettext("Letters are looked after by the leads."))
    rows = OfferLetterTemplate.objects.filter(organisation=organisation, is_default=True)
    own = rows.select_for_update(no_key=True).first()
    body = typed(body)
    if not body:
        if own is not None:
            record("offer.letter_changed", subject=own, by=by, now=now, data={"name": _of(organisation)})
            own.delete()
        return None
    letter.check(body, field="body")
    letter.check_length(letter.filled(body, letter.PLACEHOLDERS), field="body")
    own = own or OfferLetterTemplate(organisation=organisation, name=NAME, is_default=True)
    own.body = body
    own.save()
    record("offer.letter_changed", subject=own, by=by, now=now, data={"name": _of(organisation)})
    return own


def _of(organisation: HiringOrganisation | None) -> str:
    return f"for {organisation.name}" if organisation else "for all"
