"""Names that stand in rows outlive the modules they were written in: what waits in a database made before runs on."""

import pytest
from django.db import transaction

from ats.duework import engine, tasks
from tests.factories import NOW

KINDS = {
    "applying.forget_file",
    "booking.expire",
    "documents.read",
    "hires.agree",
    "hires.check",
    "hires.first_day",
    "interview.call_off",
    "interview.end",
    "interview.remind",
    "offers.expire",
    "offers.reached",
    "offers.remind",
    "portal.send_link",
    "reviews.slate_mail",
}
LANES = ("promise-reminders", "promises", "promise-news", "follow-ups")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_work_that_was_planned_before_is_known(kind: str) -> None:
    """A kind that nobody does cannot be planned."""
    with transaction.atomic():
        tasks.plan(kind, subject_id=0, due_at=NOW, key=f"kept:{kind}")


def test_what_ran_out_is_told_in_the_same_tick() -> None:
    lanes = list(engine.lanes())
    assert [name for name in lanes if name in LANES] == [*LANES]
