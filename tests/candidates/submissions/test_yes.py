"""Nobody at a client sees a person before that person has said yes; the yes and the no are kept as they were said."""

from datetime import timedelta

import pytest

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.rows import listed
from ats.models import Activity
from candidates.applications import actions as applications
from candidates.applications.queries.sight import VISIBLE, viewer
from candidates.models import (
    KEPT_FROM_ANYBODY,
    Application,
    Candidate,
    KeptFrom,
    Review,
    Submission,
)
from candidates.offers import actions as offers
from candidates.reviews import actions as reviews
from candidates.submissions import actions
from requisitions.models import Requisition, TeamRole
from requisitions.roles.actions import add_member, change_requisition
from tests import factories as make
from tests.candidates.helpers import days, mails, submission, whole
from tests.candidates.submissions.parts import answer, ask, put_forward, row_of, sees, take_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db


# --- Whom a recruiter takes up


def test_it_is_kept_from_the_clients_people_and_from_nobody_who_recruits(
    application: Application, role: Requisition, manager: User
) -> None:
    interviewer = make.make_user(Role.INTERVIEWER)
    make.add_member(role, interviewer, TeamRole.INTERVIEWER)
    lead, other = make.make_user(Role.LEAD), make.make_user()
    assert [sees(user, application) for user in (manager, lead, other, role.recruiter)] == [
        False,
        True,
        True,
        True,
    ]
    statement = f"""SELECT a.id FROM candidates_application a JOIN requisitions_requisition r
        ON r.id = a.requisition_id WHERE {VISIBLE}"""
    assert [listed(statement, viewer(user)) for user in (manager, lead)] == [[], [(application.pk,)]]
    assert not manager.has_perm("candidates.view_application", whole(application))
    counted = f"SELECT id FROM candidates_application WHERE id NOT IN {KEPT_FROM_ANYBODY}"
    assert listed(counted, {}) == []
    assert Candidate.objects.visible_to(manager).count() == 0


def test_who_comes_to_the_team_afterwards_sees_nothing_either(
    application: Application, role: Requisition, manager: User
) -> None:
    following, member = make.make_user(Role.MANAGER), make.make_user(Role.MANAGER)
    add_member(requisition_id=role.pk, user=member, role=TeamRole.MANAGER, by=role.recruiter, now=NOW)
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=following)
    assert [sees(user, application) for user in (manager, member, following)] == [False, False, False]
    put_forward(application)
    assert [sees(user, application) for user in (manager, member, following)] == [True, True, True]


def test_no_view_no_seat_no_offer_and_no_hire_before_the_yes(
    application: Application, role: Requisition
) -> None:
    by = role.recruiter
    with pytest.raises(WrongState, match="not put forward to Nordwerk yet"):
        reviews.ask(application_ids=[application.pk], by=by, now=NOW)
    with pytest.raises(WrongState, match="not put forward to Nordwerk yet"):
        offers.draft(application_id=application.pk, by=by, now=NOW)
    with pytest.raises(WrongState, match="not put forward to Nordwerk yet"):
        applications.hire(application_id=application.pk, by=by, now=NOW, without_offer="They said so.")
    assert Application.objects.get(pk=application.pk).state == "active"


def test_moved_to_a_stage_of_review_the_manager_is_asked_once_the_yes_is_there(
    application: Application, role: Requisition, manager: User
) -> None:
    stage = make.stage(role, "review")
    applications.move(application_id=application.pk, stage_id=stage.pk, by=role.recruiter, now=NOW)
    assert not Review.objects.exists()
    put_forward(application)
    assert Review.objects.get().reviewer == manager


def test_in_a_house_of_its_own_nothing_changes(person: Candidate) -> None:
    role = make.make_requisition()
    application = take_up(person, role)
    assert (Submission.objects.count(), KeptFrom.objects.count()) == (0, 0)
    assert role.hiring_manager is not None
    assert sees(role.hiring_manager, application)
    with pytest.raises(WrongState, match="is no client"):
        ask(application)


def test_who_applies_has_said_yes_with_it(role: Requisition, manager: User) -> None:
    post = make.make_post(role)
    application = applications.apply(submission=submission(post), now=NOW).application
    row = row_of(application)
    assert (row.state, row.way, row.forward_at) == ("forward", "applied", NOW)
    assert sees(manager, application)
    assert row.ownership is not None
    assert row.ownership.owner == role.recruiter


