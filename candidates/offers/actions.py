"""Making an offer: its terms in versions, its approval, its way to the candidate."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct
from ats.common.errors import Invalid, WrongState
from ats.duework.tasks import plan
from ats.organisation import working
from candidates.applications import fetching as applications
from candidates.applications.deciding import leaves_at
from candidates.applications.models import Application
from candidates.applications.workflow import check_active
from candidates.experience import letters, promises, words
from candidates.experience.policy import Event
from candidates.offers import approving, documents, fetching, telling, workflow
from candidates.offers import letter as letter_
from candidates.offers import terms as terms_
from candidates.offers.fetching import MAKE, SEND
from candidates.offers.models import Offer, OfferState, OfferTerms
from candidates.offers.terms import Terms

MAKE_FOR = applications.DECIDE
"""Whoever decides about somebody may offer them a seat."""
REACHED, REMIND, EXPIRE = "offers.reached", "offers.remind", "offers.expire"
"""Tasks: the moment in which a sent offer is the candidate's, the reminder, the end of its time."""
LONGEST_REASON = 2_000


@transaction.atomic
def draft(*, application_id: int, by: User, now: datetime, **given: Unpack[Terms]) -> Offer:
    """Begin an offer to somebody in play, for a seat that is open; what is not given comes from the role."""
    applications.keep_open_for(application_id)
    application = applications.locked(application_id, user=by, permission=MAKE_FOR)
    check_active(application.state)
    _check_range(application)
    if application.offers.live().exists():
        raise WrongState(f"{application.candidate.name} has an offer already: change that one.")
    facts: dict[str, Any] = terms_.suggested(application.requisition) | dict(given)
    days = terms_.valid_days(facts.pop("valid_days", 5))
    facts.setdefault("letter", letter_.template_for(application.requisition.organisation))
    offer = Offer.objects.create(
        application=application,
        opening=fetching.free_seat(application),
        made_by=by,
        valid_days=days,
    )
    _write_terms(offer, facts, by=by, now=now)
    telling.noted("offer.drafted", offer, by=by, now=now)
    return offer


@transaction.atomic
def change_terms(*, offer_id: int, by: User, now: datetime, **given: Unpack[Terms]) -> Offer:
    """Another version of the terms, which says what is other; what was approved is approved no more."""
    offer = fetching.locked(offer_id, user=by, permission=MAKE)
    workflow.check_changeable(offer.state)
    before = fetching.current(offer)
    facts: dict[str, Any] = terms_.values_of(before) | dict(given)
    days = terms_.valid_days(facts.pop("valid_days", offer.valid_days))
    if offer.state != OfferState.DRAFT:
        workflow.check(offer.state, OfferState.DRAFT)
        approving.take_back(offer, by=by, now=now)
    more = [] if days == offer.valid_days else [f"Time to answer: {days} working days"]
    offer.number, offer.state, offer.valid_days = offer.number + 1, OfferState.DRAFT, days
    after = _write_terms(offer, facts, by=by, now=now, before=before, more=more)
    offer.save(update_fields=["number", "state", "valid_days"])
    telling.noted("offer.changed", offer, by=by, now=now, number=after.number, changes=after.changes)
    return offer


def _write_terms(
    offer: Offer,
    facts: dict[str, Any],
    *,
    by: User,
    now: datetime,
    before: OfferTerms | None = None,
    more: list[str] | None = None,
) -> OfferTerms:
    requisition = offer.application.requisition
    zone = requisition.organisation.calendar.zone
    kept = terms_.checked(facts, requisition=requisition, today=now.astimezone(zone).date())
    letter_.check(kept["letter"])
    terms = OfferTerms(offer=offer, number=offer.number, made_by=by, made_at=now, **kept)
    if before is not None:
        terms.changes = terms_.changes(before, terms) + (more or [])
        if not terms.changes:
            raise Invalid("Nothing is other than it was.")
    terms.save()
    return terms


