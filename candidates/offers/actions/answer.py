"""The candidate's answer, or none: accepting, declining, and what the clock does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.activity.record import CanAct
from ats.kernel.access import lock
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.languages import Words
from ats.mail.outbox import Attachment
from candidates.applications.actions import fetch as applications
from candidates.applications.actions.decide import join
from candidates.applications.models import Application
from candidates.compose import quiet_hours, words
from candidates.offers import workflow
from candidates.offers.actions import fetch, keep_documents, notify, renew, set_clocks
from candidates.offers.models import Offer, OfferState, Signature
from candidates.people.domain.keys import one_line
from candidates.people.models import Candidate
from requisitions.models import Opening
from requisitions.roles.models import OpeningState

OVER: dict[str, Words] = {
    OfferState.ACCEPTED: gettext_lazy("You have accepted this offer already."),
    OfferState.DECLINED: gettext_lazy("You have declined this offer. If that has changed, write to us."),
    OfferState.EXPIRED: gettext_lazy(
        "The time for this offer has run out. If you would still like it, write to us."
    ),
    OfferState.WITHDRAWN: gettext_lazy("This offer no longer stands. We have written to you about it."),
    OfferState.RENEGED: gettext_lazy("This offer is over."),
}
"""What a candidate reads who answers an offer that is over."""


@transaction.atomic
def accept(
    *,
    offer: Offer,
    typed_name: str,
    sha256: str,
    ip: str | None,
    user_agent: str,
    candidate: Candidate,
    now: datetime,
) -> Offer:
    """Accept by typing one's name under the letter with these bytes: signed, the seat filled, both sides told.

    Nobody is hired for a day that has passed or is too near by now: another one is agreed with them.
    A second click finds it accepted. `Conflict` where the letter is not the one that was read.
    """
    name = one_line(typed_name)[:200]
    if len(name) < 2:
        raise Invalid(gettext_lazy("Type your name to accept."), field="typed_name")
    _check_whose(offer, candidate)
    if Offer.objects.filter(pk=offer.pk, state=OfferState.ACCEPTED).exists():
        return fetch.rows().get(pk=offer.pk)
    _check_open(Offer.objects.get(pk=offer.pk), now)
    applications.keep_open(offer.application.requisition_id)
    offer = fetch.relocked(offer)
    if offer.state == OfferState.ACCEPTED:  # the other tab was faster
        return offer
    _check_open(offer, now)
    letter = keep_documents.letter_of(offer)
    if letter is None or letter.sha256 != sha256:
        raise Conflict(gettext_lazy("Our offer has changed since you opened it: please read it once more."))
    lock(Opening, offer.opening_id)
    opening = Opening.objects.get(pk=offer.opening_id)
    if opening.state != OpeningState.OPEN:
        raise WrongState(
            gettext_lazy(
                "Something has come in between on our side. Please write to us: we will sort it out."
            )
        )
    terms = fetch.current(offer)
    signature = Signature.objects.create(
        offer=offer,
        typed_name=name,
        signed_at=now,
        ip=ip or None,
        user_agent=one_line(user_agent)[:300],
        document_sha256=sha256,
    )
    workflow.check(offer.state, OfferState.ACCEPTED)
    unmade = renew.forget(offer, by=candidate, now=now)
    offer.state, offer.settled_at = OfferState.ACCEPTED, now
    offer.save(update_fields=["state", "settled_at", *unmade])
    first_day = set_clocks.first_day(offer, terms, now)
    paper = keep_documents.keep_signed(offer, signature, terms, now=now, first_day=first_day)
    notify.noted("offer.accepted", offer, by=candidate, now=now, number=offer.number, sha256=sha256)
    join(application=offer.application, opening=opening, by=offer.made_by, now=now, starts_on=first_day)
    attachment = Attachment(
        filename=keep_documents.filename(offer, paper.kind),
        content_type="application/pdf",
        content=keep_documents.bytes_of(paper),
    )
    notify.welcome(offer, terms, attachment=attachment, now=now, first_day=first_day)
    note = "" if first_day else notify.day_to_agree(offer, terms, now)
    notify.tell_team(offer, "offer.answered", answer="accepted our offer", reason="", note=note, now=now)
    return offer


@transaction.atomic
def decline(*, offer: Offer, reason: str, candidate: Candidate, now: datetime) -> Offer:
    """No, with the reason; the application stays in play, and the next word is ours."""
    _check_whose(offer, candidate)
    offer = fetch.relocked(offer)
    if offer.state == OfferState.DECLINED:
        return offer
    _check_open(offer, now)
    said = words.typed(reason)[:2000]
    workflow.check(offer.state, OfferState.DECLINED)
    _end(offer, OfferState.DECLINED, reason=said, by=candidate, now=now)
    notify.noted("offer.declined", offer, by=candidate, now=now, reason=said or "no reason given")
    notify.tell_team(offer, "offer.answered", answer="declined our offer", reason=said, now=now)
    return offer


@transaction.atomic
def expire(offer: Offer, now: datetime) -> None:
    """The time is up: it ends, kindly, and the team knows. Given more time meanwhile, it stands."""
    offer = fetch.relocked(offer)
    if offer.state != OfferState.SENT or offer.expires_at is None or offer.expires_at > now:
        return
    workflow.check(offer.state, OfferState.EXPIRED)
    _end(offer, OfferState.EXPIRED, reason="", by=None, now=now)
    notify.noted("offer.expired", offer, by=None, now=now)
    notify.tell_candidate(offer, "offer.expired", now=now)
    notify.tell_team(offer, "offer.answered", answer="did not answer our offer in time", reason="", now=now)


@transaction.atomic
def remind(offer: Offer, now: datetime) -> None:
    """Once, a working day before the end."""
    offer = fetch.relocked(offer)
    waits = offer.state == OfferState.SENT and offer.reminded_at is None
    if not waits or offer.remind_at is None or offer.expires_at is None:
        return
    if offer.remind_at <= now < offer.expires_at:
        offer.reminded_at = now
        offer.save(update_fields=["reminded_at"])
        # Due by day, it may be looked at in their night, after an outage.
        zone = quiet_hours.zone_for(offer.application)
        morning = min(quiet_hours.awake(now, zone), offer.expires_at)
        notify.tell_candidate(offer, "offer.reminder", now=now, not_before=morning)


def _end(offer: Offer, state: OfferState, *, reason: str, by: CanAct | None, now: datetime) -> None:
    unmade = renew.forget(offer, by=by, now=now)
    offer.state, offer.settled_at, offer.end_reason = state, now, reason
    offer.save(update_fields=["state", "settled_at", "end_reason", *unmade])
    notify.forget(offer, now=now)


def _check_whose(offer: Offer, candidate: Candidate) -> None:
    if not Application.objects.filter(pk=offer.application_id, candidate=candidate).exists():
        raise Missing("There is no such offer.")


def _check_open(offer: Offer, now: datetime) -> None:
    if offer.state in OVER:
        raise WrongState(OVER[offer.state])
    if offer.state != OfferState.SENT or not fetch.has_reached(offer, now):
        raise Missing("There is no such offer.")
    if offer.expires_at is not None and offer.expires_at <= now:
        raise WrongState(OVER[OfferState.EXPIRED])