# --- Asking and answering


def test_the_letter_says_which_client_and_role_and_goes_once(
    application: Application, role: Requisition
) -> None:
    ask(application)
    ask(application)
    [mail] = mails("submission.asked")
    assert (mail.to, mail.subject) == ("robin@example.com", "May we put you forward to Nordwerk?")
    assert "for the role Welder" in mail.text
    assert row_of(application).asked_by == role.recruiter
    assert not sees(role.hiring_manager, application)  # type: ignore[arg-type]


def test_the_yes_is_kept_with_the_text_and_opens_it(
    application: Application, role: Requisition, manager: User
) -> None:
    ask(application)
    row = answer(application, now=days(1))
    assert (row.state, row.way, row.answered_at, row.forward_at) == ("forward", "page", days(1), days(1))
    assert row.text.startswith(
        "Rita Recruiter would like to put you forward to Nordwerk for the role Welder.\n\nWith your yes,"
    )
    assert (row.language, row.version[:8]) == ("en", "2026-11-")
    assert sees(manager, application)
    assert not KeptFrom.objects.in_force().exists()
    said = Activity.objects.get(verb="submission.yes")
    assert (said.actor_kind, said.actor_id) == ("candidate", application.candidate_id)
    assert [mail.to for mail in mails("submission.yes")] == [role.recruiter.email]


def test_the_same_answer_twice_is_one(application: Application) -> None:
    ask(application)
    answer(application)
    answer(application, now=days(1))
    assert row_of(application).answered_at == NOW
    assert len(mails("submission.yes")) == 1


def test_a_no_is_heard_by_nobody_at_the_client_and_may_become_a_yes(
    application: Application, manager: User
) -> None:
    ask(application)
    row = answer(application, yes=False)
    assert (row.state, row.way, sees(manager, application)) == ("no", "page", False)
    with pytest.raises(WrongState):
        ask(application, now=days(1))
    assert answer(application, now=days(2)).state == "forward"


def test_after_a_no_it_ends_kindly_where_the_recruiter_chooses(
    application: Application, role: Requisition
) -> None:
    ask(application)
    with pytest.raises(WrongState, match="have not said no"):
        actions.end_after_no(application_id=application.pk, by=role.recruiter, now=NOW)
    answer(application, yes=False)
    actions.end_after_no(application_id=application.pk, by=role.recruiter, now=NOW)
    assert Application.objects.get(pk=application.pk).state == "withdrawn"
    with pytest.raises(WrongState, match="over"):
        answer(application)


def test_after_a_no_nobody_asks_again_within_the_period_unless_they_come_back(
    application: Application, role: Requisition, person: Candidate, client_house
) -> None:
    ask(application)
    answer(application, yes=False)
    other = make.make_requisition(organisation=client_house, recruiter=role.recruiter)
    second = take_up(person, other)
    with pytest.raises(WrongState, match="said no to Nordwerk, and is not asked again before"):
        ask(second, now=days(300))
    third = make.make_requisition(organisation=client_house, recruiter=role.recruiter)
    post = make.make_post(third)
    applications.apply(submission=submission(post, email=person.email), now=days(20))
    with pytest.raises(WrongState, match="has said yes to Nordwerk already"):
        ask(second, now=days(21))


def test_after_the_period_they_may_be_asked_again(
    application: Application, role: Requisition, person: Candidate, client_house
) -> None:
    ask(application)
    answer(application, yes=False)
    second = take_up(person, make.make_requisition(organisation=client_house, recruiter=role.recruiter))
    assert ask(second, now=days(366)).state == "asked"


def test_a_changed_text_is_read_once_more(application: Application, role: Requisition) -> None:
    ask(application)
    with pytest.raises(Conflict, match="text has changed"):
        answer(application, version="2026-11-0000000000")
    assert row_of(application).state == "asked"


def test_nobody_answers_for_somebody_else_or_unasked(application: Application) -> None:
    with pytest.raises(Missing):
        answer(application)
    ask(application)
    with pytest.raises(Missing):
        answer(application, candidate=make.make_candidate())


# --- Noted by a recruiter