def _check_range(application: Application) -> None:
    requisition = application.requisition
    if requisition.pay_min is None or requisition.pay_max is None:
        raise WrongState(
            f"{requisition.title} has no approved pay range: give it one first, on its page under Pay."
        )


@transaction.atomic
def submit(*, offer_id: int, by: User, now: datetime) -> Offer:
    """Ask for its approval; where no chain says that anybody is asked, it is approved by that."""
    offer = fetching.locked(offer_id, user=by, permission=MAKE)
    workflow.check(offer.state, OfferState.APPROVAL)
    check_active(offer.application.state)
    _check_range(offer.application)
    terms = fetching.current(offer)
    if terms.starts_on <= _today(offer, now):
        raise WrongState("The first day lies in the past by now: change the terms.")
    offer.state = OfferState.APPROVAL
    offer.save(update_fields=["state"])
    telling.noted("offer.submitted", offer, by=by, now=now, number=offer.number)
    if approving.ask(offer, terms, by=by, now=now):
        approved(offer, by=None, now=now, how="nobody has to be asked")
    return offer


def approved(offer: Offer, *, by: CanAct | None, now: datetime, how: str) -> None:
    """It may be sent: the letter is kept from now on, byte for byte. The caller holds it locked."""
    workflow.check(offer.state, OfferState.APPROVED)
    offer.state = OfferState.APPROVED
    offer.save(update_fields=["state"])
    documents.keep_letter(offer, fetching.current(offer), now=now)
    telling.noted("offer.approved", offer, by=by, now=now, how=how, number=offer.number)


def refused(offer: Offer, *, by: CanAct | None, now: datetime, reason: str) -> None:
    """Back to the one who made it, with the reason. The caller holds it locked."""
    workflow.check(offer.state, OfferState.DRAFT)
    offer.state = OfferState.DRAFT
    offer.save(update_fields=["state"])
    telling.noted("offer.refused", offer, by=by, now=now, reason=reason)


@transaction.atomic
def send(*, offer_id: int, by: User, now: datetime) -> Offer:
    """Give it to the candidate: the message waits for the cool-off, in which the offer can still be taken back.

    `WrongState` where the seat has been filled or offered to somebody else meanwhile.
    """
    offer = fetching.locked(offer_id, user=by, permission=SEND)
    workflow.check(offer.state, OfferState.SENT)
    application = offer.application
    check_active(application.state)
    if fetching.current(offer).starts_on <= _today(offer, now):
        raise WrongState("The first day lies in the past by now: change the terms.")
    offer.opening = fetching.seat(offer)
    offer.state, offer.sent_at = OfferState.SENT, leaves_at(application, now)
    offer.expires_at = working.after_days(_calendar(offer), offer.sent_at, offer.valid_days)
    offer.remind_at = remind_time(offer, since=offer.sent_at)
    offer.save(update_fields=["opening", "state", "sent_at", "expires_at", "remind_at"])
    letters.queue(
        "offer.sent",
        application=application,
        key=f"offer:{offer.pk}",
        now=now,
        extra=telling.facts(offer),
        sender=by,
        not_before=offer.sent_at,
    )
    plan(REACHED, subject_id=offer.pk, due_at=offer.sent_at, key=f"{REACHED}:{offer.pk}")
    _set_clocks(offer)
    telling.noted("offer.sent", offer, by=by, now=now, until=telling.until(offer), number=offer.number)
    return offer


@transaction.atomic
def reached(offer: Offer, now: datetime) -> None:
    """The moment has come from which it is the candidate's: the next move is theirs."""
    offer = fetching.relocked(offer)
    if offer.state != OfferState.SENT or offer.expires_at is None or offer.expires_at <= now:
        return
    promises.happened(
        Event.OFFERED, application=offer.application, by=offer.made_by, now=now, until=offer.expires_at
    )


