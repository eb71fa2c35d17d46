"""What the desk counts for the floors below."""

from datetime import timedelta
from typing import Any

import pytest

from candidates.desk.figures import figures, response_record
from candidates.models import Promise
from requisitions.roles.figures import Figures
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def settle(application: Any, state: str) -> None:
    """Its promise is settled, and something else is promised far ahead."""
    Promise.objects.filter(application=application).update(state=state, settled_at=NOW)
    f.make_promise(application, now=NOW, due_at=NOW + timedelta(days=30))


def test_each_role_has_its_figures_and_a_quiet_one_none(django_assert_num_queries: Any, role: Any) -> None:
    f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))
    twice = f.make_application(requisition=role, stage_kind="review")
    settle(twice, "broken")
    f.make_application(requisition=role, state="rejected")
    quiet = f.make_requisition()

    with django_assert_num_queries(1):
        found = figures([role.pk, quiet.pk], now=NOW)

    assert found == {role.pk: Figures(active=2, new=1, overdue=1)}


def test_the_record_counts_applicants_who_heard_in_time_every_time(
    django_assert_num_queries: Any, role: Any
) -> None:
    kept, broken, both, _waiting = (f.make_application(requisition=role) for _ in range(4))
    settle(kept, "kept")
    settle(broken, "broken")
    settle(both, "kept")
    settle(both, "broken")
    f.make_application(requisition=role, due_at=NOW - timedelta(hours=1))  # late, and not settled yet
    f.make_application(requisition=role, applied_at=NOW - timedelta(days=100))
    f.make_application()  # another company's

    with django_assert_num_queries(1):
        record = response_record(role.organisation, NOW)

    assert (record.kept, record.total) == (1, 4)