def note(application: Application, **given) -> Submission:
    facts = {"is_yes": True, "way": "telephone", "said_on": NOW.date(), "words": "Yes, go ahead."} | given
    by = facts.pop("by", application.requisition.recruiter)
    return actions.note_answer(application_id=application.pk, by=by, now=facts.pop("now", NOW), **facts)


def test_a_yes_by_telephone_is_noted_with_its_words_and_told(application: Application, manager: User) -> None:
    row = note(application)
    assert (row.state, row.way, row.words, row.said_on) == (
        "forward",
        "telephone",
        "Yes, go ahead.",
        NOW.date(),
    )
    assert row.noted_by == application.requisition.recruiter
    assert sees(manager, application)
    assert [mail.to for mail in mails("submission.also")] == ["robin@example.com"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 5_001}, "words"),
        ({"way": "page"}, "way"),
        ({"way": "applied"}, "way"),
        ({"said_on": (NOW + timedelta(days=1)).date()}, "said_on"),
        ({"said_on": (NOW - timedelta(days=1)).date()}, "said_on"),
    ],
)
def test_what_is_noted_is_whole(application: Application, given, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        note(application, **given)
    assert refused.value.field == field
    assert row_of(application).state == "waiting"


def test_a_no_by_telephone_goes_to_nobody(application: Application, manager: User) -> None:
    row = note(application, is_yes=False, words="No, not there.")
    assert (row.state, row.way, sees(manager, application)) == ("no", "telephone", False)
    assert mails("submission.also") == []


def test_only_who_serves_them_notes_it(application: Application, manager: User) -> None:
    with pytest.raises(Missing):
        note(application, by=manager)


# --- Taking it back


def test_a_yes_taken_back_ends_the_application(application: Application, role: Requisition) -> None:
    put_forward(application)
    found = whole(application)
    row = actions.take_back(application=found, candidate=found.candidate, now=days(1))
    assert (row.state, row.back_at) == ("back", days(1))
    assert Application.objects.get(pk=application.pk).state == "withdrawn"
    assert [mail.to for mail in mails("submission.back")] == [role.recruiter.email]
    actions.take_back(application=found, candidate=found.candidate, now=days(2))
    assert row_of(application).back_at == days(1)


def test_taken_up_again_nobody_asks_but_their_own_word_counts(
    application: Application, role: Requisition, person: Candidate, manager: User
) -> None:
    put_forward(application)
    found = whole(application)
    actions.take_back(application=found, candidate=found.candidate, now=NOW)
    again = take_up(person, role)
    with pytest.raises(WrongState, match="is not asked again before"):
        ask(again)
    assert not sees(manager, again)
    note(again)
    assert sees(manager, again)


def test_a_decision_that_they_do_not_know_shows_by_nothing_and_stays(
    application: Application, role: Requisition
) -> None:
    put_forward(application)
    by = role.recruiter
    applications.reject(application_id=application.pk, reason="interviews", message=None, by=by, now=NOW)
    found = whole(application)
    assert actions.take_back(application=found, candidate=found.candidate, now=days(1)).state == "back"
    assert Application.objects.get(pk=application.pk).state == "rejected"


def test_a_decision_that_they_know_is_not_undone_by_it(application: Application, role: Requisition) -> None:
    put_forward(application)
    by = role.recruiter
    applications.reject(application_id=application.pk, reason="interviews", message=None, by=by, now=NOW)
    Application.objects.filter(pk=application.pk).update(told_at=NOW)
    found = whole(application)
    with pytest.raises(WrongState, match="over"):
        actions.take_back(application=found, candidate=found.candidate, now=days(1))


# --- The client is one no more; somebody is another in the house


def test_switched_off_who_waits_for_a_yes_goes_on_waiting(
    application: Application, client_house, person: Candidate, manager: User
) -> None:
    type(client_house).objects.filter(pk=client_house.pk).update(is_client=False)
    assert not sees(manager, application)
    put_forward(application)
    assert sees(manager, application)
    role = make.make_requisition(organisation=type(client_house).objects.get(), manager=manager)
    assert sees(manager, take_up(person, role))


def test_who_comes_to_recruit_is_no_longer_of_the_client(application: Application, manager: User) -> None:
    admin = make.make_user(Role.ADMIN)
    accounts.change_role(user_id=manager.pk, role=Role.LEAD, by=admin, now=NOW)
    assert sees(type(manager).objects.get(pk=manager.pk), application)
