"""Writing the letters that offers begin with, in the organisation's first language and in others."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Missing, NotAllowed
from ats.kernel.languages import known, name_of
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.compose.words import typed
from candidates.offers.models import OfferLetterTemplate
from candidates.offers.queries import letter

NAME = "Offer letter"

Texts = Mapping[str, Mapping[str, str]]
"""By language the `body`; a language that is not among them has none."""


@transaction.atomic
def write_template(
    *, organisation: HiringOrganisation | None, body: str, by: User, now: datetime
) -> OfferLetterTemplate | None:
    """The letter of this organisation, or of the house; without words, back to the one before."""
    _check_may(by)
    return _write(organisation, letter.first_of(organisation), body, field="body", by=by, now=now)


@transaction.atomic
def translate_template(
    *, organisation: HiringOrganisation | None, texts: Texts, by: User, now: datetime
) -> list[OfferLetterTemplate]:
    """Exactly these beside the first language; `Invalid` names the field as `body_de`."""
    _check_may(by)
    others = known() - {letter.first_of(organisation)}
    if unknown := set(texts) - others:
        raise Missing(f"There is no letter in {min(unknown)} beside the first.")
    kept = []
    for code in sorted(others):
        body = texts.get(code, {}).get("body", "")
        if row := _write(organisation, code, body, field=f"body_{code}", by=by, now=now):
            kept.append(row)
    return kept


def _check_may(by: User) -> None:
    if not by.has_perm("candidates.change_offer_letters"):
        raise NotAllowed(gettext("Letters are looked after by the leads."))


def _write(
    organisation: HiringOrganisation | None, language: str, body: str, *, field: str, by: User, now: datetime
) -> OfferLetterTemplate | None:
    """The letter in this language; without words there is none. What is the same is not put on record."""
    rows = OfferLetterTemplate.objects.filter(organisation=organisation, language=language, is_default=True)
    own = rows.select_for_update(no_key=True).first()
    body = typed(body)
    if body == (own.body if own else ""):
        return own
    if not body:
        assert own is not None
        _noted(own, by=by, now=now)
        own.delete()
        return None
    letter.check(body, field=field)
    letter.check_length(letter.filled(body, letter.PLACEHOLDERS), field=field)
    own = own or OfferLetterTemplate(organisation=organisation, language=language, name=NAME, is_default=True)
    own.body = body
    own.save()
    _noted(own, by=by, now=now)
    return own


def _noted(row: OfferLetterTemplate, *, by: User, now: datetime) -> None:
    whose = f"for {row.organisation.name}" if row.organisation else "for all"
    also = "" if row.language == letter.first_of(row.organisation) else f" ({name_of(row.language)})"
    record("offer.letter_changed", subject=row, by=by, now=now, data={"name": whose + also})
