"""Measured day by day, in parts, as things happen: the same rows as measured once from the whole record.

In an office with public and own holidays, over the night in which its clocks change, with deputies who act for
who is away, and with excuses.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.activity.models import Activity
from ats.organisation.models import Holiday
from partners.commitments import actions
from partners.commitments.domain.measuring import Measured
from partners.models import Commitment, ToMeasure
from partners.partnerships import actions as partnerships
from partners.partnerships.domain.terms import offered
from tests import factories as make

pytestmark = pytest.mark.django_db
START = datetime(2026, 10, 19, 7, tzinfo=UTC)
"""A Monday, nine in the morning in Berlin; the clocks change on the Sunday after, the 31st and the 1st are days off."""
COLUMNS = Measured._fields
MANAGER, RECRUITER, DEPUTY = 1, 2, 3

ROLE_VERBS = (
    "slate.presented",
    "requisition.held",
    "requisition.resumed",
    "intake.given",
    "requisition.ended",
    "post.published",
    "brief.changed",
    "brief.settled",
    "signature.asked",
    "signature.given",
    "update.given",
    "checkin.agenda_sent",
    "checkin.moved",
    "checkin.held",
    "checkin.skipped",
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
    "booking.asked",
    "booking.given",
    "availability.asked",
    "availability.given",
    "availability.closed",
    "interview.booked",
    "interview.held",
    "scorecard.opened",
    "scorecard.handed_in",
    "debrief.decided",
    "hire.started",
)
EXCUSE = "commitment.excused"
events = st.lists(
    st.tuples(
        st.sampled_from(ROLE_VERBS + OWN_VERBS * 2 + ("review.asked", "review.answered") * 6 + (EXCUSE,) * 8),
        st.integers(min_value=0, max_value=40 * 24),  # hours after the opening
        st.integers(min_value=1, max_value=3),  # application
        st.integers(min_value=1, max_value=3),  # slate, scorecard, interview, check-in, or which to excuse
        st.sampled_from(("yes", "no", "unsure")),
        st.sampled_from((MANAGER, RECRUITER, DEPUTY)),
    ),
    max_size=40,
).map(lambda rows: sorted(rows, key=lambda row: row[1]))


def put_on_record(partnership, event, moment):
    verb, _, application, number, verdict, who = event
    own, requisition = verb in OWN_VERBS, partnership.requisition
    data = {
        "slate": number,
        "side": "team" if number == 3 else "manager",
        "verdict": verdict,
        "number": number,
        "code": f"function {number}",
        "interview_id": number,
        "ends_at": moment.isoformat(),
        "at": (moment + timedelta(hours=20)).isoformat(),
    }
    if who == DEPUTY:
        data |= {"for": "Mara Manager", "for_id": MANAGER}
    if verb == EXCUSE:
        known = list(
            Commitment.objects.filter(partnership=partnership).order_by("key").values_list("key", flat=True)
        )
        data = {"key": known[number % len(known)] if known else "first_slate", "reason": "It happens."}
    Activity.objects.create(
        verb=verb,
        occurred_at=moment,
        actor_kind="user",
        actor_id=who,
        actor_name="Somebody",
        subject_type="review",
        subject_id=number * 10 + application if own else application,
        requisition_id=requisition.pk,
        application_id=application if own else None,
        data=data,
    )
    actions.touch(requisition_id=requisition.pk, application_id=application if own else None)


def rows(partnership):
    return sorted(Commitment.objects.filter(partnership=partnership).values_list(*COLUMNS), key=str)


def opened():
    """In Berlin, with its public holidays and one of its own; two versions of the agreement, the second with less."""
    requisition = make.make_requisition(now=START)
    calendar = requisition.organisation.calendar
    calendar.time_zone, calendar.holiday_country, calendar.holiday_region = "Europe/Berlin", "DE", "BB"
    calendar.save(update_fields=["time_zone", "holiday_country", "holiday_region"])
    Holiday.objects.create(calendar=calendar, date=date(2026, 10, 30), name="The bridge")
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
    return partnership


def agree_on_less(partnership, moment):
    times = {code: default.time + 1 for code, default in offered().items() if code != "weekly_update"}
    role = partnership.requisition
    terms = {"partnership_id": partnership.pk, "times": times, "version": 1, "now": moment}
    partnerships.propose(**terms, by=role.recruiter, grace=2)
    partnerships.accept(partnership_id=partnership.pk, version=2, by=role.hiring_manager, now=moment)


@settings(max_examples=30, deadline=None)
@given(
    events=events,
    rhythm=st.integers(min_value=6, max_value=60),
    agreed=st.none() | st.integers(min_value=1, max_value=30 * 24),
)
def test_day_by_day_gives_the_same_rows_as_once(events, rhythm, agreed):
    with transaction.atomic():
        partnership = opened()
        end = START + timedelta(days=45)
        waiting, now = list(events), START
        while now < end:
            before, now = now, now + timedelta(hours=rhythm)
            while waiting and START + timedelta(hours=waiting[0][1]) <= now:
                event = waiting.pop(0)
                put_on_record(partnership, event, START + timedelta(hours=event[1]))
            if agreed is not None and before < START + timedelta(hours=agreed) <= now:
                agree_on_less(partnership, now)
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


def test_what_these_histories_hold_is_there():
    """That the property above speaks of excuses, of waiting and of hours that a holiday took, and not of nothing."""
    with transaction.atomic():
        partnership = opened()
        put_on_record(partnership, ("intake.given", 0, 1, 1, "yes", MANAGER), START)
        for verb, hours, who in (
            ("review.asked", 10 * 24, RECRUITER),  # Thursday the 29th; Friday and Saturday are days off
            ("review.answered", 11 * 24, DEPUTY),
        ):
            put_on_record(partnership, (verb, hours, 1, 1, "yes", who), START + timedelta(hours=hours))
        later = START + timedelta(days=44)
        while actions.measure_due(later):
            pass
        row = Commitment.objects.get(kind="slate_reviewed")
        assert row.due_at == datetime(2026, 11, 3, 16, tzinfo=UTC)  # winter time: five in Berlin
        assert Commitment.objects.get(kind="interviewed").court == "recruiter"
        put_on_record(partnership, (EXCUSE, 0, 1, 0, "yes", RECRUITER), later)
        while actions.measure_due(later):
            pass
        assert Commitment.objects.filter(state="excused").count() == 1
