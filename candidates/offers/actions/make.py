"""Making an offer: its terms in versions, its approval, its way to the candidate."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, announce
from ats.duework.tasks import plan
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from ats.organisation.domain.due_days import why_not
from candidates.applications.actions import fetch as applications
from candidates.applications.actions.decide import leaves_at
from candidates.applications.workflow import check_active
from candidates.compose import lawful, letters, words
from candidates.offers import workflow
from candidates.offers.actions import (
    ask_approval,
    fetch,
    keep_documents,
    notify,
    renew,
    set_clocks,
    write_terms,
)
from candidates.offers.actions.fetch import MAKE, SEND
from candidates.offers.domain import terms as terms_
from candidates.offers.domain.terms import Terms
from candidates.offers.models import Offer, OfferState
from candidates.submissions.queries import check_put_forward

MAKE_FOR = applications.FILL
LONGEST_REASON = 2_000


@transaction.atomic
def draft(*, application_id: int, by: User, now: datetime, **given: Unpack[Terms]) -> Offer:
    """Begin an offer to somebody in play, for a seat that is open; what is not given comes from the role."""
    applications.keep_open_for(application_id, user=by)
    application = applications.locked(application_id, user=by, permission=MAKE_FOR)
    check_active(application.state)
    check_put_forward(application)
    write_terms.check_range(application)
    if application.offers.live().exists():
        raise WrongState(
            gettext("%(candidate)s has an offer already: change that one.")
            % {"candidate": application.candidate.name}
        )
    facts = terms_.suggested(application.requisition) | write_terms.with_letter(application, dict(given))
    days = terms_.valid_days(facts.pop("valid_days", 5))
    offer = Offer.objects.create(
        application=application,
        opening=fetch.free_seat(application),
        made_by=by,
        valid_days=days,
    )
    write_terms.write(offer, facts, number=offer.number, by=by, now=now)
    notify.noted("offer.drafted", offer, by=by, now=now)
    return offer


@transaction.atomic
def change_terms(*, offer_id: int, by: User, now: datetime, **given: Unpack[Terms]) -> Offer:
    """Another version of the terms, which says what is other; what was approved is approved no more.

    Of an offer that is with the candidate it is the next version, in the making beside what they have.
    """
    offer = fetch.locked(offer_id, user=by, permission=MAKE)
    if offer.state == OfferState.SENT:
        return renew.write(offer, dict(given), by=by, now=now)
    workflow.check_changeable(offer.state)
    before = fetch.current(offer)
    facts = terms_.values_of(before) | write_terms.with_letter(
        offer.application, dict(given), was=before.tongue
    )
    days = terms_.valid_days(facts.pop("valid_days", offer.valid_days))
    if offer.state != OfferState.DRAFT:
        workflow.check(offer.state, OfferState.DRAFT)
        ask_approval.take_back(offer, by=by, now=now)
    more = write_terms.other_days(offer.valid_days, days)
    offer.number, offer.state, offer.valid_days = offer.number + 1, OfferState.DRAFT, days
    after = write_terms.write(offer, facts, number=offer.number, by=by, now=now, before=before, more=more)
    offer.save(update_fields=["number", "state", "valid_days"])
    notify.noted("offer.changed", offer, by=by, now=now, number=after.number, changes=after.changes)
    return offer


@transaction.atomic
def submit(*, offer_id: int, by: User, now: datetime, with_gaps: bool = False) -> Offer:
    """Ask for its approval; where no chain says that anybody is asked, it is approved by that.

    `with_gaps` says that the letter may leave though no font has some of its letters.
    """
    offer = fetch.locked(offer_id, user=by, permission=MAKE)
    if offer.next_state:
        return renew.submit(offer, by=by, now=now, with_gaps=with_gaps)
    workflow.check(offer.state, OfferState.APPROVAL)
    check_active(offer.application.state)
    write_terms.check_range(offer.application)
    terms = fetch.current(offer)
    write_terms.check_first_day(offer, terms, now, end=set_clocks.end_of(offer, now, offer.valid_days))
    write_terms.check_fonts(offer, terms, with_gaps=with_gaps)
    write_terms.check_reads(offer, terms)
    offer.state = OfferState.APPROVAL
    offer.save(update_fields=["state"])
    notify.noted("offer.submitted", offer, by=by, now=now, number=offer.number)
    if ask_approval.ask(offer, terms, by=by, now=now):
        approved(offer, by=None, now=now, how="nobody has to be asked")
    return offer


def approved(offer: Offer, *, by: CanAct | None, now: datetime, how: str) -> None:
    """It may be sent: the letter is kept from now on, byte for byte. The caller holds it locked."""
    workflow.check(offer.state, OfferState.APPROVED)
    offer.state = OfferState.APPROVED
    offer.save(update_fields=["state"])
    keep_documents.keep_letter(offer, fetch.current(offer), now=now)
    notify.noted("offer.approved", offer, by=by, now=now, how=how, number=offer.number)


def refused(offer: Offer, *, by: CanAct | None, now: datetime, reason: str) -> None:
    """Back to the one who made it, with the reason. The caller holds it locked."""
    workflow.check(offer.state, OfferState.DRAFT)
    offer.state = OfferState.DRAFT
    offer.save(update_fields=["state"])
    notify.noted("offer.refused", offer, by=by, now=now, reason=reason)


@transaction.atomic
def send(*, offer_id: int, by: User, now: datetime) -> Offer:
    """Give it to the candidate: the message waits for the cool-off, in which the offer can still be taken back.

    `WrongState` where the seat has been filled or offered to somebody else meanwhile. The next version of
    one that they have takes its place at once.
    """
    offer = fetch.locked(offer_id, user=by, permission=SEND)
    if offer.next_state:
        return renew.send(offer, by=by, now=now)
    workflow.check(offer.state, OfferState.SENT)
    application = offer.application
    check_active(application.state)
    terms = fetch.current(offer)
    sent_at = leaves_at(application, now)
    end = set_clocks.end_of(offer, sent_at, offer.valid_days)
    write_terms.check_first_day(offer, terms, now, end=end)
    write_terms.check_kept(offer, terms)
    offer.opening = fetch.seat(offer)
    offer.state, offer.sent_at = OfferState.SENT, sent_at
    times = set_clocks.stands_until(offer, end, now=offer.sent_at)
    offer.save(update_fields=["opening", "state", "sent_at", *times])
    letters.queue(
        "offer.sent",
        application=application,
        key=f"offer:{offer.pk}",
        now=now,
        extra=notify.facts(offer),
        sender=by,
        not_before=offer.sent_at,
    )
    plan(
        set_clocks.REACHED, subject_id=offer.pk, due_at=offer.sent_at, key=f"{set_clocks.REACHED}:{offer.pk}"
    )
    set_clocks.set_(offer)
    notify.noted("offer.sent", offer, by=by, now=now, until=notify.until(offer), number=offer.number)
    return offer


@transaction.atomic
def reached(offer: Offer, now: datetime) -> None:
    """The moment has come from which it is the candidate's: the next move is theirs."""
    offer = fetch.relocked(offer)
    if offer.state != OfferState.SENT or offer.expires_at is None or offer.expires_at <= now:
        return
    announce("offer.reached", subject=offer, by=offer.made_by, now=now)


