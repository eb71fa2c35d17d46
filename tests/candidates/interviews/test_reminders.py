"""Reminders a day and an hour before, to both sides, of what is still true."""

from datetime import timedelta

import pytest
from django.db import transaction

from ats.accounts.models import Role
from candidates.interviews.actions import invite
from tests import factories as make
from tests.candidates.helpers import mails, run_lane
from tests.factories import NOW

pytestmark = pytest.mark.django_db
START = NOW + timedelta(days=2)
DAY, HOUR = START - timedelta(days=1), START - timedelta(hours=1)


def booked(starts_at=START):
    interview = make.make_interview(people=[make.make_user(Role.INTERVIEWER)], starts_at=starts_at)
    with transaction.atomic():
        invite.booked(interview, now=NOW)
    return interview


def reminded():
    roles = ("interview.reminder", "interviewer.reminder")
    return [[mail.subject.partition(":")[0] for mail in mails(role)] for role in roles]


def move(interview, starts_at, now):
    with transaction.atomic():
        interview.starts_at, interview.ends_at = starts_at, starts_at + timedelta(minutes=45)
        interview.sequence += 1
        interview.save()
        invite.moved(interview, now=now)


def test_both_sides_are_reminded_twice():
    booked()
    run_lane("tasks", DAY - timedelta(minutes=1))
    assert reminded() == [[], []]
    run_lane("tasks", DAY)
    run_lane("tasks", DAY)
    assert reminded() == [["Tomorrow"], ["Tomorrow"]]
    run_lane("tasks", HOUR)
    assert reminded() == [["Tomorrow", "In an hour"], ["Tomorrow", "In an hour"]]
    assert {mail.not_after for mail in mails("interview.reminder")} == {START}


def test_a_candidate_is_reminded_once_of_a_row_and_again_after_a_long_break():
    first = booked()
    for hours in (1, 5):
        interview = make.make_interview(
            first.application,
            people=[make.make_user(Role.INTERVIEWER)],
            starts_at=START + timedelta(hours=hours),
        )
        with transaction.atomic():
            invite.booked(interview, now=NOW)
    run_lane("tasks", DAY + timedelta(hours=6))
    (mail,) = mails("interview.reminder")
    assert [f"{number}. Technical conversation" in mail.text for number in (1, 2, 3, 4)] == [True] * 3 + [
        False
    ]
    assert len(mails("interviewer.reminder")) == 3
    for at in (HOUR, HOUR + timedelta(hours=1), HOUR + timedelta(hours=5)):
        run_lane("tasks", at)
    soon = [(mail.subject.partition(":")[0], "2. Tech" in mail.text) for mail in mails("interview.reminder")]
    assert soon == [("Tomorrow", True), ("In an hour", True), ("In an hour", False)]


def test_after_a_change_only_the_new_time_counts():
    interview = booked()
    move(interview, START + timedelta(days=1), NOW)
    run_lane("tasks", HOUR)
    assert reminded() == [[], []]
    run_lane("tasks", START)
    assert reminded() == [["Tomorrow"], ["Tomorrow"]]
    run_lane("tasks", HOUR + timedelta(days=1))
    assert reminded() == [["Tomorrow", "In an hour"]] * 2


def test_nobody_is_reminded_of_what_does_not_take_place():
    interview = booked()
    interview.state, interview.settled_at = "cancelled", NOW
    interview.save()
    run_lane("tasks", DAY)  # changed behind the plan's back: the reminder looks again
    assert reminded() == [[], []]


@pytest.mark.ordinary_day
def test_what_was_booked_just_now_needs_no_reminder_and_a_late_one_says_nothing_wrong():
    booked(NOW + timedelta(minutes=70))
    run_lane("tasks", NOW + timedelta(minutes=65))
    assert reminded() == [[], []]
    booked(NOW + timedelta(hours=30))
    run_lane("tasks", NOW + timedelta(hours=16))  # ten hours late, and on the day itself
    assert reminded() == [["Today"], ["Today"]]