@transaction.atomic
def extend(*, offer_id: int, until_day: Any, by: User, now: datetime) -> Offer:
    """Give the candidate more time, until the end of a working day; they are told."""
    offer = fetching.locked(offer_id, user=by, permission=SEND)
    if offer.state != OfferState.SENT or offer.expires_at is None:
        raise WrongState(f"This offer {workflow.SAID[OfferState(offer.state)]}: there is no time to give.")
    end = working.end_of(_calendar(offer), until_day)
    if end <= max(now, offer.expires_at):
        raise Invalid("Give a day after the one it stands until now.", field="until_day")
    if end > now + timedelta(days=180):
        raise Invalid("Give a day within half a year.", field="until_day")
    offer.expires_at, offer.reminded_at = end, None
    offer.remind_at = remind_time(offer, since=now)
    offer.save(update_fields=["expires_at", "remind_at", "reminded_at"])
    _set_clocks(offer)
    application = offer.application
    if fetching.has_reached(offer, now):
        open_one = promises.current(application)
        if open_one is not None and open_one.kind == "offer":
            promises.replace(
                application=application, due_at=end, by=by, now=now, reason="You have more time."
            )
        letters.queue(
            "offer.extended",
            application=application,
            key=f"offer.extended:{offer.pk}:{end.isoformat()}",
            now=now,
            extra=telling.facts(offer),
            sender=by,
        )
    telling.noted("offer.extended", offer, by=by, now=now, until=telling.until(offer))
    return offer


@transaction.atomic
def withdraw(*, offer_id: int, reason: str, by: User, now: datetime) -> Offer:
    """Take it back, with the cause; whoever has it already is told why, in these words."""
    offer = fetching.locked(offer_id, user=by, permission=SEND)
    reason = words.typed(reason)[:LONGEST_REASON]
    if not reason:
        raise Invalid("Say why, in words that the candidate may read.", field="reason")
    end_by_us(offer, reason=reason, by=by, now=now)
    return offer


def end_by_us(offer: Offer, *, reason: str, by: CanAct | None, now: datetime, tell: bool = True) -> None:
    """Withdraw a live offer. The caller holds it locked, and writes to the candidate if `tell` is off."""
    workflow.check(offer.state, OfferState.WITHDRAWN)
    had_it = offer.state == OfferState.SENT and fetching.has_reached(offer, now)
    if offer.state == OfferState.APPROVAL:
        approving.take_back(offer, by=by, now=now)
    offer.state, offer.settled_at, offer.end_reason = OfferState.WITHDRAWN, now, reason
    offer.save(update_fields=["state", "settled_at", "end_reason"])
    telling.forget(offer, now=now)
    if had_it and tell:
        letters.queue(
            "offer.withdrawn",
            application=offer.application,
            key=f"offer.withdrawn:{offer.pk}",
            now=now,
            extra={"reason": reason},
        )
    if had_it and offer.application.state == "active":
        promises.happened(Event.OFFER_ENDED, application=offer.application, by=by, now=now)
    telling.noted("offer.withdrawn", offer, by=by, now=now, reason=reason)


def _set_clocks(offer: Offer) -> None:
    """Reminder and end, at the times that hold; what was planned for others finds nothing to do."""
    for kind, due_at in ((REMIND, offer.remind_at), (EXPIRE, offer.expires_at)):
        if due_at is not None:
            plan(kind, subject_id=offer.pk, due_at=due_at, key=f"{kind}:{offer.pk}:{due_at.isoformat()}")


def remind_time(offer: Offer, *, since: datetime) -> datetime | None:
    """A working day before its last one, or half-way where there is not as much time."""
    if offer.expires_at is None:
        return None
    before = working.one_day_before(_calendar(offer), offer.expires_at)
    return before if before > since else since + (offer.expires_at - since) / 2


def _calendar(offer: Offer) -> Any:
    return offer.application.requisition.organisation.calendar


def _today(offer: Offer, now: datetime) -> Any:
    return now.astimezone(_calendar(offer).zone).date()