@transaction.atomic
def extend(*, offer_id: int, until_day: Any, by: User, now: datetime) -> Offer:
    """Give the candidate more time, until the end of a working day; they are told."""
    offer = fetch.locked(offer_id, user=by, permission=SEND)
    if offer.state != OfferState.SENT or offer.expires_at is None:
        raise WrongState(
            gettext("This offer %(state)s: there is no time to give.")
            % {"state": workflow.SAID[OfferState(offer.state)]}
        )
    calendar = set_clocks.calendar_of(offer)
    end = working_time.end_of(calendar, until_day)
    if end <= max(now, offer.expires_at):
        raise Invalid(gettext("Give a day after the one it stands until now."), field="until_day")
    if end > now + timedelta(days=180):
        raise Invalid(gettext("Give a day within half a year."), field="until_day")
    if closed := why_not(calendar, end):
        raise Invalid(closed, field="until_day")
    if too_late := write_terms.too_late_to_start(offer, fetch.current(offer), end):
        raise Invalid(
            gettext(
                "%(too_late)s Change the terms first: a version with a later first day gives them its own time."
            )
            % {"too_late": too_late},
            field="until_day",
        )
    offer.save(update_fields=set_clocks.stands_until(offer, end, now=now))
    set_clocks.set_(offer)
    if fetch.has_reached(offer, now):
        letters.queue(
            "offer.extended",
            application=offer.application,
            key=f"offer.extended:{offer.pk}:{end.isoformat()}",
            now=now,
            extra=notify.facts(offer),
            sender=by,
        )
    notify.noted("offer.extended", offer, by=by, now=now, until=notify.until(offer))
    return offer


@transaction.atomic
def drop_next(*, offer_id: int, by: User, now: datetime) -> Offer:
    """The next version is not made after all; what the candidate has stands as it did."""
    return renew.drop(fetch.locked(offer_id, user=by, permission=MAKE), by=by, now=now)


@transaction.atomic
def withdraw(*, offer_id: int, reason: str, by: User, now: datetime) -> Offer:
    """Take it back, with the cause; whoever has it already is told why, in these words."""
    offer = fetch.locked(offer_id, user=by, permission=SEND)
    reason = words.typed(reason)[:LONGEST_REASON]
    if not reason:
        raise Invalid(gettext("Say why, in words that the candidate may read."), field="reason")
    said = {"reason": reason}
    lawful.check(offer.application, said, where="offer", what="Why our offer ends, for", uses=TOLD)
    end_by_us(offer, reason=reason, by=by, now=now)
    return offer


def end_by_us(offer: Offer, *, reason: str, by: CanAct | None, now: datetime, tell: bool = True) -> None:
    """Withdraw a live offer. The caller holds it locked, and writes to the candidate if `tell` is off."""
    workflow.check(offer.state, OfferState.WITHDRAWN)
    had_it = offer.state == OfferState.SENT and fetch.has_reached(offer, now)
    if offer.state == OfferState.APPROVAL:
        ask_approval.take_back(offer, by=by, now=now)
    unmade = renew.forget(offer, by=by, now=now)
    offer.state, offer.settled_at, offer.end_reason = OfferState.WITHDRAWN, now, reason
    offer.save(update_fields=["state", "settled_at", "end_reason", *unmade])
    notify.forget(offer, now=now)
    if had_it and tell:
        letters.queue(
            "offer.withdrawn",
            application=offer.application,
            key=f"offer.withdrawn:{offer.pk}",
            now=now,
            extra={"reason": reason},
        )
    notify.noted("offer.withdrawn", offer, by=by, now=now, reason=reason)
