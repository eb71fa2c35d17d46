"""An interview with several people, and what they write about it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from candidates.models import Application, Interview, Scorecard
from candidates.scorecards import actions
from candidates.scorecards.actions.follow import follow
from candidates.scorecards.domain.evidence import Content, Given
from tests import factories as make
from tests.factories import NOW

AFTER = NOW + timedelta(hours=1, minutes=5)
"""Just after an interview of an hour that began at `NOW`."""


def met(
    *interviewers: User,
    application: Application | None = None,
    must_haves: tuple[str, ...] = ("Python", "SQL"),
    state: str = "booked",
    starts_at: datetime = NOW,
    **facts: Any,
) -> Interview:
    """A booked interview whose kit asks for each must-have, with the scorecards that go with it."""
    if application is None:
        requisition = make.make_requisition(must_haves=must_haves)
        application = make.make_application(requisition=requisition, stage_kind="interview")
    criteria = list(application.requisition.criteria.order_by("position"))
    kit = {
        "name": "Technical conversation",
        "purpose": "Whether they can do the work.",
        "avoid": "Family, age, health, origin.",
        "minutes": 60,
        "criteria": [
            {"id": each.pk, "name": each.name, "is_must": each.kind == "must", "why": each.why}
            for each in criteria
        ],
        "questions": [
            {
                "criterion": each.pk,
                "text": f"Tell me about {each.name}.",
                "good": f"Has built with {each.name}.",
            }
            for each in criteria
        ],
    }
    interview = make.make_interview(
        application, people=interviewers, starts_at=starts_at, minutes=60, state=state, kit=kit, **facts
    )
    with transaction.atomic():
        follow(interview_id=interview.pk, by=None, now=NOW - timedelta(days=1))
    return interview


def happen(what: str, interview: Interview, *, now: datetime = AFTER, **facts: Any) -> None:
    """What the interview's own actions record, after `facts` have become true of it."""
    if facts:
        Interview.objects.filter(pk=interview.pk).update(**facts)
    data = {"interview_id": interview.pk, "name": interview.name}
    with transaction.atomic():
        record(f"interview.{what}", subject=interview, by=None, now=now, data=data)


def hold(interview: Interview, *, now: datetime = AFTER) -> None:
    happen("held", interview, state="held", settled_at=now, now=now)


def card_of(interview: Interview, user: User) -> Scorecard:
    return Scorecard.objects.get(interview=interview, interviewer=user)


def whole(card: Scorecard, *, rating: str = "yes", word: str = "Did it before.", **facts: Any) -> Content:
    """Everything filled in, the same everywhere."""
    marks = {mark.position: Given(rating, word) for mark in card.marks.all()}
    facts = {"recommendation": rating, "reason": word} | facts
    return Content(marks=marks, **facts)


def hand_in(card: Scorecard, *, now: datetime = AFTER, **facts: Any) -> Scorecard:
    card.refresh_from_db()
    return actions.hand_in(
        scorecard_id=card.pk,
        revision=card.revision,
        content=whole(card, **facts),
        by=card.interviewer,
        now=now,
    )
