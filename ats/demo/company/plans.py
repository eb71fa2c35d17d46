"""The interview plans of the demo company: who asks what, in how much of a candidate's time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ats.accounts.models import User
from ats.demo.company.house import House
from requisitions.interview_plan.actions import Line, add_interview, add_pool, set_kit, set_member
from requisitions.models import InterviewPool, Requisition, StageKind, TeamRole
from requisitions.roles.actions import add_member

CRAFT = "Data craft"
"""The pool of those who can look at somebody's work with data."""


@dataclass(frozen=True)
class Question:
    """A question, what good looks like, and which must-have it is about (by its place)."""

    text: str
    good: str
    must: int = 0


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One interview; `stage` is which of the interview stages it belongs to."""

    stage: int
    name: str
    purpose: str
    minutes: int
    people: tuple[str, ...] = ()
    from_pool: int = 0
    questions: tuple[Question, ...] = ()
    preparation: str = ""


def talks(key: str, *, recruiter: str, manager: str) -> list[Talk]:
    """A call with the recruiter first; then the manager, and for the data role two of the craft as well."""
    call = Talk(
        stage=0,
        name="First talk",
        purpose="What they want, what we offer, and whether the two fit.",
        minutes=30,
        people=(recruiter,),
        questions=(
            Question(
                "What made you write to us, and what would make this a good year for you?",
                "Names something that this role can give, or says honestly that it cannot.",
            ),
        ),
    )
    manager_talk = Talk(
        stage=1,
        name="Talk with the hiring manager",
        purpose="How they worked when it was hard.",
        minutes=45,
        people=(manager,),
        preparation="Bring one piece of work that did not go as planned. No slides.",
        questions=(
            Question(
                "Tell me about a decision that was yours and that you would take differently today.",
                "A real decision, what it cost, and what they changed since.",
                1,
            ),
        ),
    )
    if key != "data":
        return [call, manager_talk]
    sample = Talk(
        stage=1,
        name="A night that went wrong",
        purpose="Whether they can run a pipeline when something breaks.",
        minutes=60,
        from_pool=2,
        preparation="We look at a log together; you need nothing but your way of thinking.",
        questions=(
            Question(
                "Here is the log of a night. What do you look at first, and why?",
                "Starts with what travellers see, narrows it down, says what they do not know.",
            ),
            Question(
                "How would you have noticed earlier?",
                "A measure that would have moved before the data was wrong.",
            ),
        ),
    )
    return [call, sample, manager_talk]


def lay(house: House, requisition: Requisition, key: str, *, by: User, manager: str, now: datetime) -> None:
    """Write the plan of one role, with its kits."""
    recruiter = next(name for name, user in house.people.items() if user.pk == by.pk)
    stages = list(requisition.stages.filter(kind=StageKind.INTERVIEW).order_by("position"))
    musts = list(requisition.criteria.filter(kind="must").order_by("position", "pk"))
    for talk in talks(key, recruiter=recruiter, manager=manager):
        planned = add_interview(
            requisition_id=requisition.pk,
            by=by,
            now=now,
            stage_id=stages[talk.stage].pk,
            name=talk.name,
            purpose=talk.purpose,
            minutes=talk.minutes,
            format="video",
            video_link=f"https://meet.example.com/{key}-{talk.stage}",
            interviewers_needed=max(1, talk.from_pool),
            preparation=talk.preparation,
            pool_id=pool(house).pk if talk.from_pool else None,
            interviewer_ids=[house[name].pk for name in talk.people],
        )
        lines = [
            Line(question.text, question.good, musts[min(question.must, len(musts) - 1)].pk)
            for question in talk.questions
        ]
        set_kit(
            planned_id=planned.pk,
            criterion_ids=sorted({line.criterion for line in lines if line.criterion}),
            questions=lines,
            by=by,
            now=now,
        )


def pool(house: House) -> InterviewPool:
    return InterviewPool.objects.get(organisation=house.organisation, name=CRAFT)


def make_pool(house: House, *, now: datetime) -> None:
    """Three who interview for the craft, each as often as they agreed to."""
    new = add_pool(organisation_id=house.organisation.pk, name=CRAFT, by=house["admin"], now=now)
    for name, limit in (("interviewer", 4), ("tara", 5), ("jonas", 5)):
        set_member(
            pool_id=new.pk,
            user_id=house[name].pk,
            trained_on=(now - timedelta(days=200)).date(),
            weekly_limit=limit,
            by=house["admin"],
            now=now,
        )


def seat_pool(house: House, requisition: Requisition, *, by: User, now: datetime) -> None:
    """Those of the pool are on the team of the role that they interview for."""
    for member in pool(house).members.select_related("user"):
        add_member(requisition_id=requisition.pk, user=member.user, role=TeamRole.INTERVIEWER, by=by, now=now)
