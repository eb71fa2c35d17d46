"""A few mails with days between them: what is looked at before, when they go, and all that stops them."""

from datetime import datetime
from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid, WrongState
from ats.mail import inbound, refusals
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.consents.actions import withdraw
from candidates.models import Candidate, SequenceRun
from candidates.pools import actions as pools
from candidates.sequences import actions
from tests import factories as f
from tests.candidates.helpers import at_once, days, hours, mails, run_lane
from tests.candidates.pools.helpers import HELLO, consent, make_pool, make_sequence

pytestmark = pytest.mark.django_db
LANE = "sequences"


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


def begin(sequence: Any, candidate: Candidate, by: User, **facts: Any) -> SequenceRun:
    given = {"now": f.NOW} | facts
    return actions.begin(sequence_id=sequence.pk, candidate_id=candidate.pk, by=by, **given)


@pytest.fixture
def run(recruiter: User) -> SequenceRun:
    return begin(make_sequence(recruiter), f.make_candidate(first_name="Ada"), recruiter)


def ended(run: SequenceRun) -> tuple[str, str]:
    run.refresh_from_db()
    return run.state, run.stop


def letter(mail: OutgoingMail | None, sender: str, subject: str = "Re: hello", more: str = "") -> bytes:
    answers = f"In-Reply-To: {message_id(mail)}\r\n" if mail else ""
    head = f"From: <{sender}>\r\nTo: <hiring@example.com>\r\nSubject: {subject}\r\n{answers}{more}"
    return f"{head}\r\nI would like to hear more.\r\n".encode()


def sent(run: SequenceRun, now: datetime = f.NOW) -> OutgoingMail:
    """The first mail, as if it had been handed over."""
    run_lane(LANE, now)
    mail = run.mails.get(position=0).mail
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=now)
    return mail


def test_mails_go_in_their_days_in_the_owners_name_with_a_way_out(run: SequenceRun) -> None:
    run_lane(LANE, hours(1))
    run_lane(LANE, days(2))
    (first,) = mails("sequence.mail")
    assert (first.to, first.subject, first.kind) == (run.candidate.email, "Mail 1", "relationship")
    assert first.from_name.startswith("Kim Recruiter, ")
    assert first.text.startswith("Hello Ada,\n\nwe should talk.")
    assert "/mail/unsubscribe/" in first.text

    run_lane(LANE, days(7))
    run_lane(LANE, days(30))
    assert [mail.subject for mail in mails("sequence.mail")] == ["Mail 1", "Mail 2"]
    assert ended(run) == ("done", "")


@pytest.mark.ordinary_day
def test_days_between_are_working_days_and_late_mails_bring_the_others_on(recruiter: User) -> None:
    sequence = make_sequence(recruiter, (0, HELLO), (3, HELLO), (2, HELLO))
    run = begin(sequence, f.make_candidate(), recruiter)
    due = [mail.due_at for mail in run.mails.all()]
    assert [at.strftime("%a %d") for at in due] == ["Tue 24", "Fri 27", "Tue 01"]
    run_lane(LANE, days(2))  # two days late, a Thursday: three working days on is another Tuesday
    assert [mail.due_at.strftime("%a %d") for mail in run.mails.all()][1:] == ["Tue 01", "Thu 03"]


def test_an_answer_stops_it_also_of_who_has_no_application(run: SequenceRun) -> None:
    mail = sent(run)
    inbound.take_in(letter(mail, run.candidate.email), hours(2))
    row = IncomingMail.objects.get()
    assert (row.candidate_id, row.why) == (run.candidate_id, "no_role")

    run_lane(LANE, days(20))

    assert ended(run) == ("stopped", "answered")
    assert len(mails("sequence.mail")) == 1
    assert list(run.mails.values_list("state", flat=True)) == ["sent", "cancelled"]


def test_an_answer_that_names_nothing_of_ours_is_known_by_its_sender(run: SequenceRun) -> None:
    sent(run)
    inbound.take_in(letter(None, run.candidate.email.upper()), hours(2))
    run_lane(LANE, hours(3))
    assert ended(run) == ("stopped", "answered")


def test_a_program_that_answers_stops_nothing(run: SequenceRun) -> None:
    mail = sent(run)
    away = "Auto-Submitted: auto-replied\r\n"
    inbound.take_in(letter(mail, run.candidate.email, "Out of office", away), hours(2))
    run_lane(LANE, hours(3))
    assert ended(run) == ("running", "")


def _applied(run: SequenceRun, by: User) -> None:
    f.make_application(candidate=run.candidate, now=hours(1))


def _refused(run: SequenceRun, by: User) -> None:
    refusals.unsubscribed(run.candidate.email, now=hours(1))


def _bounced(run: SequenceRun, by: User) -> None:
    OutgoingMail.objects.filter(pk=run.mails.get(position=0).mail_id).update(state="bounced", sent_at=f.NOW)


def _left_us(run: SequenceRun, by: User) -> None:
    User.objects.filter(pk=by.pk).update(is_active=False)


def _erased(run: SequenceRun, by: User) -> None:
    Candidate.objects.filter(pk=run.candidate_id).update(anonymised_at=hours(1))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (_applied, "applied"),
        (_refused, "opted_out"),
        (_bounced, "bounced"),
        (_left_us, "owner"),
        (_erased, "gone"),
    ],
)
def test_what_speaks_against_it_stops_it(run: SequenceRun, recruiter: User, what: Any, why: str) -> None:
    sent(run)
    what(run, recruiter)
    run_lane(LANE, hours(2))
    assert ended(run) == ("stopped", why)
    run_lane(LANE, days(30))
    assert OutgoingMail.objects.filter(role="sequence.mail").count() == 1


