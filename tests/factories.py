"""Builders of the main rows, for every test: plain functions with sensible defaults, all synthetic.

They write rows as they are after the actions ran, without the actions' activities and mails. `now`
defaults to a Tuesday morning on which nothing special happens, so that working days are easy to count.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from psycopg2.extras import DateTimeTZRange

from ats.accounts.models import Role, User
from ats.organisation.domain import working_time
from ats.organisation.models import HiringOrganisation, Location, WorkingCalendar
from candidates.applications.seeds import ship
from candidates.models import (
    Application,
    Candidate,
    Direction,
    DispositionReason,
    Interview,
    InterviewSeat,
    Message,
    Note,
    Promise,
    Source,
)
from candidates.people.actions.index import Said, words_of
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key
from requisitions.models import (
    Criterion,
    InterviewPool,
    JobPost,
    Opening,
    PlannedInterview,
    PoolMember,
    Question,
    Requisition,
    Side,
    Stage,
    StageKind,
    TeamMember,
    TeamRole,
)
from tests.clock import NOW

PASSWORD = "correct-horse-battery"  # of every made user
_number = count(1)

PIPELINE: tuple[tuple[str, str, str, int, str], ...] = (
    ("Applied", StageKind.APPLIED, "First answer", 3, Side.RECRUITER),
    ("Manager review", StageKind.REVIEW, "News after the hiring manager's look", 5, Side.MANAGER),
    ("Interview", StageKind.INTERVIEW, "A time for your interview", 5, Side.SCHEDULING),
    ("Offer", StageKind.OFFER, "Our offer", 5, Side.RECRUITER),
    ("Hired", StageKind.HIRED, "", 5, Side.RECRUITER),
)


def make_calendar(
    time_zone: str = "UTC", holidays: dict[date, str] | None = None, **facts: Any
) -> WorkingCalendar:
    """Monday to Friday, nine to five."""
    facts.setdefault("name", f"Calendar {next(_number)}")
    facts.setdefault("day_starts", time(9))
    facts.setdefault("day_ends", time(17))
    calendar = WorkingCalendar.objects.create(time_zone=time_zone, **facts)
    for day, name in (holidays or {}).items():
        calendar.holidays.create(date=day, name=name)
    return calendar


def make_organisation(*, calendar: WorkingCalendar | None = None, **facts: Any) -> HiringOrganisation:
    number = next(_number)
    facts.setdefault("name", f"Example Company {number}")
    facts.setdefault("slug", f"example-company-{number}")
    facts.setdefault("reply_to", "hiring@example.com")
    return HiringOrganisation.objects.create(calendar=calendar or make_calendar(), **facts)


def make_location(organisation: HiringOrganisation, **facts: Any) -> Location:
    facts.setdefault("name", f"Office {next(_number)}")
    facts.setdefault("city", "Berlin")
    facts.setdefault("country", "DE")
    return Location.objects.create(organisation=organisation, **facts)


def make_user(role: str = Role.RECRUITER, **facts: Any) -> User:
    """A user who can sign in with `PASSWORD`."""
    number = next(_number)
    facts.setdefault("email", f"{role}{number}@example.com")
    facts.setdefault("name", f"{Role(role).label} {number}")
    password = facts.pop("password", PASSWORD)
    return User.objects.create_user(password=password, role=role, **facts)


def make_requisition(
    state: str = "open",
    *,
    recruiter: User | None = None,
    manager: User | None = None,
    organisation: HiringOrganisation | None = None,
    openings: int = 1,
    pipeline: tuple[tuple[str, str, str, int, str], ...] = PIPELINE,
    must_haves: tuple[str, ...] = (),
    now: datetime = NOW,
    **facts: Any,
) -> Requisition:
    """A requisition with its team (recruiter and hiring manager), pipeline and openings."""
    ship_reasons()
    number = next(_number)
    facts.setdefault("title", f"Engineer {number}")
    facts.setdefault("reference", f"T-{number:05}")
    facts.setdefault("pay_min", 60000)
    facts.setdefault("pay_max", 80000)
    if state not in {"draft", "cancelled"}:
        facts.setdefault("opened_at", now - timedelta(days=7))
    if state in {"filled", "closed", "cancelled"}:
        facts.setdefault("ended_at", now)
    requisition = Requisition.objects.create(
        state=state,
        organisation=organisation or make_organisation(),
        recruiter=recruiter or make_user(Role.RECRUITER),
        hiring_manager=manager or make_user(Role.MANAGER),
        **facts,
    )
    add_member(requisition, requisition.recruiter, TeamRole.RECRUITER)
    add_member(requisition, requisition.hiring_manager, TeamRole.MANAGER)
    make_stages(requisition, pipeline)
    for seat in range(1, openings + 1):
        Opening.objects.create(requisition=requisition, number=seat)
    for position, name in enumerate(must_haves):
        Criterion.objects.create(
            requisition=requisition, position=position, name=name, why="The work needs it."
        )
    return requisition


def make_stages(
    requisition: Requisition, pipeline: tuple[tuple[str, str, str, int, str], ...] = PIPELINE
) -> None:
    Stage.objects.bulk_create(
        Stage(
            requisition=requisition,
            position=position,
            name=name,
            kind=kind,
            promise=promise,
            promise_days=days,
            promise_side=side,
        )
        for position, (name, kind, promise, days, side) in enumerate(pipeline)
    )


def stage(requisition: Requisition, kind: str) -> Stage:
    """The requisition's first stage of this kind."""
    found = requisition.stages.filter(kind=kind).order_by("position").first()
    assert found is not None, f"{requisition} has no {kind} stage"
    return found


