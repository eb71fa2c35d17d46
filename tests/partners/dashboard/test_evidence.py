"""The manager's part on the dashboard: evidence to write, then the decision on all of it."""

from datetime import timedelta

import pytest

from candidates.scorecards.actions import decide as debriefs
from partners.checkins.queries import owing
from partners.partnerships.actions import begin
from tests.candidates.scorecards.helpers import AFTER, hand_in, hold, met
from tests.factories import NOW, make_application, make_requisition

pytestmark = pytest.mark.django_db


@pytest.mark.ordinary_day
def test_evidence_to_write_then_to_decide_on():
    requisition = make_requisition(must_haves=("Python",))
    partnership = begin(requisition=requisition, now=NOW)
    application = make_application(requisition=requisition, stage_kind="interview")

    def cards(now):
        mine = owing.owed(partnership, now=now)["manager"]
        return [(card.text, card.href, card.late) for card in mine if card.code in {"evidence", "debrief"}]

    interview = met(requisition.hiring_manager, application=application)
    assert cards(NOW - timedelta(hours=1)) == []
    hold(interview)
    write = "Write down your evidence on 1 candidate"
    assert cards(AFTER) == [(write, "/scorecards/", False)]
    assert cards(AFTER + timedelta(days=3)) == [(write, "/scorecards/", True)]
    hand_in(interview.scorecards.get())
    decide = "Decide on the evidence about 1 candidate"
    assert cards(AFTER) == [(decide, f"/scorecards/debrief/{application.pk}/", False)]
    debriefs.decide(
        application_id=application.pk,
        outcome="advance",
        reason="Shown.",
        by=requisition.hiring_manager,
        now=AFTER + timedelta(hours=1),
    )
    assert cards(AFTER + timedelta(hours=2)) == []
