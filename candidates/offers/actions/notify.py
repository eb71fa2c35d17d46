"""Who hears of an offer: the record, the candidate, the recruiter, the hiring manager."""

from datetime import date, datetime, tzinfo
from typing import Any

from django.utils import timezone

from ats.activity.record import CanAct, record
from ats.kernel.kept import kept
from ats.kernel.languages import later
from ats.kernel.when import day_in
from ats.mail import outbox
from ats.mail.outbox import Attachment
from candidates.compose import letters, words
from candidates.internal.queries import may_hear, partner_of
from candidates.offers.actions import set_clocks
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferTerms

TO_CANDIDATE = ("offer.sent", "offer.renewed", "offer.extended", "offer.reminder")
"""Messages that ask for an answer: untrue once there is one."""


def noted(verb: str, offer: Offer, *, by: CanAct | None, now: datetime, **data: Any) -> None:
    """Put it on record."""
    facts = {"offer_id": offer.pk, "opening_id": offer.opening_id} | data
    record(verb, subject=offer, by=by, now=now, data=facts)


def until(offer: Offer) -> str:
    """The day by which it is to be answered, in words."""
    return words.day(*_until(offer))


def _until(offer: Offer) -> tuple[datetime, tzinfo]:
    zone = offer.application.requisition.organisation.calendar.zone
    return offer.expires_at or timezone.now(), zone


def facts(offer: Offer) -> dict[str, str]:
    """What messages say about the offer beside who and for what."""
    return {"offer.until": later(lambda: day_in(*_until(offer)))}


def forget(offer: Offer, *, now: datetime) -> None:
    """What was about to ask for an answer is no longer true."""
    outbox.cancel(roles_=TO_CANDIDATE, now=now, application_id=offer.application_id)


def welcome(
    offer: Offer, terms: OfferTerms, *, attachment: Attachment, now: datetime, first_day: date | None
) -> None:
    """The signed letter, how glad we are, and when they begin; or by when we agree that."""
    application = offer.application
    role, extra = "offer.accepted", {"start.day": later(terms_.said, terms, "starts_on")}
    if first_day is None:
        role, extra = (
            "offer.accepted_day_open",
            extra | {"agreed.by": later(lambda: day_in(*_agreeing(offer, now)))},
        )
    outbox.queue(
        role,
        to=letters.to_candidate(application),
        message=letters.write(role, application=application, now=now, extra=extra),
        key=f"offer.accepted:{offer.pk}",
        now=now,
        about=application.about(),
        attachments=[attachment],
    )
    forget(offer, now=now)


def day_to_agree(offer: Offer, terms: OfferTerms, now: datetime) -> str:
    """What the team owes them whose first day has come too near."""
    return kept(
        f"Their first day, {terms_.said(terms, 'starts_on')}, is too near by now. They have been told that you agree "
        f"another one with them by {_agreed_by(offer, now)}: set it on the page of the hire."
    )


def _agreed_by(offer: Offer, now: datetime) -> str:
    return words.day(*_agreeing(offer, now))


def _agreeing(offer: Offer, now: datetime) -> tuple[datetime, tzinfo]:
    calendar = set_clocks.calendar_of(offer)
    return set_clocks.agreed_by(calendar, now), calendar.zone


def tell_candidate(offer: Offer, role: str, *, now: datetime, not_before: datetime | None = None) -> None:
    letters.queue(
        role,
        application=offer.application,
        key=f"{role}:{offer.pk}:{offer.expires_at:%Y%m%d%H%M}",
        now=now,
        not_before=not_before,
        extra=facts(offer),
    )


def tell_team(offer: Offer, role: str, *, answer: str, reason: str, now: datetime, note: str = "") -> None:
    """The recruiter, the partner on this application and who made it, each once."""
    application = offer.application
    requisition = application.requisition
    people = (requisition.recruiter, partner_of(application), offer.made_by)
    for user in may_hear(people, application.pk):
        values = {
            "user.first_name": user.get_short_name(),
            "candidate.name": application.candidate.name,
            "job.title": requisition.title,
            "answer": answer,
            "reason": kept(f"In their words: {reason}") if reason else note,
            "link": letters.staff_link(f"/offers/{offer.pk}/"),
        }
        if user.is_active:
            outbox.queue(
                role,
                to=letters.to_user(user),
                message=outbox.write(role, values=values, organisation=None, language=user.language),
                key=f"{role}:{offer.pk}:{offer.state}:{user.pk}",
                now=now,
                about={"requisition_id": requisition.pk},
            )
