"""In every lane: a row that the database will not let be done, and what lies behind it, in one tick."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction

from ats.accounts.models import Role
from ats.approvals.models import Approval
from ats.calendars.models import CalendarSubscription
from ats.chat.models import ChatMessage
from ats.duework import engine
from ats.mail import arrivals, outbox
from ats.mail.models import OutgoingMail
from ats.mail.render import plain
from ats.retention.models import RetentionRun
from ats.sms import actions as sms_actions
from ats.sms.models import SmsKind, SmsMessage
from candidates.bulk import actions as bulk
from candidates.bulk.domain.choice import Place
from candidates.data_requests import actions as data_requests
from candidates.duplicates.actions.merge import merge
from candidates.erasure.actions import ask as erasing
from candidates.erasure.actions import configure as retention_of_people
from candidates.follow_ups.domain import journeys
from candidates.models import (
    AvailabilityRequest,
    Candidate,
    FeedbackRequest,
    Promise,
    Replan,
    ResumeReading,
    Rule,
    RuleAct,
    Scorecard,
)
from candidates.people.models import WordsTaken
from candidates.pools import actions as pools
from candidates.saved_filters import actions as filters
from candidates.scheduling.actions import ask_interviewers
from candidates.sequences import actions as sequences
from partners.alignment.models import Look
from partners.models import (
    Celebration,
    CheckIn,
    CheckInAction,
    Commitment,
    Delegation,
    Retrospective,
    Signature,
    ToMeasure,
)
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.ats.approvals.conftest import House
from tests.ats.chat import test_chat
from tests.candidates.follow_ups.test_follow_ups import plan
from tests.candidates.helpers import run_lane
from tests.candidates.interviews import builders
from tests.candidates.journeys import test_tasks
from tests.candidates.journeys.parts import add
from tests.candidates.pools.helpers import make_pool, make_sequence
from tests.candidates.scorecards.helpers import AFTER, hold, met
from tests.factories import NOW
from tests.partners.alignment import parts as alignment
from tests.partners.commitments import test_unreached
from tests.partners.conftest import open_role
from tests.partners.outcomes import parts as outcomes
from tests.smtp import Catcher

LATER = NOW + timedelta(days=40)
Rows = tuple[list[Any], datetime]
"""Two rows that are due at that moment, the one that will be poisoned first."""


def promises() -> Rows:
    made = [make.make_application(due_at=NOW + timedelta(hours=1)) for _ in range(2)]
    return [each.promises.get() for each in made], NOW + timedelta(hours=2)


def broken() -> Rows:
    rows, moment = promises()
    run_lane("promises", moment)
    return rows, moment


def debts() -> Rows:
    rows, _ = promises()
    Promise.objects.update(kind="debt", broken_before=3, waiting_since=NOW)
    return rows, NOW


def to_erase() -> Rows:
    people = [make.make_application(state="rejected").candidate for _ in range(2)]
    return [erasing.ask(candidate=person, now=NOW) for person in people], NOW


def policies() -> Rows:
    lead = make.make_user(Role.LEAD)
    houses = [make.make_organisation() for _ in range(2)]
    return [
        retention_of_people.switch(organisation_id=house.pk, on=True, by=lead, now=NOW) for house in houses
    ], NOW


def to_read() -> Rows:
    rows = [
        ResumeReading.objects.create(
            candidate=make.make_candidate(), origin="json_resume", source='{"basics": {"name": "Kim"}}'
        )
        for _ in range(2)
    ]
    return rows, NOW


def feedback_asked() -> Rows:
    rows = [
        FeedbackRequest.objects.create(
            application=make.make_application(state="rejected", told_at=NOW), asked_at=NOW, due_at=NOW
        )
        for _ in range(2)
    ]
    return rows, NOW + timedelta(hours=1)


def to_nudge() -> Rows:
    rows, _ = promises()
    Promise.objects.update(nudge_at=NOW)
    return rows, NOW


def follow_ups() -> Rows:
    rows = [plan(make.make_application(), journeys.ACKNOWLEDGEMENT) for _ in range(2)]
    return rows, NOW


def replans() -> Rows:
    for _ in range(2):
        add(make.make_organisation())
    return list(Replan.objects.order_by("id")), NOW


def scorecards() -> Rows:
    for _ in range(2):
        hold(met(make.make_user(Role.INTERVIEWER)))
    return list(Scorecard.objects.order_by("id")), AFTER


def asked() -> list[Approval]:
    house = House()
    house.chain((1, {"part": "boss", "label": "Boss"}))
    house.ask(subject=1)
    house.ask(subject=2)
    return list(Approval.objects.order_by("id"))


def approvals() -> Rows:
    return asked(), LATER


def approvals_left() -> Rows:
    rows = asked()
    type(rows[0].approver).objects.filter(pk=rows[0].approver_id).update(is_active=False)
    return rows, NOW


def check_ins() -> Rows:
    for _ in range(2):
        open_role()
    return list(CheckIn.objects.order_by("id")), LATER


def to_measure() -> Rows:
    roles = [open_role() for _ in range(2)]
    ToMeasure.objects.all().delete()
    return [ToMeasure.objects.create(requisition_id=role.pk) for role in roles], NOW


def mails() -> Rows:
    message = plain("Hello", "Hello.")
    return [
        outbox.queue(
            "account.message", to=outbox.To(address=f"a{n}@example.com"), message=message, key=str(n), now=NOW
        )
        for n in range(2)
    ], NOW


def came_in() -> Rows:
    mail = "From: a{}@example.com\r\nSubject: Hello\r\n\r\nHello.\r\n"
    return [arrivals.keep(mail.format(n).encode(), source="file", now=NOW)[0] for n in range(2)], NOW


def calendars() -> Rows:
    user = make.make_user(Role.INTERVIEWER)
    return [
        CalendarSubscription.objects.create(user=user, url=f"http://127.0.0.1:9/{n}", due_at=NOW)
        for n in range(2)
    ], NOW


def retention() -> Rows:
    run_lane("retention", NOW)
    return list(RetentionRun.objects.order_by("id")[:2]), LATER


def people() -> Rows:
    rows = [make.make_candidate(phone="+49 30 901820") for _ in range(2)]
    Candidate.objects.update(phone_normalised="")
    WordsTaken.objects.all().delete()
    return rows, NOW


def known_openly() -> Rows:
    rows = []
    for number in range(2):
        email = f"both{number}@example.com"
        make.make_candidate(email=email)
        rows.append(make.make_candidate(email=email, only_confidential=True))
    return rows, NOW


def delegations() -> Rows:
    for _ in range(2):
        owner, delegate = make.make_user(Role.MANAGER), make.make_user(Role.MANAGER)
        Delegation.objects.create(
            owner=owner, delegate=delegate, begins_at=NOW, ends_at=NOW + timedelta(days=3)
        )
    return list(Delegation.objects.order_by("id")), NOW


def coming_due() -> Rows:
    for _ in range(2):
        open_role()
    rows = Commitment.objects.filter(kind="weekly_update").order_by("id")
    return list(rows), NOW + timedelta(days=7)


def to_look_through() -> Rows:
    for _ in range(2):
        alignment.at_odds()
    return list(Look.objects.order_by("id")), LATER


def to_sign() -> Rows:
    for _ in range(2):
        role = alignment.open_role()
        alignment.name(role, hr=make.make_user(Role.STAKEHOLDER))
        alignment.settled(role)
    return list(Signature.objects.order_by("id")), LATER


def celebrations() -> Rows:
    for _ in range(2):
        outcomes.hired()
    return list(Celebration.objects.order_by("id")), LATER


def looks_back() -> Rows:
    for _ in range(2):
        role = open_role()
        roles.end(requisition_id=role.pk, new_state="cancelled", reason="Done.", by=role.recruiter, now=NOW)
    return list(Retrospective.objects.order_by("id")), LATER


def first_months() -> Rows:
    made = [outcomes.started() for _ in range(2)]
    return [each.reviews.get(day=30) for each in made], outcomes.morning(33)


def agreed() -> Rows:
    for _ in range(2):
        open_role()
    rows = []
    for check_in in CheckIn.objects.order_by("id"):
        owner = check_in.partnership.requisition.recruiter
        due_on = (NOW + timedelta(days=1)).date()
        made = CheckInAction(check_in=check_in, side="recruiter", owner=owner, text="Look.", due_on=due_on)
        made.save()
        rows.append(made)
    return rows, NOW + timedelta(days=1)


def times_wanted() -> Rows:
    for _ in range(2):
        role = open_role()
        manager, application = role.hiring_manager, builders.in_play(role)
        ask_interviewers.ask(
            application_id=application.pk,
            planned_id=builders.plan(role, manager).pk,
            interviewer_id=manager.pk,
            by=role.recruiter,
            now=NOW,
        )
    rows = list(AvailabilityRequest.objects.order_by("id"))
    return rows, rows[0].due_at - timedelta(hours=1)


def unreached() -> Rows:
    rows = [test_unreached.unreached(builders.in_play(open_role())) for _ in range(2)]
    return list(rows), rows[0].due_at - timedelta(hours=1)


def late_to_reach() -> Rows:
    rows, due = unreached()
    return rows, due + timedelta(days=7)


def tasks_of_a_journey() -> Rows:
    with transaction.atomic():
        made = [test_tasks.asked(application=builders.in_play(open_role())) for _ in range(2)]
    return list(made), made[0].due_at - timedelta(hours=1)


def said_in_chats() -> Rows:
    """In rooms at an address that leads nowhere: each is tried, and waits."""
    kim = make.make_user()
    test_chat.room_of("https://chat.invalid/hooks/abc", kim)
    for key in ("one", "two"):
        test_chat.say(kim, key)
    return list(ChatMessage.objects.order_by("id")), NOW


def sms() -> Rows:
    """Of an organisation whose provider was taken away: each is called off."""
    organisation = make.make_organisation()
    for key in ("one", "two"):
        sms_actions.queue(
            SmsKind.TEST,
            key=key,
            to="+4915123456789",
            text="A word.",
            organisation_id=organisation.pk,
            now=NOW,
            not_after=NOW + timedelta(days=1),
        )
    return list(SmsMessage.objects.order_by("id")), NOW


def about_data() -> Rows:
    """Two people wait for an answer about their data, and whoever owes it is to be reminded."""
    people = [make.make_application().candidate for _ in range(2)]
    rows = [
        data_requests.ask_for_correction(candidate=person, text="Wrong year.", now=NOW) for person in people
    ]
    return rows, rows[0].due_at


def many_at_once() -> Rows:
    role = make.make_requisition()
    rows = [make.make_application(requisition=role) for _ in range(2)]
    places = [Place(row.candidate_id, row.pk) for row in rows]
    stage = {"stage": make.stage(role, "interview").pk}
    run = bulk.prepare(
        kind="move", places=places, parameters=stage, key=uuid.uuid4(), by=role.recruiter, now=NOW
    )
    bulk.start(run_id=run.pk, by=role.recruiter, now=NOW)
    return list(run.items.order_by("id")), NOW


def looked_at() -> Rows:
    """Two colleagues who follow one filter."""
    saved = filters.keep(by=make.make_user(), name="Ada", asked="q=ada", shared=True)
    rows = [filters.follow(filter_id=saved.pk, by=make.make_user(), now=NOW) for _ in range(2)]
    return rows, NOW + timedelta(days=1)


def rule_on(role: Requisition, **facts: Any) -> Rule:
    """A rule of the role that is on, and tells its recruiter."""
    given = {"when": "arrives", "actions": [{"act": "notify", "who": "recruiter"}]} | facts
    return Rule.objects.create(
        organisation=role.organisation, requisition=role, name="The rule", state="on", on_since=NOW,
        owner=make.make_user(Role.LEAD), **given,
    )  # fmt: skip


def rule_acts() -> Rows:
    role = make.make_requisition()
    rule = rule_on(role)
    rows = [
        RuleAct.objects.create(
            rule=rule,
            application=make.make_application(requisition=role),
            occasion="made-up",
            version=1,
            noticed_at=NOW,
            due_at=NOW,
        )
        for _ in range(2)
    ]
    return rows, NOW


def run_out() -> Rows:
    """Two people who have not agreed by their day."""
    pool = make_pool(make.make_user())
    rows = [
        pools.add(pool_id=pool.pk, candidate_id=make.make_candidate().pk, why="", by=pool.owner, now=NOW)
        for _ in range(2)
    ]
    return rows, NOW + timedelta(days=31)


def written_to() -> Rows:
    """Two people whose first mail of a sequence is due."""
    by = make.make_user()
    sequence = make_sequence(by)
    runs = [
        sequences.begin(sequence_id=sequence.pk, candidate_id=make.make_candidate().pk, by=by, now=NOW)
        for _ in range(2)
    ]
    return [run.mails.get(position=0) for run in runs], NOW


def put_together() -> Rows:
    """Two people whose second records lead to them; what was on its way to those comes along."""
    by = make.make_user()
    people = [make.make_candidate() for _ in range(2)]
    rows = [
        merge(kept_id=person.pk, lost_id=make.make_candidate().pk, by=by, now=NOW, why="They said so")
        for person in people
    ]
    return rows, NOW + timedelta(minutes=1)


LANES: dict[str, Callable[[], Rows]] = {
    "bulk": many_at_once,
    "saved-filters": looked_at,
    "rules": rule_acts,
    "data-requests": about_data,
    "promise-reminders": to_nudge,
    "promises": promises,
    "promise-news": broken,
    "promise-debts": debts,
    "feedback-requests": feedback_asked,
    "merges": put_together,
    "resumes": to_read,
    "pools": run_out,
    "sequences": written_to,
    "follow-ups": follow_ups,
    "journeys": replans,
    "scorecards": scorecards,
    "approvals": approvals,
    "approvals-left": approvals_left,
    "alignment": to_look_through,
    "alignment-reminders": to_sign,
    "celebrations": celebrations,
    "check-ins": check_ins,
    "commitments": to_measure,
    "delegations": delegations,
    "mail": mails,
    "incoming": came_in,
    "outcome-reviews": first_months,
    "retrospectives": looks_back,
    "calendars": calendars,
    "retention": retention,
    "chat": said_in_chats,
    "sms": sms,
    "erasures": to_erase,
    "retention-of-people": policies,
}
DATED = {"outcome-reviews": pytest.mark.ordinary_day}
"""Lanes whose rows begin on a written day (`outcomes.FIRST`)."""
APART: dict[str, Callable[[], Rows]] = {
    "words": people,
    "known-openly": known_openly,
    "commitment-reminders": coming_due,
    "check-in-actions": agreed,
    "interview-times-reminders": times_wanted,
    "unreached-reminders": unreached,
    "unreached-escalations": late_to_reach,
    "step-task-reminders": tasks_of_a_journey,
}
"""Their rows have no attempts: one that cannot be done is logged; it waits, or keeps the words that it had."""
ELSEWHERE = {
    "advice": "its rows are read and kept by the rule: tests/partners/advice/test_advice.py",
    "correction-steps": "by `Agreed`, as check-in-actions",
    "second-steps": "by `each_apart`, as words",
    "surveys": "by `apart`: tests/candidates/surveys/test_report.py",
    "commitment-escalations": "it plans tasks, and touches no row: tests/ats/duework/test_poison.py",
    "tasks": "tests/ats/duework/test_poison.py",
    "outside-tasks": "tests/ats/duework/test_poison.py",
    "later-tasks": "tests/candidates/documents/test_recognising.py",
    "duplicates": "by `each_apart`, as words",
    "signals": "by `each_apart`, as words",
    "rules-heard": "it reads the record, and writes rows of its own that `rules` does",
    "rules-waited": "it writes rows of its own that `rules` does",
    "old-documents": "it only plans tasks: tests/candidates/documents/test_recognising.py",
    "response-records": "it counts, and writes a row of its own: tests/candidates/board/test_answers.py",
    "inbound": "it has no rows: tests/ats/mail/test_arrivals.py",
}


NOTING = {"outgoingmail": "NEW.state <> 'sent'", "calendarsubscription": "NEW.problem = OLD.problem"}
"""What may be written on a poison row all the same, where it is not that it was tried once more."""


@contextmanager
def poisoned(row: models.Model, code: str) -> Iterator[None]:
    """Whoever does this row is told so by the database; that it failed may be noted on it."""
    noting = NOTING.get(row._meta.model_name or "", "NEW.attempts <> OLD.attempts")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF OLD.id = {row.pk} THEN
                    IF TG_OP = 'UPDATE' AND ({noting}) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'poison' USING ERRCODE = '{code}';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$;
            CREATE TRIGGER poison BEFORE UPDATE OR DELETE ON {row._meta.db_table}
                FOR EACH ROW EXECUTE FUNCTION poison();
            """
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION poison CASCADE")


