"""What people brought about together is celebrated once, from the record, and by whom who wants it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.hires import actions as hires
from candidates.messages.actions import answer_sharing, ask_to_share
from candidates.models import Application, HireRecord
from partners.celebrations import actions, queries
from partners.celebrations.domain.lines import Saved, Usual, line, saved, shortened
from partners.models import Celebration, QuietUser
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
HIRED = NOW + timedelta(days=1)
MORNING = datetime(2026, 11, 26, 9, tzinfo=UTC)


def hire(role, *, starts_on=date(2027, 1, 4), now=HIRED, told=True):
    application = make.make_application(requisition=role, stage_kind="offer")
    lead = make.make_user(Role.LEAD)
    applications.hire(
        application_id=application.pk,
        by=lead,
        now=now,
        starts_on=starts_on,
        without_offer="They said yes on the telephone.",
    )
    if told:
        Application.objects.filter(pk=application.pk).update(told_at=now)
    return application


def mails():
    return list(OutgoingMail.objects.filter(role="partners.celebration").order_by("to"))


def the_hire():
    return Celebration.objects.get(kind="hire")


def test_a_hire_is_told_the_next_morning_to_those_who_took_part(role):
    sat, gone, never = (make.make_user(Role.INTERVIEWER) for _ in range(3))
    application = hire(role)
    make.make_interview(application, people=[sat], state="held", starts_at=NOW)
    make.make_interview(application, people=[never], state="cancelled", starts_at=NOW)
    make.make_interview(application, people=[gone], state="held", starts_at=NOW + timedelta(hours=2))
    gone.is_active = False
    gone.save()

    engine.tick(MORNING - timedelta(minutes=1))
    assert mails() == []
    for _ in range(2):
        engine.tick(MORNING)

    people = [role.recruiter, role.hiring_manager, sat]
    assert [mail.to for mail in mails()] == sorted(person.email for person in people)
    assert sorted(the_hire().people) == sorted(person.pk for person in people)
    words = {
        "line": f"Together you found somebody for {role.title}.",
    }
    assert [row.data for row in Activity.objects.filter(verb="celebration.told")] == [words]
    assert words["line"] in mails()[0].text
    assert application.candidate.last_name not in mails()[0].text + mails()[0].subject


def test_both_bars_are_those_of_that_morning(role):
    hire(role)
    engine.tick(MORNING)
    celebration = the_hire()
    assert {side: celebration.facts[side] for side in ("recruiter", "manager")} == queries.bars(
        role.partnership, now=MORNING
    )
    assert celebration.facts["recruiter"] == {"kept": 1}
    assert celebration.facts["manager"] == {"kept": 1}


def test_it_waits_until_the_candidate_knows(role):
    application = hire(role, told=False)
    OutgoingMail.objects.update(state="cancelled")
    engine.tick(MORNING)
    assert (mails(), the_hire().state) == ([], "waiting")
    assert the_hire().due_at == MORNING + timedelta(days=1)
    Application.objects.filter(pk=application.pk).update(told_at=MORNING)
    engine.tick(MORNING + timedelta(days=1))
    assert len(mails()) == 2


def test_an_undone_hire_takes_the_waiting_line_back(role):
    application = hire(role, told=False)
    applications.undo_decision(
        application_id=application.pk, by=role.recruiter, now=HIRED + timedelta(minutes=1)
    )
    engine.tick(MORNING)
    assert (mails(), the_hire().state, the_hire().told_at) == ([], "taken_back", None)
    assert not Activity.objects.filter(verb__startswith="celebration.").exists()


def test_who_does_not_come_after_all_takes_it_off_the_page_and_is_not_celebrated_twice(role, client):
    application = hire(role)
    engine.tick(MORNING)
    queued = len(mails())
    hires.not_coming(
        hire_id=HireRecord.objects.get().pk,
        reason="Another offer.",
        by=role.recruiter,
        now=MORNING + timedelta(hours=1),
    )
    assert the_hire().state == "taken_back"
    assert queries.of_partnership(role.partnership) == []
    actions.raise_hire(
        hire=HireRecord(application_id=application.pk),
        requisition_id=role.pk,
        now=MORNING + timedelta(hours=2),
    )
    assert the_hire().state == "told"
    engine.tick(MORNING + timedelta(days=3))
    assert len(mails()) == queued


def test_a_mail_that_has_not_left_is_taken_back_with_it(role):
    application = hire(role)
    Celebration.objects.update(due_at=MORNING)
    with transaction.atomic():
        actions.tell(the_hire(), MORNING)
    actions.take_back(
        requisition_id=role.pk, keys=[f"hire:{application.pk}"], why="it was a mistake", by=None, now=MORNING
    )
    assert [mail.state for mail in mails()] == ["cancelled", "cancelled"]


def test_filled_by_the_target_start_is_a_goal_met_told_in_the_same_mail(role):
    role.target_start = date(2027, 1, 10)
    role.save()
    hire(role)
    roles.end(requisition_id=role.pk, new_state="filled", reason="All found.", by=role.recruiter, now=HIRED)
    engine.tick(MORNING)
    first = f"Together you found somebody for {role.title}, 6 days before the start that you had set."
    second = f"The seat of {role.title} is filled by the start that you had set, 10 January 2027."
    assert len(mails()) == 2
    assert f"{first} {second} Thank you for your part in it." in mails()[0].text
    assert [row.kind for row in Celebration.objects.order_by("pk")] == ["hire", "goal"]


def test_filled_after_the_target_start_is_no_goal(role):
    role.target_start = date(2027, 1, 1)
    role.save()
    hire(role)
    roles.end(requisition_id=role.pk, new_state="filled", reason="All found.", by=role.recruiter, now=HIRED)
    assert [row.kind for row in Celebration.objects.all()] == ["hire"]


def test_a_role_that_is_looked_for_again_takes_its_goal_back(role):
    role.target_start = date(2027, 1, 10)
    role.save()
    hire(role)
    roles.end(requisition_id=role.pk, new_state="filled", reason="All found.", by=role.recruiter, now=HIRED)
    roles.reopen(requisition_id=role.pk, reason="One more.", by=role.recruiter, now=HIRED)
    assert {row.kind: row.state for row in Celebration.objects.all()} == {
        "hire": "waiting",
        "goal": "taken_back",
    }


def test_whoever_switched_theirs_off_gets_none_and_is_not_named(role, client):
    client.force_login(role.hiring_manager)
    client.post(reverse("celebrations"), {"celebrate": "off"})
    client.post(reverse("celebrations"), {"celebrate": "off"})
    assert [row.user for row in QuietUser.objects.all()] == [role.hiring_manager]
    hire(role)
    engine.tick(MORNING)
    assert [mail.to for mail in mails()] == [role.recruiter.email]
    (shown,) = queries.of_partnership(role.partnership)
    assert shown.people == [role.recruiter]
    client.post(reverse("celebrations"), {"celebrate": "on"})
    assert queries.of_partnership(role.partnership)[0].people == [role.hiring_manager, role.recruiter]


def test_a_role_without_a_partnership_celebrates_nothing():
    role = make.make_requisition()
    hire(role)
    assert list(Celebration.objects.all()) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"starts": None}, None),
        ({}, Saved(9, "median", 5)),
        ({"usual": Usual(50.0, 4)}, None),
        ({"usual": Usual(41.0, 9)}, None),
        ({"target": date(2026, 12, 20)}, Saved(9, "target")),
        ({"target": date(2026, 12, 11)}, Saved(9, "median", 5)),
        ({"target": date(2026, 12, 1)}, Saved(9, "median", 5)),
        ({"opened": None}, None),
    ],
)
def test_days_saved_against_the_target_else_against_the_median_of_enough_hires(facts, found):
    known = {
        "opened": date(2026, 10, 31),
        "starts": date(2026, 12, 11),
        "target": None,
        "usual": Usual(50.4, 5),
    }
    assert saved(**(known | facts)) == found


def test_lines_say_what_was_saved_and_against_what():
    target = {"saved": {"days": 1, "against": "target", "hires": 0}}
    usual = {"saved": {"days": 9, "against": "median", "hires": 5}}
    start = "Together you found somebody for Engineer"
    assert line("hire", "Engineer", {}) == f"{start}."
    assert line("hire", "Engineer", target) == f"{start}, 1 day before the start that you had set."
    assert (
        line("hire", "Engineer", usual) == f"{start}, 9 days sooner than usual here (the median of 5 hires)."
    )
    seats = line("goal", "Engineer", {"target": "2027-03-01", "seats": 2})
    assert seats == "All 2 seats of Engineer are filled by the start that you had set, 1 March 2027."


def test_the_median_leaves_this_hire_out_and_other_organisations(role):
    for days in (10, 20, 30):
        past = make.make_requisition(organisation=role.organisation, opened_at=NOW - timedelta(days=days))
        application = make.make_application(requisition=past, state="hired")
        HireRecord.objects.create(application=application, opening=application.opening, starts_on=NOW.date())
    elsewhere = make.make_application(state="hired")
    HireRecord.objects.create(application=elsewhere, opening=elsewhere.opening, starts_on=NOW.date())
    assert queries.usual(role, 0, now=NOW) == Usual(20.0, 3)
    assert queries.usual(role, application.pk, now=NOW) == Usual(15.0, 2)


def test_partners_see_it_on_their_page_and_others_only_their_own(role, client):
    sat = make.make_user(Role.INTERVIEWER)
    application = hire(role)
    make.make_interview(application, people=[sat], state="held", starts_at=NOW)
    engine.tick(MORNING)
    line_ = f"Together you found somebody for {role.title}."
    page = reverse("partnership", args=[role.partnership.pk])
    seen = {}
    for who in (role.recruiter, sat, make.make_user(Role.INTERVIEWER)):
        client.force_login(who)
        own = line_ in client.get(reverse("celebrations")).content.decode()
        answer = client.get(page)
        shown = f'<div class="celebration-text"><p>{line_}</p>' in answer.content.decode()
        seen[who.pk] = (own, answer.status_code, shown)
    assert list(seen.values()) == [(True, 200, True), (True, 404, False), (False, 404, False)]


@pytest.mark.parametrize("many", [1, 4])
def test_the_own_page_takes_the_same_queries_for_one_and_many(role, client, django_assert_num_queries, many):
    for number in range(many):
        Celebration.objects.create(
            partnership=role.partnership if number == 0 else open_role().partnership,
            kind="goal",
            key="goal:start",
            state="told",
            told_at=NOW,
            due_at=NOW,
            facts={"target": "2027-03-01", "seats": 1},
            people=[role.recruiter_id, make.make_user().pk],
        )
    client.force_login(role.recruiter)
    client.get(reverse("celebrations"))
    with django_assert_num_queries(5):
        client.get(reverse("celebrations"))


def test_one_that_cannot_be_told_waits_and_holds_up_no_other(role, monkeypatch):
    hire(role)
    monkeypatch.setattr(actions.mails, "send", lambda *args, **kwargs: 1 / 0)
    engine.tick(MORNING)
    assert (the_hire().state, the_hire().attempts) == ("waiting", 1)
    monkeypatch.undo()
    engine.tick(MORNING + timedelta(minutes=5))
    assert (the_hire().state, len(mails())) == ("told", 2)


def praised(role, body="You asked the\n\nright questions."):
    application = make.make_application(requisition=role)
    message = make.make_message(application, body=body)
    return ask_to_share(message_id=message.pk, by=role.recruiter, now=NOW)


def answered(praise, agrees, now=HIRED):
    answer_sharing(candidate=praise.message.candidate, praise_id=praise.pk, agrees=agrees, now=now)


def test_praise_is_shared_after_their_yes_and_without_their_name(role):
    praise = praised(role)
    engine.tick(MORNING)
    assert mails() == []
    answered(praise, True)
    engine.tick(MORNING)
    said = f"A candidate for {role.title} has kind words for you: “You asked the right questions.”"
    assert [said in mail.text for mail in mails()] == [True, True]
    assert praise.message.candidate.last_name not in mails()[0].text
    assert [shown.line for shown in queries.of_partnership(role.partnership)] == [said]


def test_a_yes_taken_back_takes_the_waiting_line_and_the_shown_one_back(role):
    first, second = praised(role), praised(role)
    answered(first, True)
    answered(first, False)
    answered(second, True)
    engine.tick(MORNING)
    assert len(mails()) == 2
    assert len(queries.of_partnership(role.partnership)) == 1
    answered(second, False, MORNING)
    assert queries.of_partnership(role.partnership) == []
    assert [row.facts for row in Celebration.objects.order_by("pk")] == [{}, {}]
    answered(second, True, MORNING)
    assert len(queries.of_partnership(role.partnership)) == 1
    engine.tick(MORNING + timedelta(days=1))
    assert len(mails()) == 2


@pytest.mark.parametrize(("words", "shown"), [("a" * 400, "a" * 400), ("a " * 300, "a " * 199 + "a…")])
def test_praise_is_as_long_as_one_reads_at_a_glance(words, shown):
    assert shortened(words) == shown
