"""A role with an interview plan, and people who have time for it."""

from datetime import date, datetime, timedelta

from ats.calendars.models import WorkingHours
from ats.models import Activity
from candidates.interviews.models import Interview
from candidates.models import Application
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from requisitions.models import InterviewPool, PlannedInterview, PoolMember, Requisition
from tests import factories
from tests.factories import NOW

MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int = 0, *, day: int = 25) -> datetime:
    """A moment of the week of `NOW`, which is a Tuesday; by default on the Wednesday."""
    return NOW.replace(day=day, hour=hour, minute=minute)


def interviewers(requisition: Requisition, count: int, **facts) -> list:
    people = [factories.make_user("interviewer", **facts) for _ in range(count)]
    for person in people:
        factories.add_member(requisition, person, "interviewer")
    return people


def plan(requisition: Requisition, *people, pool=None, needed=0, **facts) -> PlannedInterview:
    place = requisition.planned_interviews.count()
    facts = {
        "name": f"Conversation {place + 1}",
        "purpose": "To find out.",
        "minutes": 60,
        "same_day": True,
    } | facts
    planned = PlannedInterview.objects.create(
        requisition=requisition,
        stage=factories.stage(requisition, "interview"),
        position=place,
        pool=pool,
        interviewers_needed=needed or max(1, len(people)),
        **facts,
    )
    planned.interviewers.set(people)
    return planned


def pool(requisition: Requisition, *people, limit=4) -> InterviewPool:
    made = InterviewPool.objects.create(
        organisation=requisition.organisation, name=f"Pool {InterviewPool.objects.count()}"
    )
    PoolMember.objects.bulk_create(
        PoolMember(pool=made, user=each, weekly_limit=limit, trained_on=date(2026, 1, 1)) for each in people
    )
    return made


def hours(user, days: dict[int, list[tuple[str, str]]], buffer=0) -> WorkingHours:
    return WorkingHours.objects.create(
        user=user, days={str(day): [list(pair) for pair in pairs] for day, pairs in days.items()},
        buffer_minutes=buffer,
    )  # fmt: skip


def in_play(requisition: Requisition, **facts) -> Application:
    return factories.make_application(requisition=requisition, stage_kind="interview", **facts)


def seats(interview: Interview) -> set[int]:
    return set(interview.seats.filter(released=False).values_list("user", flat=True))


def later(**facts) -> datetime:
    return NOW + timedelta(**facts)


def book(application, planned, starts_at, *, now=NOW, **facts):
    return booking.book(
        application_id=application.pk,
        planned_id=planned.pk,
        starts_at=starts_at,
        by=facts.pop("by", application.requisition.recruiter),
        now=now,
        **facts,
    )


def ask(application, *planned, **facts):
    return request_times.ask(
        application_id=application.pk,
        planned_ids=[each.pk for each in planned],
        by=application.requisition.recruiter,
        now=NOW,
        **facts,
    )


def verbs(application):
    rows = Activity.objects.filter(application_id=application.pk, verb__startswith="interview")
    return list(rows.order_by("id").values_list("verb", flat=True))