def test_every_lane_is_tried() -> None:
    assert {*LANES, *APART, *ELSEWHERE} == set(engine.lanes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lane", APART)
def test_a_poison_row_without_attempts_holds_up_nobody_and_is_done_once_it_can_be(lane: str) -> None:
    (poison, other), moment = APART[lane]()
    before = _image(poison), _image(other)

    with poisoned(poison, "P0001"):
        run_lane(lane, moment)

    assert (_image(poison) == before[0], _image(other) == before[1]) == (True, False)
    if lane == "words":
        WordsTaken.objects.update(done_up_to=0)
    run_lane(lane, moment)
    assert _image(poison) != before[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("lane", "code"),
    [
        *(pytest.param(lane, "P0001", marks=DATED.get(lane, ())) for lane in LANES),
        *(("promises", code) for code in ("23514", "40P01", "57014", "22012")),
    ],
)
def test_a_poison_row_is_set_aside_and_what_lies_behind_it_is_done(
    lane: str, code: str, smtp: Catcher
) -> None:
    (poison, other, *_), moment = LANES[lane]()
    before = _image(other)

    with poisoned(poison, code):
        run_lane(lane, moment)

    after, done = _image(poison), _image(other)
    assert done != before
    assert done is None or done["last_error"] == "" or lane in {"calendars", "chat", "sms"}
    assert after is not None
    if lane != "mail":
        assert (after["attempts"], "poison" in after["last_error"]) == (1, True)
        return
    assert done is not None
    assert (after["state"], done["state"]) == ("unknown", "sent")
    assert [len(smtp.to(each.to)) for each in OutgoingMail.objects.order_by("id")] == [1, 1]


def _image(row: models.Model) -> dict[str, Any] | None:
    return type(row)._base_manager.filter(pk=row.pk).values().first()
