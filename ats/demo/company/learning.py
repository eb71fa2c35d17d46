"""How people of the demo company learn: a manager has read the path, another is led there; somebody sits in."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from candidates.interviews.models import Interview, InterviewState, SeatKind, Shadowing
from candidates.shadowing import actions as shadowing
from partners.models import Partnership
from partners.path import actions
from requisitions.models import TeamRole
from requisitions.roles.actions import add_member

SAW = (
    "Asked for an example, they told one from its beginning to its end: what was theirs, what was others', and what"
    " it changed. Asked how they knew that it had helped, they named a figure, and said who had measured it."
)


def ask_to_sit_in(house: House, now: datetime) -> None:
    """From some day on, whoever is new to interviewing sits in on two interviews first."""
    shadowing.set_needed(organisation_id=house.organisation.pk, needed=2, by=house["admin"], now=now)


def tell(story: Timeline, role: Role, opened_at: datetime) -> None:
    """The data role's manager reads how we work together on the day after, and a new colleague sits in there."""
    if role.plan.key != "data":
        return
    story.at(opened_at + timedelta(hours=27), partial(_read, story, role))
    story.at(opened_at + timedelta(hours=28), partial(_join, story, role))
    for days_ago in range(role.plan.opened_days_ago - 2, -1, -1):
        morning = story.morning(days_ago)
        story.at(morning + timedelta(hours=1), partial(_sit_in, story, role))
        story.at(morning + timedelta(hours=6), partial(_write, story, role))
        story.at(morning + timedelta(hours=7), partial(_confirm, story, role))


def _read(story: Timeline, role: Role, now: datetime) -> None:
    by = story.house[role.plan.manager]
    actions.read(partnership_id=Partnership.objects.get(requisition=role.requisition).pk, by=by, now=now)
    actions.exercised(by=by, now=now)


def _join(story: Timeline, role: Role, now: datetime) -> None:
    by, new = story.house[role.plan.recruiter], story.house["nils"]
    add_member(requisition_id=role.requisition.pk, user=new, role=TeamRole.INTERVIEWER, by=by, now=now)


def _sit_in(story: Timeline, role: Role, now: datetime) -> None:
    """One at a time, and best where two of the craft interview."""
    new = story.house["nils"]
    if new.interview_seats.filter(
        kind=SeatKind.SHADOW, released=False, interview__starts_at__gt=now
    ).exists():
        return
    ahead = Interview.objects.filter(
        application__requisition=role.requisition,
        state=InterviewState.BOOKED,
        starts_at__gt=now + timedelta(hours=2),
    )
    interview = ahead.order_by("-planned__interviewers_needed", "starts_at", "pk").first()
    if interview is not None:
        by = story.house["coordinator"]
        shadowing.let_in(interview_id=interview.pk, user_id=new.pk, by=by, now=now)


def _write(story: Timeline, role: Role, now: datetime) -> None:
    for row in _of_role(role, now).filter(evidence=""):
        by = story.house["nils"]
        shadowing.write(interview_id=row.seat.interview_id, evidence=SAW, by=by, now=now)


def _confirm(story: Timeline, role: Role, now: datetime) -> None:
    for row in _of_role(role, now).filter(word=""):
        beside = row.seat.interview.seats.filter(kind=SeatKind.INTERVIEWER, released=False).order_by("pk")
        by, interview_id = beside[0].user, row.seat.interview_id
        shadowing.confirm(interview_id=interview_id, seat_id=row.seat_id, word="Attentive", by=by, now=now)


def _of_role(role: Role, now: datetime) -> QuerySet[Shadowing]:
    """Of those interviews that are over."""
    rows = Shadowing.objects.filter(
        seat__interview__application__requisition=role.requisition,
        seat__interview__state=InterviewState.HELD,
        seat__interview__ends_at__lte=now,
        seat__released=False,
    )
    return rows.select_related("seat__interview").order_by("pk")
