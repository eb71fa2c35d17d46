"""Measured day by day, in parts, as things happen: the same rows as measured once from the whole record."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.activity.models import Activity
from partners.commitments import actions
from partners.commitments.domain.measuring import Measured
from partners.models import Commitment, ToMeasure
from partners.partnerships import actions as partnerships
from tests import factories as make

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
COLUMNS = [field.name for field in fields(Measured)]

ROLE_VERBS = (
    "slate.presented",
    "requisition.held",
    "requisition.resumed",
    "intake.given",
    "requisition.ended",
)
OWN_VERBS = (
    "review.asked",
    "review.answered",
    "review.cancelled",
    "application.moved",
    "application.noted",
    "application.rejected",
    "application.told",
    "application.decision_undone",
    "application.withdrawn",
    "application.hired",
)
events = st.lists(
    st.tuples(
        st.sampled_from(ROLE_VERBS + OWN_VERBS * 2 + ("review.asked", "review.answered") * 6),
        st.integers(min_value=0, max_value=40 * 24),  # hours after the opening
        st.integers(min_value=1, max_value=3),  # application
        st.integers(min_value=1, max_value=3),  # slate
        st.sampled_from(("yes", "no", "unsure")),
        st.integers(min_value=1, max_value=2),  # who
    ),
    max_size=30,
).map(lambda rows: sorted(rows, key=lambda row: row[1]))


def put_on_record(requisition, event, moment):
    verb, _, application, slate, verdict, who = event
    own = verb in OWN_VERBS
    Activity.objects.create(
        verb=verb,
        occurred_at=moment,
        actor_kind="user",
        actor_id=who,
        actor_name="Somebody",
        subject_type="review",
        subject_id=slate * 10 + application if verb.startswith("review.") else application,
        requisition_id=requisition.pk,
        application_id=application if own else None,
        data={"slate": slate, "side": "team" if slate == 3 else "manager", "verdict": verdict},
    )
    actions.touch(requisition_id=requisition.pk, application_id=application if own else None)


def rows(partnership):
    return sorted(Commitment.objects.filter(partnership=partnership).values_list(*COLUMNS))


@settings(max_examples=30)
@given(events=events, rhythm=st.integers(min_value=6, max_value=60))
def test_day_by_day_gives_the_same_rows_as_once(events, rhythm):
    with transaction.atomic():
        requisition = make.make_requisition(now=START)
        partnership = partnerships.begin(requisition=requisition, now=START)
        Activity.objects.create(
            verb="requisition.opened",
            occurred_at=START,
            actor_kind="system",
            subject_type="requisition",
            subject_id=requisition.pk,
            requisition_id=requisition.pk,
        )
        actions.touch(requisition_id=requisition.pk, application_id=None)
        end = START + timedelta(days=45)
        waiting, now = list(events), START
        while now < end:
            now += timedelta(hours=rhythm)
            while waiting and START + timedelta(hours=waiting[0][1]) <= now:
                event = waiting.pop(0)
                put_on_record(requisition, event, START + timedelta(hours=event[1]))
            while actions.measure_due(now):
                pass
        as_they_went = rows(partnership)
        assert actions.remeasure(partnership=partnership, now=now) == []
        assert rows(partnership) == as_they_went
        Commitment.objects.filter(partnership=partnership).delete()
        actions.remeasure(partnership=partnership, now=now)
        assert rows(partnership) == as_they_went
        assert not ToMeasure.objects.exists()
        transaction.set_rollback(True)