def add_member(requisition: Requisition, user: User | None, role: str) -> TeamMember:
    return TeamMember.objects.create(requisition=requisition, user=user, role=role)


def make_pool(organisation: HiringOrganisation, *users: User, **facts: Any) -> InterviewPool:
    """A pool of these people, who are all trained."""
    facts.setdefault("name", f"Pool {next(_number)}")
    pool = InterviewPool.objects.create(organisation=organisation, **facts)
    PoolMember.objects.bulk_create(
        PoolMember(pool=pool, user=user, trained_on=NOW.date() - timedelta(days=30)) for user in users
    )
    return pool


def make_planned(
    requisition: Requisition,
    *,
    interviewers: tuple[User, ...] = (),
    criteria: tuple[str, ...] = (),
    questions: tuple[str, ...] = (),
    **facts: Any,
) -> PlannedInterview:
    """A planned interview in the interview stage; `criteria` are the names of those that it assesses.

    Each question is about the first criterion.
    """
    facts.setdefault("stage", stage(requisition, StageKind.INTERVIEW))
    facts.setdefault("position", requisition.planned_interviews.count())
    facts.setdefault("name", f"Interview {next(_number)}")
    facts.setdefault("purpose", "Find out how they work.")
    planned = PlannedInterview.objects.create(requisition=requisition, **facts)
    planned.interviewers.set(interviewers)
    rows = list(requisition.criteria.filter(name__in=criteria).order_by("position"))
    planned.criteria.set(rows)
    for position, text in enumerate(questions):
        planned.questions.create(
            text=text, good="An example of their own.", position=position, criterion=rows[0] if rows else None
        )
    return planned


def make_post(
    requisition: Requisition | None = None, *, state: str = "published", now: datetime = NOW, **facts: Any
) -> JobPost:
    requisition = requisition or make_requisition(now=now)
    facts.setdefault("slug", f"job-{next(_number)}")
    facts.setdefault("title", requisition.title)
    facts.setdefault("body", "<p>Build things that people use.</p>")
    if state != "draft":
        facts.setdefault("published_at", now - timedelta(days=7))
    if state == "closed":
        facts.setdefault("closed_at", now)
    return JobPost.objects.create(requisition=requisition, state=state, **facts)


def make_question(post: JobPost, kind: str = "short", **facts: Any) -> Question:
    facts.setdefault("label", f"Question {next(_number)}")
    if kind in {"choice", "several"}:
        facts.setdefault("options", ["One", "Two", "Three"])
    return Question.objects.create(post=post, kind=kind, **facts)


def make_candidate(**facts: Any) -> Candidate:
    number = next(_number)
    facts.setdefault("first_name", "Robin")
    facts.setdefault("last_name", f"Example{number}")
    facts.setdefault("email", f"robin.example{number}@example.com")
    facts.setdefault("email_key", email_key(facts["email"]) or None)
    facts.setdefault("name_key", name_key(facts["first_name"], facts["last_name"]))
    said = Said(*(facts.get(name, "") for name in ("first_name", "last_name", "email", "headline")))
    facts.setdefault("search", words_of(said))
    return Candidate.objects.create(**facts)


def make_source(**facts: Any) -> Source:
    facts.setdefault("name", f"Source {next(_number)}")
    return Source.objects.create(**facts)


def ship_reasons() -> None:
    """The shipped reasons and source, which a test that empties the tables takes away."""
    if not Source.objects.filter(name="Careers site").exists():
        Source.objects.create(name="Careers site", kind="careers")
        ship(DispositionReason)


def make_reason(kind: str = "chose_otherwise", **facts: Any) -> DispositionReason:
    number = next(_number)
    facts.setdefault("code", f"reason-{number}")
    facts.setdefault("label", f"Reason {number}")
    facts.setdefault("candidate_text", "Others who applied show more of what this role needs.")
    return DispositionReason.objects.create(kind=kind, **facts)


