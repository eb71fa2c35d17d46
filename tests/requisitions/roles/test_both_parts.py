"""One person is not both partners, or it is on record that nobody else was there."""

from typing import Any

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, WrongState
from requisitions.roles import actions
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def noted() -> list[str]:
    rows = Activity.objects.filter(verb="requisition.both_parts")
    return [row.data["name"] for row in rows.order_by("id")]


def test_nobody_is_both_partners_where_somebody_else_is_there() -> None:
    role = make.make_requisition("draft", must_haves=("Python",))
    for facts in (
        {"hiring_manager": role.recruiter},
        {"recruiter": role.recruiter, "hiring_manager": role.recruiter},
    ):
        with pytest.raises(Invalid) as refusal:
            actions.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)  # type: ignore[arg-type]
        assert refusal.value.field == "hiring_manager"
    with pytest.raises(Invalid):
        actions.create_requisition(
            by=role.recruiter,
            now=NOW,
            title="Engineer",
            organisation=role.organisation,
            hiring_manager=role.recruiter,
        )
    assert noted() == []


def test_where_nobody_else_is_there_it_is_on_record() -> None:
    alone = make.make_user(Role.ADMIN)
    role = actions.create_requisition(
        by=alone, now=NOW, title="Engineer", organisation=make.make_organisation(), hiring_manager=alone
    )
    assert noted() == [str(alone)]
    actions.change_requisition(requisition_id=role.pk, by=alone, now=NOW, title="Data engineer")
    assert noted() == [str(alone)]
    make.make_user(Role.MANAGER)
    actions.change_requisition(requisition_id=role.pk, by=alone, now=NOW, title="Engineer")  # as it was


def test_a_role_does_not_open_with_one_person_once_there_are_two() -> None:
    alone = make.make_user(Role.RECRUITER)
    role = make.make_requisition("draft", recruiter=alone, manager=alone, must_haves=("Python",))
    joined = make.make_user(Role.MANAGER)
    with pytest.raises(WrongState) as refusal:
        actions.open_requisition(requisition_id=role.pk, by=alone, now=NOW)
    assert "name somebody else" in str(refusal.value)
    actions.change_requisition(requisition_id=role.pk, by=alone, now=NOW, hiring_manager=joined)
    assert actions.open_requisition(requisition_id=role.pk, by=alone, now=NOW).state == "open"


@pytest.mark.parametrize(
    ("others", "said"), [(0, "because nobody else is here yet"), (1, "An agreement takes two")]
)
def test_the_page_of_the_partnership_says_so(client: Any, others: int, said: str) -> None:
    alone = make.make_user(Role.RECRUITER)
    role = make.make_requisition("draft", recruiter=alone, manager=alone, must_haves=("Python",))
    actions.open_requisition(requisition_id=role.pk, by=alone, now=NOW)
    for _ in range(others):
        make.make_user(Role.MANAGER)
    client.force_login(alone)
    assert said in client.get(f"/partners/{role.partnership.pk}/").content.decode()
