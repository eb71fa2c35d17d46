"""Interviews in the demo company: asked for, picked, held, and what was written down about them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.timeline import Role, Timeline, active
from candidates.models import (
    Application,
    BookingRequest,
    BookingState,
    Interview,
    Rating,
    Scorecard,
    ScorecardState,
)
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from candidates.scheduling.domain.slots import free_slots
from candidates.scheduling.queries import availability
from candidates.scorecards import actions as scorecards
from candidates.scorecards.actions import decide
from candidates.scorecards.domain.evidence import Content, Given

SEEN: dict[str, tuple[str, ...]] = {
    Rating.STRONG_YES: (
        "Found the wrong calendar in the log within five minutes, and said what it had cost the travellers.",
        "Told us of a launch that they stopped themselves, with the mail they wrote to say so.",
    ),
    Rating.YES: (
        "Went through it step by step, and named the two things that they would have to look up.",
        "Described how they handed over at two in the morning, and what they wrote down for the next shift.",
    ),
    Rating.NO: (
        "Spoke of what the team did; when asked for the own part, it stayed general three times.",
        "Would have restarted it and waited. Did not ask what travellers saw in the meantime.",
    ),
    Rating.DEFINITELY_NOT: ("Blamed the night shift for it, and had no idea what they would change.",),
}
REASONS: dict[str, str] = {
    Rating.STRONG_YES: "Has done exactly this and got better by what went wrong.",
    Rating.YES: "Can do it; will need someone beside them in the first weeks.",
    Rating.NO: "I did not see the must-have, and I asked for it three times.",
    Rating.DEFINITELY_NOT: "Not with our travellers.",
}
GOOD = ((Rating.STRONG_YES, Rating.YES), (4, 6))
POOR = ((Rating.YES, Rating.NO, Rating.DEFINITELY_NOT), (3, 7, 1))


class Meetings:
    """What happens between somebody's move into a stage of interviews and the decision after it."""

    def __init__(self, story: Timeline) -> None:
        self.story = story

    def ask(
        self, role: Role, application: Application, nth: int, then: Callable[..., None], now: datetime
    ) -> None:
        """The coordinator asks for a time; most pick one within a day, `then` is what follows the last of them."""
        story = self.story
        if not active(application):
            return
        wanted = role.requisition.planned_interviews.filter(stage=role.stage("interview", nth), retired=False)
        request = request_times.ask(
            application_id=application.pk,
            planned_ids=list(wanted.order_by("position").values_list("pk", flat=True)),
            by=story.house["coordinator"],
            now=now,
            latest=(now + timedelta(days=12)).date(),
        )
        story.at(story.soon(now, 0.05, 0.9), partial(self._pick, role, request.pk, then))

    def _pick(self, role: Role, request_id: int, then: Callable[..., None], now: datetime) -> None:
        story = self.story
        request = BookingRequest.objects.select_related("application__candidate").get(pk=request_id)
        if request.state != BookingState.OPEN or not active(request.application):
            return
        slots = free_slots(availability.for_request(request, now=now))
        if not slots:
            return
        slot = slots[min(len(slots) - 1, story.chance.choice((0, 2, 8, 16, 24)))]
        booked = booking.pick(
            request=request, slot_key=slot.key, candidate=request.application.candidate, now=now
        )
        likes = story.chance.random() < 0.6
        for interview in booked:
            self._plan_evidence(interview, likes)
        story.at(
            story.soon(booked[-1].ends_at, 1.2, 2.2), partial(self._debrief, role, request.application, then)
        )

    def _plan_evidence(self, interview: Interview, likes: bool) -> None:
        """Most write it down the same day; now and then somebody needs the reminder, or is not done yet."""
        for seat in interview.seats.filter(released=False):
            late = self.story.chance.random() < 0.15
            moment = interview.ends_at + timedelta(
                hours=self.story.chance.uniform(20, 30) if late else self.story.chance.uniform(0.3, 3)
            )
            self.story.at(moment, partial(self._write, interview.pk, seat.user_id, likes))

    def _write(self, interview_id: int, user_id: int, likes: bool, now: datetime) -> None:
        card = (
            Scorecard.objects.select_related("interviewer", "application")
            .filter(interview=interview_id, interviewer=user_id, state=ScorecardState.DRAFT)
            .first()
        )
        if card is None or card.application.state != "active":
            return
        choices, weights = GOOD if likes else POOR
        rate = partial(self.story.chance.choices, choices, weights=weights)
        marks = {}
        for mark in card.marks.order_by("position"):
            rating = rate()[0]
            marks[mark.position] = Given(rating, self.story.chance.choice(SEEN[rating]))
        overall = rate()[0]
        scorecards.hand_in(
            scorecard_id=card.pk,
            revision=card.revision,
            content=Content(marks=marks, recommendation=overall, reason=REASONS[overall]),
            by=card.interviewer,
            now=now,
        )

    def _debrief(
        self, role: Role, application: Application, then: Callable[..., None], now: datetime
    ) -> None:
        """The manager decides on the evidence, once all of it is there."""
        story = self.story
        if not active(application):
            return
        cards = Scorecard.objects.filter(application=application)
        if cards.filter(state=ScorecardState.DRAFT).exists():
            if story.chance.random() < 0.7:
                story.at(
                    story.soon(now, 0.5, 1.5),
                    partial(self._debrief, role, application, then),
                )
            return
        for_it = cards.filter(recommendation__in=[Rating.YES, Rating.STRONG_YES]).count()
        good = for_it * 2 > cards.filter(state=ScorecardState.SUBMITTED).count()
        decide.decide(
            application_id=application.pk,
            outcome="advance" if good else "decline",
            reason="The must-haves are there, seen by more than one of us."
            if good
            else "The must-have did not show in what we saw.",
            by=story.house[role.plan.manager],
            now=now,
        )
        then(role, application, good=good, now=now)
