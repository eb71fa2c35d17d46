"""Whom a message did not reach: their recruiter is reminded once in time, and the leads hear of who is late."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.models import Activity
from candidates.internal import actions as internal
from candidates.models import AnotherWay, Promise
from candidates.reaching import actions
from partners.commitments.models import Commitment
from partners.delegations import actions as delegations
from tests.candidates.interviews.builders import in_play
from tests.factories import NOW, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
DUE = datetime(2026, 11, 26, 17, tzinfo=UTC)
"""Two working days on."""
NEAR, LATE = DUE.replace(hour=9), DUE.replace(day=27, hour=9)
UP = datetime(2026, 12, 2, 9, tzinfo=UTC)
"""The morning after two more working days."""
WHAT = "Reach a candidate another way"


def unreached(application, role="conversation.message"):
    mail = OutgoingMail.objects.create(
        role=role,
        kind="transactional",
        state="bounced",
        sent_at=NOW,
        to="robin@example.com",
        not_before=NOW,
        idempotency_key=f"{role}:{application.pk}",
        **application.about(),
    )
    actions.owe([mail], now=NOW)
    return AnotherWay.objects.get(application=application)


def tick(*moments):
    for moment in moments:
        engine.tick(moment)
        engine.tick(moment)


def lines(user):
    rows = OutgoingMail.objects.filter(role="commitments.digest", to=user.email).order_by("pk")
    found = [[line for line in row.text.splitlines() if WHAT in line] for row in rows]
    return [each for each in found if each]


def told():
    return list(OutgoingMail.objects.filter(role="commitments.unreached").order_by("pk"))


def test_their_recruiter_is_reminded_once_and_sees_it_late(role):
    row = unreached(in_play(role))
    assert row.due_at == DUE
    tick(NOW)
    assert lines(role.recruiter) == []
    tick(NEAR, NEAR.replace(hour=11))
    row.refresh_from_db()
    assert row.nudged_at == NEAR
    said = f"- {role.title}: {WHAT}: what we wrote has not reached them, by Thursday 26 November, 17:00"
    assert lines(role.recruiter) == [[said]]
    for moment, shown in ((NEAR, "today by 17:00"), (LATE, "1 day late")):
        with time_machine.travel(moment, tick=False):
            client = Client()
            client.force_login(role.recruiter)
            assert shown in client.get("/").content.decode()


def test_it_is_owed_to_the_candidate_and_no_commitment(role):
    before = set(Commitment.objects.values_list("pk", "kind", "state"))
    unreached(in_play(role))
    tick(NEAR)
    assert {kind for _, kind, _ in set(Commitment.objects.values_list("pk", "kind", "state")) - before} <= {
        kind for _, kind, _ in before
    }


def test_where_a_promise_is_about_the_same_it_alone_reminds(role):
    application = in_play(role)
    row = unreached(application)
    Promise.objects.filter(application=application).update(kind="reach")
    tick(NEAR, UP)
    row.refresh_from_db()
    assert (row.nudged_at, row.escalated_at, lines(role.recruiter), told()) == (None, None, [], [])


def test_who_has_been_reached_is_in_no_reminder(role):
    application = in_play(role)
    unreached(application)
    tick(NEAR.replace(day=25, hour=20))  # near, and evening: planned for the morning
    actions.set_aside(application_id=application.pk, reason="They called us.", by=role.recruiter, now=NEAR)
    tick(NEAR, UP)
    assert (lines(role.recruiter), told()) == ([], [])


def test_who_stands_in_is_reminded(role):
    other = make_user("recruiter")
    today = NOW.date()
    delegations.delegate(
        to_id=other.pk, begins_on=today, ends_on=today + timedelta(days=5), by=role.recruiter, now=NOW
    )
    unreached(in_play(role))
    tick(NEAR)
    assert lines(role.recruiter) == []
    ((line,),) = lines(other)
    assert f"(for {role.recruiter})" in line


def test_the_leads_hear_of_it_once_two_working_days_after(client, role):
    lead, kept = make_user("lead"), make_user("lead")
    application = in_play(role)
    internal.keep_from(application, kept, by=None, now=NOW)
    row = unreached(application)
    tick(LATE)
    assert told() == []
    tick(UP, UP.replace(hour=11))
    (mail,) = told()
    assert (mail.to, mail.requisition_id) == (lead.email, role.pk)
    assert application.candidate.name not in mail.text
    assert "by Thursday 26 November, and nobody has noted" in mail.text
    assert f"/applications/{application.pk}/another-way/" in mail.text
    row.refresh_from_db()
    assert row.escalated_at == UP
    said = Activity.objects.get(verb="another_way.escalated")
    assert said.data == {"to": str(lead), "to_ids": [lead.pk], "due": "Thursday 26 November"}
    client.force_login(lead)
    assert client.get(f"/applications/{application.pk}/another-way/").status_code == 200


def test_what_was_late_long_ago_rests(role):
    unreached(in_play(role))
    make_user("lead")
    tick(DUE + timedelta(days=31))
    assert told() == []


def test_one_that_fails_holds_up_nobody_else(role, monkeypatch):
    from partners.commitments import mails

    make_user("lead")
    first, second = unreached(in_play(role)), unreached(in_play(role))
    send = mails.send_unreached

    def broken(row, *args, **facts):
        if row == first:
            raise ValueError("Words that nobody can write.")
        send(row, *args, **facts)

    monkeypatch.setattr(mails, "send_unreached", broken)
    tick(UP)
    rows = list(AnotherWay.objects.order_by("pk").values_list("pk", "escalated_at"))
    assert rows == [(first.pk, None), (second.pk, UP)]
    assert len(told()) == Activity.objects.filter(verb="another_way.escalated").count() == 1
