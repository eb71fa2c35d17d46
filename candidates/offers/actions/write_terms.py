"""Writing down a version of an offer's terms, and what has to hold before anybody is asked about it."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.kernel.when import counted
from candidates.applications.models import Application
from candidates.compose import lawful, words
from candidates.offers.actions import keep_documents, set_clocks
from candidates.offers.domain import pdf
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferTerms
from candidates.offers.queries import letter as letter_


def write(
    offer: Offer,
    facts: dict[str, Any],
    *,
    number: int,
    by: User,
    now: datetime,
    before: OfferTerms | None = None,
    more: list[str] | None = None,
) -> OfferTerms:
    """Keep these terms as this version, which says what is other than `before`; `Invalid` if nothing is."""
    said = {"range_reason": str(facts.get("range_reason") or "")}
    lawful.check(offer.application, said, where="offer-terms", what="Why this pay, for")
    kept = terms_.checked(
        facts, requisition=offer.application.requisition, today=set_clocks.today(offer, now)
    )
    letter_.check(kept["letter"])
    terms = OfferTerms(offer=offer, number=number, made_by=by, made_at=now, **kept)
    letter_.check_length(letter_.written(offer, terms))
    if before is not None:
        terms.changes = ours(terms_.changes)(before, terms) + (more or [])
        if not terms.changes:
            raise Invalid(gettext("Nothing is other than it was."))
    terms.save()
    return terms


def with_letter(application: Application, given: dict[str, Any], *, was: str = "") -> dict[str, Any]:
    """What is given, with the letter that offers begin with where a language was asked for and no words.

    `was`: the language of the version before; without one there is none yet, and the candidate's is asked for.
    """
    organisation = application.requisition.organisation
    if "letter" in given:
        return {"language": was or organisation.language} | given
    asked = given.get("language") or was or application.candidate.language
    if asked == was:
        return given
    words = letter_.template_for(organisation, asked)
    return given | {"letter": words.body, "language": words.language}


def other_days(before: int, after: int) -> list[str]:
    return (
        [] if before == after else [kept(f"Time to answer: {counted(after, 'working day', 'working days')}")]
    )


def check_range(application: Application) -> None:
    requisition = application.requisition
    if requisition.pay_min is None or requisition.pay_max is None:
        raise WrongState(
            gettext("%(requisition)s has no approved pay range: give it one first, on its page under Pay.")
            % {"requisition": requisition.title}
        )


def lost(offer: Offer, terms: OfferTerms) -> str:
    """Letters of this version that no font of its PDF can write: they would stand there as empty boxes."""
    shown = [
        letter_.written(offer, terms),
        offer.application.candidate.name,
        offer.application.requisition.title,
    ]
    return pdf.missing("".join(shown))


def check_fonts(offer: Offer, terms: OfferTerms, *, with_gaps: bool) -> None:
    """Nobody sends a letter with empty boxes without having said so."""
    letters = lost(offer, terms)
    if letters and not with_gaps:
        said = gettext(
            "The letter has no font for %(letters)s: they would be empty boxes. "
            "Write them in another script, or have a font added (OFFER_LETTER_FONTS)."
        )
        raise Invalid(
            said % {"letters": letters},
            field="with_gaps",
        )


def check_reads(offer: Offer, terms: OfferTerms) -> None:
    """Nobody is asked about a letter whose pages say something else than its words."""
    if place := keep_documents.unlike(offer, terms):
        raise Invalid(keep_documents.misread(place), field="letter")


def check_kept(offer: Offer, terms: OfferTerms) -> None:
    """Nor is one sent, however long ago it was approved."""
    kept = keep_documents.letter_of(offer, terms.number)
    if kept is not None and (place := keep_documents.kept_unlike(kept, offer, terms)):
        said = gettext(
            "The letter that was approved does not say what it was meant to at %(place)s. "
            "Change a word of it: that makes a new version, which is drawn and approved anew."
        )
        raise WrongState(said % {"place": place})


def check_first_day(offer: Offer, terms: OfferTerms, now: datetime, *, end: datetime) -> None:
    """Who answers at the last moment, at `end`, can still begin on the day that the letter says."""
    if terms.starts_on <= set_clocks.today(offer, now):
        raise WrongState(gettext("The first day lies in the past by now: change the terms."))
    if too_late := too_late_to_start(offer, terms, end):
        raise Invalid(
            gettext("%(too_late)s Give a later first day, or less time to answer.") % {"too_late": too_late},
            field="starts_on",
        )


def too_late_to_start(offer: Offer, terms: OfferTerms, end: datetime) -> str:
    """Why nobody who accepts at `end` can begin on the first day of these terms; empty where they can."""
    earliest = set_clocks.earliest_start(offer, end)
    if terms.starts_on >= earliest:
        return ""
    return gettext(
        "They could say yes until %(until)s, and would begin on %(first)s; after a yes on that day the earliest "
        "first day is %(earliest)s."
    ) % {
        "until": words.told_day(end, set_clocks.calendar_of(offer).zone),
        "first": date_format(terms.starts_on, "DAY"),
        "earliest": date_format(earliest, "DAY"),
    }
