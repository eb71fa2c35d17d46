"""Somebody who was interviewed, and about whom we decided otherwise."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from ats.accounts.models import User
from candidates.feedback import actions, queries
from candidates.models import Application, Feedback, ScorecardMark
from tests import factories as make
from tests.candidates.helpers import hours
from tests.candidates.scorecards.helpers import card_of, hand_in, hold, met

WORDS = "Hello Robin,\n\nSQL: You read the plan of a slow query and found the index.\n\nKim Sample"
EVIDENCE = "Read the plan of a slow query and found the index."


def interviewed(*, told: bool = True, state: str = "rejected", **facts: Any) -> Application:
    """Robin Example was interviewed on Python and SQL by Ada Byron, and (where `told`) knows our no."""
    role = make.make_requisition(title="Data engineer", must_haves=("Python", "SQL"))
    User.objects.filter(pk=role.recruiter_id).update(name="Kim Sample")
    role.recruiter.refresh_from_db()
    candidate = facts.pop("candidate", None) or make.make_candidate(
        first_name="Robin", last_name="Example", email="robin@example.com"
    )
    application = make.make_application(
        requisition=role, candidate=candidate, stage_kind="interview", **facts
    )
    interviewer = make.make_user("interviewer", name="Ada Byron")
    interview = met(interviewer, application=application)
    hold(interview)
    hand_in(card_of(interview, interviewer), word=EVIDENCE)
    if state != "active":
        Application.objects.filter(pk=application.pk).update(
            state=state, decided_at=hours(20), decided_by=role.recruiter,
            told_at=hours(21) if told else None, reason=make.make_reason(),
        )  # fmt: skip
        application.promises.all().delete()
    return Application.objects.whole().get(pk=application.pk)


def rejected(**facts: Any) -> Application:
    """The same, and told a moment ago."""
    now = timezone.now()
    application = interviewed(**facts)
    Application.objects.filter(pk=application.pk).update(decided_at=now, told_at=now, applied_at=now)
    return Application.objects.whole().get(pk=application.pk)


def mark_of(application: Application, name: str = "SQL") -> ScorecardMark:
    return ScorecardMark.objects.get(scorecard__application=application, name=name)


def seals(application: Application, *names: str) -> list[str]:
    found = queries.evidence_of(application, application.requisition.recruiter)
    return [each.seal for each in found if each.criterion in (names or ("SQL",))]


def give(application: Application, *, now: datetime | None = None, **facts: Any) -> Feedback:
    given = {
        "application_id": application.pk,
        "subject": "Our feedback",
        "body": WORDS,
        "by": application.requisition.recruiter,
        "now": now or hours(30),
    } | facts
    given.setdefault("seals", seals(application))
    return actions.give(**given)
