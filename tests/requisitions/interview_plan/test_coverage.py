import pytest

from requisitions.interview_plan.domain.kits import snapshot
from requisitions.interview_plan.queries.coverage import coverage
from requisitions.models import Criterion
from tests.factories import make_planned, make_requisition

pytestmark = pytest.mark.django_db


def test_the_plan_says_what_nobody_assesses_what_is_asked_twice_and_what_it_costs(
    django_assert_num_queries,
) -> None:
    role = make_requisition(must_haves=("Python", "Judgement", "Candour"))
    Criterion.objects.create(requisition=role, kind="nice", name="German")
    call = make_planned(role, criteria=("Python", "Judgement"), minutes=30)
    panel = make_planned(role, criteria=("Python",), minutes=90)
    make_planned(role, criteria=("Candour",), minutes=60, retired=True)
    make_planned(make_requisition(), minutes=45)

    with django_assert_num_queries(3):
        found = coverage(role)

    assert [row.name for row in found.unassessed] == ["Candour"]
    assert [row.name for row in found.doubled] == ["Python"]
    assert (found.minutes, found.is_long) == (120, False)
    names = {row.pk: row.name for row in role.criteria.all()}
    assert {names[key]: value for key, value in found.by_criterion.items()} == {
        "Python": [call, panel],
        "Judgement": [call],
        "Candour": [],
        "German": [],
    }


def test_more_than_four_hours_are_long() -> None:
    role = make_requisition()
    make_planned(role, minutes=240)
    assert coverage(role).is_long is False
    make_planned(role, minutes=5)
    assert coverage(role).is_long is True


def test_a_kit_is_copied_as_it_was(django_assert_num_queries) -> None:
    role = make_requisition(must_haves=("Python", "Judgement"))
    nice = Criterion.objects.create(requisition=role, kind="nice", name="German", position=0)
    planned = make_planned(
        role,
        name="Work sample",
        purpose="See them work.",
        avoid="Trick questions.",
        minutes=60,
        criteria=("Python", "German"),
        questions=("What did you build?", "What broke?"),
    )
    python = role.criteria.get(name="Python")
    planned.questions.filter(position=1).update(criterion=None)

    with django_assert_num_queries(2):
        kit = snapshot(planned)

    role.criteria.update(name="Something else")
    assert kit == {
        "name": "Work sample",
        "purpose": "See them work.",
        "avoid": "Trick questions.",
        "minutes": 60,
        "criteria": [
            {"id": python.pk, "name": "Python", "is_must": True, "why": "The work needs it."},
            {"id": nice.pk, "name": "German", "is_must": False, "why": ""},
        ],
        "questions": [
            {"criterion": python.pk, "text": "What did you build?", "good": "An example of their own."},
            {"criterion": None, "text": "What broke?", "good": "An example of their own."},
        ],
    }