def make_application(
    *,
    candidate: Candidate | None = None,
    requisition: Requisition | None = None,
    stage_kind: str = StageKind.APPLIED,
    state: str = "active",
    now: datetime = NOW,
    due_at: datetime | None = None,
    **facts: Any,
) -> Application:
    """An application in the first stage of that kind; an active one has its open promise.

    The promise is due as the stage promises, or at `due_at`. Other states are filled in as after a decision
    by the recruiter: `rejected` and `withdrawn` with a reason, `hired` with an opening.
    """
    requisition = requisition or make_requisition(now=now)
    candidate = candidate or make_candidate()
    facts.setdefault("applied_at", now)
    facts.setdefault("stage_entered_at", now)
    facts.setdefault("last_activity_at", now)
    place = facts.pop("stage", None) or stage(requisition, "hired" if state == "hired" else stage_kind)
    if state != "active":
        facts = _ended(requisition, state, now) | facts
    with transaction.atomic():
        application = Application.objects.create(
            candidate=candidate, requisition=requisition, stage=place, state=state, **facts
        )
        if state == "active":
            make_promise(application, now=now, due_at=due_at)
    return application


def _ended(requisition: Requisition, state: str, now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {"decided_at": now}
    if state != "withdrawn":
        facts["decided_by"] = requisition.recruiter
    if state == "hired":
        opening = requisition.openings.filter(state="open").order_by("number").first()
        if opening is None:
            opening = Opening(requisition=requisition, number=requisition.openings.count() + 1)
        opening.state, opening.filled_at = "filled", now
        opening.save()
        facts["opening"] = opening
    else:
        facts["reason"] = make_reason("withdrew" if state == "withdrawn" else "chose_otherwise")
    return facts


def make_promise(
    application: Application, *, now: datetime = NOW, due_at: datetime | None = None, **facts: Any
) -> Promise:
    """An open promise, by default the one of the application's stage."""
    calendar = application.requisition.organisation.calendar
    due_at = due_at or working_time.after_days(calendar, now, application.stage.promise_days)
    facts.setdefault("what", application.stage.promise or "News")
    facts.setdefault("side", application.stage.promise_side)
    manages = facts["side"] == Side.MANAGER and application.requisition.hiring_manager
    facts.setdefault("owner", manages or application.requisition.recruiter)
    facts.setdefault("opened_at", min(now, due_at - timedelta(minutes=1)))
    facts.setdefault("nudge_at", working_time.one_day_before(calendar, due_at))
    return Promise.objects.create(application=application, due_at=due_at, **facts)


def make_message(
    application: Application, direction: str = Direction.IN, *, now: datetime = NOW, **facts: Any
) -> Message:
    facts.setdefault("body", "When will I hear from you?")
    return Message.objects.create(
        application=application, candidate=application.candidate, direction=direction, said_at=now, **facts
    )


def make_note(application: Application, author: User, *, now: datetime = NOW, **facts: Any) -> Note:
    facts.setdefault("body", "Strong on the first must-have.")
    return Note.objects.create(application=application, author=author, written_at=now, **facts)


def make_interview(
    application: Application | None = None,
    *,
    people: Sequence[User] | None = None,
    starts_at: datetime | None = None,
    minutes: int = 45,
    state: str = "booked",
    now: datetime = NOW,
    **facts: Any,
) -> Interview:
    """A booked interview with a seat for each of `people` (by default one interviewer)."""
    application = application or make_application(stage_kind=StageKind.INTERVIEW, now=now)
    starts_at = starts_at or now + timedelta(days=2)
    ends_at = starts_at + timedelta(minutes=minutes)
    facts.setdefault("name", "Technical conversation")
    facts.setdefault("purpose", "How you build things that people use.")
    facts.setdefault("format", "video")
    facts.setdefault("booked_at", now)
    if state != "booked":
        facts.setdefault("settled_at", now)
    interview = Interview.objects.create(
        application=application, state=state, starts_at=starts_at, ends_at=ends_at, **facts
    )
    for person in [make_user(Role.INTERVIEWER)] if people is None else people:
        seat_at(interview, person)
    return interview


def seat_at(interview: Interview, user: User, **facts: Any) -> InterviewSeat:
    starts_at = interview.starts_at
    day = starts_at.astimezone(user.zone).date()
    return InterviewSeat.objects.create(
        interview=interview,
        user=user,
        period=DateTimeTZRange(starts_at, interview.ends_at),
        week=day - timedelta(days=day.weekday()),
        released=facts.pop("released", interview.state == "cancelled"),
        **facts,
    )
