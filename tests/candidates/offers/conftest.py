"""An offer on its way, for the tests of this slice."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from candidates.models import Application, Offer
from candidates.offers import actions
from tests.candidates.helpers import hours
from tests.factories import NOW, make_application, make_requisition

FIRST_DAY = (NOW + timedelta(days=97)).date()
TERMS: dict[str, Any] = {"pay": Decimal("70000"), "starts_on": FIRST_DAY}


@pytest.fixture
def application(db: Any) -> Application:
    return make_application(stage_kind="offer", requisition=make_requisition(openings=1))


def sent(application: Application, *, now: Any = NOW, **terms: Any) -> Offer:
    """An offer that was approved by policy, sent and has reached its candidate at `hours(1)`."""
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=now, **(TERMS | terms))
    actions.submit(offer_id=offer.pk, by=by, now=now)
    offer = actions.send(offer_id=offer.pk, by=by, now=now)
    actions.reached(offer, hours(1))
    return offer
