"""Reminders of evidence, and what the candidate is promised meanwhile."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from candidates.applications import actions as applications
from candidates.models import Scorecard
from candidates.portal.actions.make_links import new_link
from candidates.scorecards.actions.nudge import MOST
from tests.candidates.helpers import mails, open_one, run_lane
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, happen, hold, met
from tests.factories import NOW, make_reason, make_user

pytestmark = pytest.mark.django_db


def nudged(now):
    run_lane("scorecards", now)
    return len(mails("scorecards.wanted")), len(mails("scorecards.late"))


@pytest.mark.ordinary_day
def test_at_the_end_when_due_and_then_each_working_day_a_while():
    user = make_user("interviewer", email="ines@example.com")
    interview = met(user)  # Tuesday ten to eleven; due on Wednesday at eleven
    hold(interview)
    assert nudged(interview.ends_at - timedelta(minutes=1)) == (0, 0)
    assert nudged(AFTER) == (1, 0)
    assert nudged(AFTER) == (1, 0)
    due = card_of(interview, user).due_at
    assert nudged(due - timedelta(minutes=1)) == (1, 0)
    assert nudged(due) == (1, 1)
    for hours, late in ((24, 2), (48, 3), (72, 3), (24 * 5, 4), (24 * 6, 4), (24 * 20, 4)):
        assert nudged(due + timedelta(hours=hours)) == (1, late)  # Saturday brings none
    card = card_of(interview, user)
    assert (card.nudges, card.nudge_at) == (MOST, None)
    assert {mail.to for mail in mails("scorecards.late")} == {"ines@example.com"}


def test_the_world_is_looked_at_again_before_each():
    user = make_user("interviewer")
    interview = met(user)
    Scorecard.objects.update(nudge_at=NOW - timedelta(hours=1))  # as if it had been moved behind our back
    assert nudged(NOW) == (0, 0)
    assert card_of(interview, user).nudge_at == interview.ends_at
    happen("no_show", interview, state="no_show", settled_at=AFTER)
    assert nudged(AFTER) == (0, 0)
    happen("held", interview, state="held")
    user.is_active = False
    user.save()
    assert nudged(AFTER) == (0, 0)


def test_after_an_interview_the_candidate_is_promised_news_about_it():
    one = make_user("interviewer")
    interview = met(one)
    before = open_one(interview.application)
    hold(interview)
    after = open_one(interview.application)
    assert (before.what, before.side) == ("A time for your interview", "scheduling")
    assert (after.what, after.kind, after.side) == ("News about your interview", "interview", "recruiter")


def test_the_move_is_the_managers_while_only_their_evidence_is_missing():
    interview = met(make_user("interviewer"))
    requisition = interview.application.requisition
    second = met(
        requisition.hiring_manager, application=interview.application, starts_at=NOW + timedelta(hours=2)
    )
    hold(interview)
    hold(second, now=NOW + timedelta(hours=3, minutes=5))
    due = open_one(interview.application).due_at
    assert open_one(interview.application).side == "recruiter"
    hand_in(interview.scorecards.get(), now=NOW + timedelta(hours=4))
    promise = open_one(interview.application)
    assert (promise.side, promise.owner, promise.due_at) == ("manager", requisition.hiring_manager, due)
    hand_in(second.scorecards.get(), now=NOW + timedelta(hours=5))
    promise = open_one(interview.application)
    assert (promise.side, promise.owner, promise.due_at) == ("recruiter", requisition.recruiter, due)


def test_the_candidate_reads_from_whom_feedback_is_awaited_also_while_a_no_is_untold(client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    one, two = make_user("interviewer", name="Ines One"), make_user("interviewer", name="Tara Two")
    interview = met(one, two)
    application = interview.application
    path = urlsplit(new_link(candidate=application.candidate, now=AFTER)).path

    def said():
        text = re.sub(r"<[^>]+>", "", client.get(path).content.decode())
        return re.findall(r"Still to give their feedback: (.*)\.", text)

    assert said() == []
    hold(interview)
    assert said() == ["Ines One and Tara Two"]
    hand_in(card_of(interview, one))
    assert said() == ["Tara Two"]
    recruiter, reason = application.requisition.recruiter, make_reason()
    applications.reject(
        application_id=application.pk, reason=reason.code, by=recruiter, now=AFTER, message=None
    )
    assert said() == ["Tara Two"]
    application.refresh_from_db()
    application.told_at = AFTER
    application.save(update_fields=["told_at"])
    assert said() == []