def test_a_no_and_leaving_the_pool_stop_it(recruiter: User) -> None:
    sequence, pool = make_sequence(recruiter, needs="roles"), make_pool(recruiter, needs="")
    said_no, left = (f.make_candidate() for _ in range(2))
    runs = []
    for candidate in (said_no, left):
        consent(candidate)
        pools.add(pool_id=pool.pk, candidate_id=candidate.pk, why="", by=recruiter, now=f.NOW)
        runs.append(begin(sequence, candidate, recruiter, pool_id=pool.pk))
    withdraw(candidate=said_no, purpose="roles", where="mail", by=said_no, now=hours(1))
    member = left.pool_memberships.get()
    pools.remove(member_id=member.pk, why="", by=recruiter, now=hours(1))
    run_lane(LANE, hours(2))
    assert [ended(run) for run in runs] == [("stopped", "opted_out"), ("stopped", "left_pool")]
    assert mails("sequence.roles") == []


def test_nobody_begins_what_could_not_be_sent_rightly(recruiter: User) -> None:
    sequence = make_sequence(recruiter, (0, "Hello {{ candidate.first_name }}, how is {{ candidate.city }}?"))
    agreed_only = make_sequence(recruiter, name="Agreed", needs="roles")
    known = f.make_candidate(city="Berlin")
    nowhere, silent, refusing = (f.make_candidate(city=city) for city in ("", "Berlin", "Berlin"))
    silent.email, silent.email_key = "", None
    silent.save()
    refusals.unsubscribed(refusing.email, now=f.NOW)
    playing = f.make_application(candidate=f.make_candidate(city="Berlin")).candidate
    begin(sequence, known, recruiter)
    refused = {
        nowhere: "candidate.city",
        silent: "no address",
        refusing: "no such messages",
        playing: "in play",
        known: "Another sequence",
    }
    for candidate, why in refused.items():
        with pytest.raises(WrongState, match=why):
            begin(sequence, candidate, recruiter)
    with pytest.raises(WrongState, match="not agreed"):
        begin(agreed_only, f.make_candidate(), recruiter)


def test_whose_city_is_gone_meanwhile_gets_no_letter_with_a_gap(recruiter: User) -> None:
    sequence = make_sequence(recruiter, (1, "Hello {{ candidate.first_name }}, how is {{ candidate.city }}?"))
    run = begin(sequence, f.make_candidate(city="Berlin"), recruiter)
    Candidate.objects.filter(pk=run.candidate_id).update(city="")
    run_lane(LANE, days(10))
    assert (ended(run), mails("sequence.mail")) == (("stopped", "words"), [])


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ([], "body_0"),
        ([(0, "s", "Hello {{ candidate.salary }}")], "body_0"),
        ([(0, "s", "Hello you,\n\n___")], "body_0"),
        ([(0, "s", HELLO), (0, "s", HELLO)], "wait_1"),
        ([(61, "s", HELLO)], "wait_0"),
        ([(0, "", HELLO)], "body_0"),
        ([(0, "x" * 201, HELLO)], "subject_0"),
    ],
)
def test_texts_are_looked_at_before_anybody_gets_them(recruiter: User, steps: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_sequence(recruiter, steps=[actions.StepText(*step) for step in steps])
    assert refused.value.field == field


def test_each_mail_and_all_of_it_can_be_taken_back(run: SequenceRun, recruiter: User) -> None:
    run_lane(LANE, f.NOW)
    actions.stop(run_id=run.pk, by=recruiter, now=hours(1))
    assert [mail.state for mail in mails("sequence.mail")] == ["cancelled"]
    with pytest.raises(WrongState):
        actions.stop(run_id=run.pk, by=recruiter, now=hours(1))
    other = begin(make_sequence(recruiter, name="Other"), f.make_candidate(), recruiter)
    for position in (0, 1):
        actions.cancel_mail(run_id=other.pk, position=position, by=recruiter, now=hours(1))
    assert ended(other) == ("done", "")


def test_in_one_name_no_more_go_in_a_day_than_people_write(
    recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candidates.sequences.actions.dispatch.MOST_A_DAY", 2)
    sequence = make_sequence(recruiter, (0, HELLO))
    for _ in range(3):
        begin(sequence, f.make_candidate(), recruiter)
    run_lane(LANE, hours(1))
    assert len(mails("sequence.mail")) == 2
    run_lane(LANE, days(2))
    assert len(mails("sequence.mail")) == 3


def test_who_is_being_written_to_keeps_the_words_that_they_began_with(
    run: SequenceRun, recruiter: User
) -> None:
    sequence = run.sequence
    actions.make(
        sequence_id=sequence.pk,
        organisation=sequence.organisation,
        name="Another",
        needs="",
        steps=[actions.StepText(0, "Changed", HELLO)],
        by=recruiter,
        now=f.NOW,
    )
    run_lane(LANE, f.NOW)
    assert [mail.subject for mail in mails("sequence.mail")] == ["Mail 1"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_once(recruiter: User) -> None:
    run = begin(make_sequence(recruiter), f.make_candidate(), recruiter)
    at_once(*[lambda: run_lane(LANE, hours(1))] * 2)
    assert [mail.subject for mail in mails("sequence.mail")] == ["Mail 1"]
    assert run.mails.get(position=0).state == "sent"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_begin_once(recruiter: User) -> None:
    sequence, candidate = make_sequence(recruiter), f.make_candidate()
    outcomes = at_once(*[lambda: begin(sequence, candidate, recruiter)] * 2)
    assert sorted(type(each).__name__ for each in outcomes) == ["SequenceRun", "WrongState"]
