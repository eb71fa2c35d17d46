"""The next version of an offer that is with its candidate: made and approved beside it, then in its place.

What the candidate has stays valid until the next version is sent; from then on only that can be accepted.
Callers hold the offer locked, as accepting does: of an answer and a new version, one comes first.
"""

from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.activity.record import CanAct
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.workflow import check_active
from candidates.compose import letters
from candidates.offers import workflow
from candidates.offers.actions import ask_approval, fetch, keep_documents, notify, set_clocks, write_terms
from candidates.offers.domain import terms as terms_
from candidates.offers.models import NextState, Offer, OfferState, OfferTerms

NEXT = ("next_state", "next_number", "next_days")


def write(offer: Offer, given: dict[str, Any], *, by: User, now: datetime) -> Offer:
    """Begin the next version from the one that they have, or change the one that is in the making."""
    _check_theirs(offer, now)
    last = offer.terms.order_by("-number")[0]
    before = next_of(offer) or fetch.current(offer)
    facts = terms_.values_of(before) | write_terms.with_letter(offer.application, given, was=before.tongue)
    was = offer.days_of(before.number)
    days = terms_.valid_days(facts.pop("valid_days", was))
    if offer.next_state == NextState.APPROVAL:
        ask_approval.take_back(offer, by=by, now=now)
    if offer.next_state != NextState.DRAFT:
        workflow.check_next(offer.next_state, NextState.DRAFT)
    more = write_terms.other_days(was, days)
    after = write_terms.write(offer, facts, number=last.number + 1, by=by, now=now, before=before, more=more)
    offer.next_state, offer.next_number, offer.next_days = NextState.DRAFT, after.number, days
    offer.save(update_fields=NEXT)
    notify.noted("offer.changed", offer, by=by, now=now, number=after.number, changes=after.changes)
    return offer


def submit(offer: Offer, *, by: User, now: datetime, with_gaps: bool) -> Offer:
    """Ask for its approval, as of any offer; where nobody is asked, it is approved by that."""
    workflow.check_next(offer.next_state, NextState.APPROVAL)
    _check_theirs(offer, now)
    write_terms.check_range(offer.application)
    terms = _whole(offer)
    write_terms.check_first_day(offer, terms, now, end=_end(offer, terms, now))
    write_terms.check_fonts(offer, terms, with_gaps=with_gaps)
    write_terms.check_reads(offer, terms)
    if not terms_.changes(fetch.current(offer), terms) and offer.next_days == offer.valid_days:
        raise WrongState(gettext("It says the same as the offer that they have: change it, or drop it."))
    _become(offer, NextState.APPROVAL)
    notify.noted("offer.submitted", offer, by=by, now=now, number=terms.number)
    if ask_approval.ask(offer, terms, by=by, now=now):
        approved(offer, by=None, now=now, how="nobody has to be asked")
    return offer


def approved(offer: Offer, *, by: CanAct | None, now: datetime, how: str) -> None:
    """It may take the place of the one before: its letter is kept from now on, byte for byte."""
    _become(offer, NextState.APPROVED)
    terms = _whole(offer)
    keep_documents.keep_letter(offer, terms, now=now)
    notify.noted("offer.approved", offer, by=by, now=now, how=how, number=terms.number)


def refused(offer: Offer, *, by: CanAct | None, now: datetime, reason: str) -> None:
    """Back to the one who made it, with the reason; what the candidate has is not touched by it."""
    _become(offer, NextState.DRAFT)
    notify.noted("offer.refused", offer, by=by, now=now, reason=reason)


def send(offer: Offer, *, by: User, now: datetime) -> Offer:
    """It takes the place of the one before, at once: that can no longer be accepted, and they are told."""
    workflow.check_next_may_leave(offer.next_state)
    _check_theirs(offer, now)
    terms = _whole(offer)
    end = _end(offer, terms, now)
    write_terms.check_first_day(offer, terms, now, end=end)
    write_terms.check_kept(offer, terms)
    offer.renewed_at, offer.renewed_from, offer.number = now, offer.number, terms.number
    offer.valid_days = offer.days_of(terms.number)
    _clear(offer)
    times = set_clocks.stands_until(offer, end, now=now)
    offer.save(update_fields=["renewed_at", "renewed_from", "number", "valid_days", *NEXT, *times])
    set_clocks.set_(offer)
    notify.forget(offer, now=now)
    letters.queue(
        "offer.renewed",
        application=offer.application,
        key=f"offer.renewed:{offer.pk}:{offer.number}",
        now=now,
        extra=notify.facts(offer),
        sender=by,
    )
    notify.noted("offer.renewed", offer, by=by, now=now, until=notify.until(offer), number=offer.number)
    return offer


def drop(offer: Offer, *, by: User, now: datetime) -> Offer:
    """It is not made after all; what the candidate has goes on as if nothing had been."""
    workflow.check_next(offer.next_state, NextState.NONE)
    number = offer.next_number
    offer.save(update_fields=forget(offer, by=by, now=now))
    notify.noted("offer.dropped", offer, by=by, now=now, number=number)
    return offer


def forget(offer: Offer, *, by: CanAct | None, now: datetime) -> tuple[str, ...]:
    """The offer is answered or over: nothing is in the making. The names of the fields to be saved."""
    if offer.next_state == NextState.APPROVAL:
        ask_approval.take_back(offer, by=by, now=now)
    _clear(offer)
    return NEXT


def next_of(offer: Offer) -> OfferTerms | None:
    """The terms in the making."""
    return offer.terms.filter(number=offer.next_number).first() if offer.next_number else None


def _whole(offer: Offer) -> OfferTerms:
    assert offer.next_number is not None
    return offer.terms.get(number=offer.next_number)


def _end(offer: Offer, terms: OfferTerms, now: datetime) -> datetime:
    """Until when they may answer once it is theirs: nobody gets less time by it than they had."""
    assert offer.expires_at is not None
    return max(offer.expires_at, set_clocks.end_of(offer, now, offer.days_of(terms.number)))


def _become(offer: Offer, state: NextState) -> None:
    workflow.check_next(offer.next_state, state)
    offer.next_state = state
    offer.save(update_fields=["next_state"])


def _clear(offer: Offer) -> None:
    offer.next_state, offer.next_number, offer.next_days = NextState.NONE, None, None


def _check_theirs(offer: Offer, now: datetime) -> None:
    """Raise WrongState unless they have it and may still answer."""
    check_active(offer.application.state)
    if offer.state != OfferState.SENT:
        raise WrongState(
            gettext("This offer %(state)s: its terms no longer change.")
            % {"state": workflow.SAID[OfferState(offer.state)]}
        )
    if not fetch.has_reached(offer, now):
        raise WrongState(
            gettext("This offer has not left yet: withdraw it, and make another one from its terms.")
        )
    if offer.expires_at is not None and offer.expires_at <= now:
        raise WrongState(gettext("The time for this offer has run out."))
