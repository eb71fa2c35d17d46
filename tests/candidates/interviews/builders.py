"""A role with an interview plan, and people who have time for it."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from ats.accounts.models import Role, User
from ats.calendars.models import WorkingHours
from ats.models import Activity
from candidates.interviews.models import Interview, Reply
from candidates.models import Application, KeptFrom, Review
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from requisitions.models import InterviewPool, PlannedInterview, PoolMember, Requisition, TeamRole
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


def a_team_of_every_kind(chance: Random) -> list[User]:
    """People of every role, on the teams of some roles, asked about some candidates, in some interviews.

    Some applications are kept from one of them, some were until their candidates said otherwise.
    """
    users = [factories.make_user(role) for role in Role for _ in range(2)]
    roles = [factories.make_requisition(confidential=chance.random() < 0.5) for _ in range(4)]
    for user in users:
        for role in chance.sample(roles, chance.choice([0, 0, 1])):
            factories.add_member(role, user, chance.choice(list(TeamRole)))
    times = [
        datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=day, hours=hour)
        for day in (-1, 0, 3, 6, 7)
        for hour in (0, 11, 13, 15, 20, 22.75)
    ]
    applications = [factories.make_application(requisition=chance.choice(roles)) for _ in range(18)]
    for starts_at in times:
        application = chance.choice(applications)
        state = chance.choice(["booked", "held", "no_show", "cancelled"])
        interview = factories.make_interview(application, people=[], starts_at=starts_at, state=state)
        for user in chance.sample(users, chance.choice([0, 1, 3])):
            factories.seat_at(
                interview,
                user,
                kind=chance.choice(["interviewer", "interviewer", "shadow"]),
                reply=chance.choice(list(Reply)),
                released=chance.random() < 0.2,
            )
    for application in applications:
        Review.objects.create(
            application=application,
            reviewer=chance.choice(users),
            requested_by=users[0],
            requested_at=factories.NOW,
            due_at=factories.NOW,
            **chance.choice([{}, {"state": "cancelled", "settled_at": factories.NOW}]),
        )
    for application in chance.sample(applications, 12):
        user, other = chance.sample(users, 2)
        lifted = {"lifted_at": factories.NOW, "lifted_by": application.candidate}
        KeptFrom.objects.create(
            application=application,
            user=user,
            stand_in=chance.choice([None, other]),
            **chance.choice([{}, {}, lifted]),
        )
    User.objects.filter(pk__in=[user.pk for user in users[::5]]).update(name="")
    return list(User.objects.order_by("pk"))
