"""One worker keeps up: follow-ups become messages faster than a mail server takes them."""

import pytest

from candidates.follow_ups import actions
from candidates.follow_ups.domain import journeys
from candidates.models import FollowUp
from tests.candidates.helpers import mails
from tests.effort import cpu_seconds
from tests.factories import NOW, make_application, make_requisition


@pytest.mark.django_db
def test_two_hundred_a_second() -> None:
    requisition = make_requisition()
    owed = 0

    def owe() -> None:
        nonlocal owed
        owed += 200
        FollowUp.objects.bulk_create(
            FollowUp(
                candidate=application.candidate,
                application=application,
                step=journeys.ACKNOWLEDGEMENT,
                due_at=NOW,
                idempotency_key=f"speed:{application.pk}",
            )
            for application in (make_application(requisition=requisition) for _ in range(200))
        )

    def pay() -> None:
        while actions.do_due(NOW):
            pass

    assert cpu_seconds(pay, ready=owe, enough=1) < 1
    assert len(mails("application.acknowledged")) == owed
