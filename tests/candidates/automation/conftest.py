"""A role with a question, and whoever writes rules for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from ats.accounts.models import Role, User
from candidates.applications.actions import apply
from candidates.automation import actions
from candidates.automation.actions.write import Written
from candidates.models import Application, Rule
from requisitions.models import Question, Requisition
from tests import factories as f
from tests.candidates.helpers import run_lane, submission
from tests.factories import NOW

LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def lead() -> User:
    return f.make_user(Role.LEAD, name="Kim Lead")


@pytest.fixture
def role() -> Requisition:
    return f.make_requisition(title="Engineer")


@pytest.fixture
def question(role: Requisition) -> Question:
    return f.make_question(f.make_post(role), "yes_no", label="Work permit?")


Writes = Callable[..., Rule]


@pytest.fixture
def writes(lead: User, role: Requisition) -> Writes:
    """A rule of the lead's for the role; tried, and on, unless it is said otherwise."""

    def write(
        *acts: dict[str, Any], on: bool = True, requisition: Requisition | None = role, **facts: Any
    ) -> Rule:
        given = {"name": "The rule", "when": "arrives", "actions": list(acts)} | facts
        rule = actions.write(
            organisation_id=role.organisation_id,
            requisition_id=requisition.pk if requisition else None,
            written=Written(**given),
            by=lead,
            now=NOW - timedelta(minutes=5),
        )
        return put_on(rule, lead) if on else rule

    return write


def put_on(rule: Rule, by: User, now: datetime = NOW - timedelta(minutes=5)) -> Rule:
    actions.try_out(rule_id=rule.pk, by=by, now=now)
    return actions.switch_on(rule_id=rule.pk, version=rule.version, by=by, now=now)


def applies(question: Question, answer: Any = False, now: datetime = NOW, **facts: Any) -> Application:
    said = submission(question.post, answers={question.pk: answer}, **facts)
    return apply(submission=said, now=now).application


def tick(now: datetime = LATER) -> None:
    for lane in ("rules-heard", "rules-waited", "rules"):
        run_lane(lane, now)


def tag(*names: str) -> dict[str, Any]:
    return {"act": "tag", "tags": sorted(names)}


def move(stage: Any) -> dict[str, Any]:
    return {"act": "move", "stage": stage.pk, "stage_kind": "", "said": stage.name}


def no_permit(answer: str = "no") -> dict[str, Any]:
    return {"about": "answer_is", "question": "Work permit?", "value": answer, "said": answer}
