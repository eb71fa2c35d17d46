"""Somebody sits in before they interview alone: invited, they see and write, and count and decide nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ats.accounts.actions import deactivate
from ats.accounts.models import Role
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.models import Activity
from candidates.applications.pages.cards import hidden
from candidates.interviews.actions import reply, settle
from candidates.interviews.models import InterviewSeat
from candidates.interviews.queries import shadows
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.models import AloneConfirmed, AlonePlanned, Debrief, Scorecard, Shadowing, ShadowingRules
from candidates.scheduling import actions as booking
from candidates.scorecards import queries as scorecards
from candidates.scorecards.actions import decide
from candidates.shadowing import actions, queries
from tests import factories
from tests.candidates.helpers import mails, run_lane
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan, pool, seats
from tests.candidates.portal.helpers import open_for
from tests.candidates.scorecards.helpers import hand_in
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
BEGINS, OVER = at(10), at(11, 5)


@pytest.fixture
def role(db):
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


@pytest.fixture
def people(role):
    """Who interviews, and who is still to learn."""
    return interviewers(role, 2)


@pytest.fixture
def interview(role, application, people):
    return book(application, plan(role, people[0]), BEGINS)


def set_needed(role, number):
    admin = factories.make_user(Role.ADMIN)
    return actions.set_needed(organisation_id=role.organisation_id, needed=number, by=admin, now=NOW)


def let_in(interview, user, now=NOW):
    by = interview.application.requisition.recruiter
    return actions.let_in(interview_id=interview.pk, user_id=user.pk, by=by, now=now)


def write(interview, by, evidence="She named three steps, each with a figure.", now=OVER):
    return actions.write(interview_id=interview.pk, evidence=evidence, by=by, now=now)


def confirm(interview, by, place, word="Listened", now=OVER):
    return actions.confirm(interview_id=interview.pk, seat_id=place.pk, word=word, by=by, now=now)


def hold(interview, now=OVER):
    settle.mark_held(interview_id=interview.pk, now=now)


def alone(application, now=NOW):
    return [(one.user, one.what, one.seen, one.needed) for one in queries.alone_in(application, now=now)]


def noted(verb):
    return list(Activity.objects.filter(verb=verb).values_list("actor_id", "data__shadow"))


# --- Who sits in


def test_who_sits_in_is_invited_and_everybody_is_told(interview, people):
    found = let_in(interview, people[1])
    interview.refresh_from_db()
    assert (found.seat.kind, found.seat.pool_member, interview.sequence) == ("shadow", None, 1)
    assert [mail.to for mail in mails("interviewer.sits_in")] == [people[1].email]
    assert [mail.to for mail in mails("interviewer.changed")] == [people[0].email]
    (candidates,) = mails("interview.sits_in")
    assert f"{people[1]} sits in to learn how we interview" in candidates.text
    assert (
        f"Whom you meet: {people[0]} and {people[1]} (sits in to learn, and does not judge)"
        in candidates.text
    )
    assert noted("shadowing.added") == [(interview.application.requisition.recruiter_id, str(people[1]))]


def test_only_people_of_the_role_who_have_time_and_only_by_who_arranges_it(role, interview, people):
    with pytest.raises(Invalid, match="hiring team"):
        let_in(interview, factories.make_user(Role.INTERVIEWER))
    with pytest.raises(Invalid, match="hiring team"):
        let_in(interview, people[0])
    with pytest.raises(Missing):
        actions.let_in(interview_id=interview.pk, user_id=people[1].pk, by=people[1], now=NOW)
    book(in_play(role), plan(role, people[1]), BEGINS)
    with pytest.raises(Conflict, match="another interview"):
        let_in(interview, people[1])
    with pytest.raises(WrongState, match="begun"):
        let_in(interview, role.hiring_manager, now=BEGINS)


def test_they_see_the_interview_and_owe_no_scorecard(interview, people):
    let_in(interview, people[1])
    hold(interview)
    assert list(type(interview).objects.visible_to(people[1])) == [interview]
    assert [card.interviewer for card in Scorecard.objects.all()] == [people[0]]


def test_they_are_free_again_when_they_do_not_sit_in_after_all(role, interview, people):
    found = let_in(interview, people[1])
    actions.let_out(interview_id=interview.pk, seat_id=found.seat_id, by=role.recruiter, now=NOW)
    assert seats(interview) == {people[0].pk}
    assert [mail.to for mail in mails("interviewer.sits_in_no_more")] == [people[1].email]
    assert "does not sit in any more" in mails("interviewer.changed")[-1].text
    (candidates,) = mails("interview.sits_in_no_more")
    assert f"{people[1]} does not sit in on your interview" in candidates.text
    assert mails("interview.changed") == []
    with pytest.raises(Missing):
        actions.let_out(interview_id=interview.pk, seat_id=found.seat_id, by=role.recruiter, now=NOW)


def test_a_no_of_theirs_frees_them_and_nobody_has_to_take_their_place(interview, people):
    let_in(interview, people[1])
    reply.answer(interview_id=interview.pk, reply="declined", by=people[1], now=NOW)
    assert seats(interview) == {people[0].pk}
    assert not wanting_substitutes().exists()
    assert [mails(role) for role in ("interviewer.declined", "interviewer.sits_in_no_more")] == [[], []]
    assert [mail.to for mail in mails("interview.sits_in_no_more")] == [interview.application.candidate.email]
    interview.refresh_from_db()
    assert interview.sequence == 2


def test_who_loses_their_access_sits_in_nowhere_and_the_candidate_is_told(interview, people):
    let_in(interview, people[1])
    deactivate(user_id=people[1].pk, by=factories.make_user(Role.ADMIN), now=NOW)
    assert seats(interview) == {people[0].pk}
    assert [mail.to for mail in mails("interview.sits_in_no_more")] == [interview.application.candidate.email]
    assert mails("interviewer.sits_in_no_more") == []


def test_they_come_along_to_another_time_or_are_released(role, application, interview, people):
    let_in(interview, people[1])
    move = {"interview_id": interview.pk, "reason": "A train.", "by": role.recruiter, "now": NOW}
    booking.reschedule(**move, starts_at=at(14))
    assert seats(interview) == {people[0].pk, people[1].pk}
    book(in_play(role), plan(role, people[1]), at(10, day=26))
    booking.reschedule(**move, starts_at=at(10, day=26))
    assert seats(interview) == {people[0].pk}
    assert [mail.to for mail in mails("interviewer.sits_in_no_more")] == [people[1].email]
    assert mails("interviewer.released") == []


def test_no_time_is_chosen_for_them_and_no_pool_puts_them_into_a_seat(role, application, people):
    planned = plan(role, pool=pool(role, people[0], people[1]))
    interview = book(application, planned, BEGINS)
    (taken,) = seats(interview)
    other = next(person for person in people if person.pk != taken)
    let_in(interview, other)
    booking.reschedule(
        interview_id=interview.pk, starts_at=at(14), reason="A train.", by=role.recruiter, now=NOW
    )
    kinds = InterviewSeat.objects.filter(interview=interview, released=False).values_list("user", "kind")
    assert set(kinds) == {(taken, "interviewer"), (other.pk, "shadow")}


def test_nobody_is_put_in_their_place(role, interview, people):
    found = let_in(interview, people[1])
    with pytest.raises(Missing):
        booking.replace_interviewer(
            interview_id=interview.pk,
            seat_id=found.seat_id,
            user_id=role.hiring_manager_id,
            by=role.recruiter,
            now=NOW,
        )


def test_the_record_names_who_interviews_and_no_figure_counts_who_sits_in(interview, people):
    let_in(interview, people[1])
    hold(interview)
    (data,) = Activity.objects.filter(verb="interview.held").values_list("data", flat=True)
    assert (data["with_whom"], data["user_ids"]) == (str(people[0]), [people[0].pk])


def test_reminders_say_who_sits_in(interview, people):
    let_in(interview, people[1])
    run_lane("tasks", BEGINS - timedelta(hours=1))
    said = {mail.to: "does not judge" in mail.text for mail in mails("interviewer.reminder")}
    assert said == {people[0].email: True, people[1].email: False}
    assert ["does not judge" in mail.text for mail in mails("interview.reminder")] == [True]


# --- What they write, and the word of whom they sat beside


def test_what_they_write_counts_in_no_debrief(interview, people):
    let_in(interview, people[1])
    hold(interview)
    write(interview, people[1])
    application = interview.application
    assert scorecards.debriefs_ready([application.requisition_id], most=5) == {}
    hand_in(Scorecard.objects.get(), now=OVER)
    assert list(scorecards.debriefs_ready([application.requisition_id], most=5)) == [application.pk]
    assert Scorecard.objects.count() == 1
    assert noted("shadowing.written") == [(people[1].pk, str(people[1]))]


def test_they_read_what_others_wrote_once_they_have_written(interview, people):
    let_in(interview, people[1])
    hold(interview)
    hand_in(Scorecard.objects.get(), now=OVER)
    debrief = Debrief.objects.create(
        application=interview.application,
        outcome="advance",
        reason="Seen.",
        decided_by=people[0],
        decided_at=OVER,
    )
    shown = (Scorecard.objects.visible_to(people[1]), Debrief.objects.visible_to(people[1]))
    assert [list(rows.all()) for rows in shown] == [[], []]
    write(interview, people[1])
    assert [list(rows.all()) for rows in shown] == [list(Scorecard.objects.all()), [debrief]]


def test_what_plain_statements_keep_from_them_is_what_the_models_do(interview, people):
    let_in(interview, people[1])
    hold(interview)
    application = interview.application
    application.refresh_from_db()

    def kept_from(user):
        standing = scorecards.standing_of(application, user, now=OVER)
        return (
            standing.is_blind,
            [each.pk for each in standing.unwritten],
            "scorecard.handed_in" in hidden([application.pk], user)[application.pk],
        )

    assert kept_from(people[1]) == (True, [interview.pk], True)
    assert scorecards.standing_of(application, people[1], now=OVER).interviews[0].people == (
        f"{people[0]}, {people[1]} (sits in)"
    )
    write(interview, people[1])
    assert kept_from(people[1]) == (False, [], False)


@pytest.mark.parametrize("evidence", ["", "  ", "x" * 5_001, "She is pregnant."])
def test_what_cannot_be_kept_is_refused(interview, people, evidence):
    let_in(interview, people[1])
    with pytest.raises(Invalid):
        write(interview, people[1], evidence)
    assert Shadowing.objects.get().evidence == ""


def test_only_who_sits_in_writes_and_not_before_it_begins(role, interview, people):
    let_in(interview, people[1])
    with pytest.raises(WrongState, match="not begun"):
        write(interview, people[1], now=NOW)
    for other in (people[0], role.recruiter):
        with pytest.raises(Missing):
            write(interview, other)


def test_whom_they_sat_beside_says_in_one_word_what_they_saw(role, interview, people):
    found = let_in(interview, people[1])
    with pytest.raises(WrongState, match="not over"):
        confirm(interview, people[0], found.seat, now=BEGINS)
    hold(interview)
    for word in ("", "Two words", "x" * 41):
        with pytest.raises(Invalid, match="one word"):
            confirm(interview, people[0], found.seat, word)
    for other in (people[1], role.recruiter):
        with pytest.raises(Missing):
            confirm(interview, other, found.seat)
    confirm(interview, people[0], found.seat, " Listened ")
    found.refresh_from_db()
    assert (found.word, found.confirmed_by, found.confirmed_at) == ("Listened", people[0], OVER)
    for again in (lambda: confirm(interview, people[0], found.seat), lambda: write(interview, people[1])):
        with pytest.raises(WrongState, match="confirmed"):
            again()
    assert noted("shadowing.confirmed") == [(people[0].pk, str(people[1]))]


# --- Who is alone


def test_nobody_is_named_where_the_number_is_none(application, interview):
    assert (queries.rules_at(application.requisition.organisation_id), alone(application)) == (None, [])


def test_who_has_not_sat_in_enough_is_named_when_booked_or_planned_alone(
    role, application, interview, people
):
    planned = plan(role, people[1], name="Another")
    set_needed(role, 2)
    assert alone(application) == [(people[0], interview.name, 0, 2), (people[1], planned.name, 0, 2)]
    plan_of_two = plan(role, *people, name="Both")
    assert plan_of_two.name not in [what for _, what, *_ in alone(application)]


def test_an_interview_counts_once_it_is_confirmed(role, application, interview, people):
    set_needed(role, 1)
    found = let_in(interview, people[1])
    plan(role, people[1], name="Another")
    hold(interview)
    write(interview, people[1])
    named = (people[1], "Another", 0, 1)
    assert alone(application, now=OVER) == [named]
    confirm(interview, people[0], found.seat)
    assert alone(application, now=OVER) == []


def test_who_sits_in_makes_nobody_less_alone(role, application, interview, people):
    set_needed(role, 1)
    let_in(interview, people[1])
    assert alone(application) == [(people[0], interview.name, 0, 1)]


def test_it_is_confirmed_by_name_with_a_reason_on_record(role, application, interview, people):
    set_needed(role, 2)
    said = {"interview_id": interview.pk, "now": NOW}
    for reason in ("", "x" * 301):
        with pytest.raises(Invalid):
            actions.confirm_alone(**said, reason=reason, by=role.recruiter)
    with pytest.raises(Missing):
        actions.confirm_alone(**said, reason="They can.", by=people[0])
    actions.confirm_alone(**said, reason="Ten years of it elsewhere.", by=role.recruiter)
    assert alone(application) == []
    kept = AloneConfirmed.objects.get()
    assert (kept.seat.user, kept.by, kept.reason) == (people[0], role.recruiter, "Ten years of it elsewhere.")
    (data,) = Activity.objects.filter(verb="shadowing.alone_confirmed").values_list("data", flat=True)
    assert (data["interviewer"], data["seen"], data["needed"], data["reason"]) == (
        str(people[0]),
        0,
        2,
        "Ten years of it elsewhere.",
    )
    with pytest.raises(WrongState, match="Nobody is alone"):
        actions.confirm_alone(**said, reason="Once more.", by=role.recruiter)


def test_who_is_planned_alone_is_confirmed_for_the_role(role, application, people):
    planned = plan(role, people[0])
    set_needed(role, 2)
    said = {"application_id": application.pk, "planned_id": planned.pk, "now": NOW}
    for reason in ("", "x" * 301):
        with pytest.raises(Invalid):
            actions.confirm_planned(**said, reason=reason, by=role.recruiter)
    with pytest.raises(Missing):
        actions.confirm_planned(**said, reason="They can.", by=people[0])
    assert alone(application) == [(people[0], planned.name, 0, 2)]
    actions.confirm_planned(**said, reason="Ten years of it elsewhere.", by=role.recruiter)
    other = in_play(role)
    book(other, planned, BEGINS)
    assert [alone(each) for each in (application, other)] == [[], []]
    kept = AlonePlanned.objects.get()
    assert (kept.planned, kept.user, kept.by) == (planned, people[0], role.recruiter)
    verb = "shadowing.alone_confirmed"
    rows = Activity.objects.filter(verb=verb).values_list("requisition_id", "application_id", "data__name")
    assert list(rows) == [(role.pk, None, planned.name)]
    with pytest.raises(WrongState, match="nobody alone"):
        actions.confirm_planned(**said, reason="Once more.", by=role.recruiter)


def test_what_is_confirmed_holds_for_that_person_alone(role, application, people):
    planned = plan(role, people[0])
    set_needed(role, 1)
    said = {"application_id": application.pk, "planned_id": planned.pk, "now": NOW}
    actions.confirm_planned(**said, reason="They can.", by=role.recruiter)
    planned.interviewers.set([people[1]])
    assert alone(application) == [(people[1], planned.name, 0, 1)]


def test_who_has_interviewed_before_or_is_trained_is_not_asked_to_sit_in(
    role, application, interview, people
):
    hold(interview)
    plan(role, people[0], name="Another")
    plan(role, people[1], name="Of the pool")
    pool(role, people[1])
    admin = factories.make_user(Role.ADMIN)
    later = {"organisation_id": role.organisation_id, "by": admin}
    actions.set_needed(**later, needed=1, now=OVER)
    assert alone(application, now=OVER) == []
    actions.set_needed(**later, needed=0, now=OVER)
    actions.set_needed(**later, needed=2, now=BEGINS)
    assert alone(application, now=OVER) == [(people[0], "Another", 0, 2)]
    actions.set_needed(**later, needed=3, now=OVER)
    assert ShadowingRules.objects.get().since == BEGINS


def test_the_number_is_set_by_administrators_within_its_bounds(role):
    assert set_needed(role, 2).needed == 2
    set_needed(role, 2)
    assert Activity.objects.filter(verb="shadowing.rules_changed").count() == 1
    for number in (-1, 11):
        with pytest.raises(Invalid):
            set_needed(role, number)
    with pytest.raises(NotAllowed):
        actions.set_needed(organisation_id=role.organisation_id, needed=1, by=role.recruiter, now=NOW)
    with pytest.raises(Missing):
        actions.set_needed(organisation_id=0, needed=1, by=factories.make_user(Role.ADMIN), now=NOW)


# --- Pages


def test_the_pages_name_who_is_alone_and_take_the_confirmation(client, role, application, interview, people):
    planned = plan(role, people[1], name="Another")
    set_needed(role, 2)
    client.force_login(role.recruiter)
    arranging, why = reverse("application_interviews", args=[application.pk]), {"reason": "Ten years of it."}

    def named():
        page = client.get(arranging)
        return [(one.user, one.what) for piece in page.context["panels"] for one, _ in piece.context["rows"]]

    assert named() == [(people[0], interview.name), (people[1], "Another")]
    mine = interview.seats.get().pk
    elsewhere = reverse("replace_in_interview", args=[interview.pk, mine])
    assert elsewhere in client.get(reverse("interview_for_me", args=[interview.pk])).text
    client.post(reverse("confirm_alone", args=[interview.pk]), why)
    assert named() == [(people[1], "Another")]
    client.post(reverse("confirm_planned_alone", args=[application.pk, planned.pk]), why)
    assert named() == []


def test_the_page_of_the_interview_takes_somebody_in_and_what_they_saw(
    client, role, interview, people, time_machine
):
    page = reverse("interview_for_me", args=[interview.pk])
    client.force_login(role.recruiter)
    assert "Let them sit in" in client.get(page).text
    client.post(reverse("shadow_let_in", args=[interview.pk]), {"user": people[1].pk})
    place = Shadowing.objects.get().seat
    time_machine.move_to(OVER)
    hold(interview)
    client.force_login(people[1])
    assert "What you saw" in client.get(page).text
    client.post(reverse("shadow_write", args=[interview.pk]), {"evidence": "She named three steps."})
    client.force_login(people[0])
    blind = client.get(page).text
    assert ("What you saw, in one word" in blind, "She named three steps." in blind) == (True, False)
    hand_in(Scorecard.objects.get(), now=OVER)
    assert "She named three steps." in client.get(page).text
    client.post(reverse("shadow_confirm", args=[interview.pk, place.pk]), {"word": "Listened"})
    assert f"{people[0]} confirms it: “Listened”." in client.get(page).text


def test_scorecards_say_where_one_sits_in_and_whom_one_has_to_confirm(
    client, interview, people, time_machine
):
    def listed(user, now=OVER):
        return (
            [seat.user for seat in shadows.to_write(user)],
            [seat.user for seat in shadows.to_confirm(user, now=now)],
        )

    found = let_in(interview, people[1])
    assert listed(people[1]) == ([people[1]], [])
    assert listed(people[0], now=BEGINS) == ([], [])
    hold(interview)
    assert listed(people[0]) == ([], [people[1]])
    time_machine.move_to(OVER)
    for person in people:
        client.force_login(person)
        assert "Sitting in, to learn" in client.get(reverse("scorecard_list")).text
    write(interview, people[1])
    confirm(interview, people[0], found.seat)
    assert [listed(person) for person in people] == [([], []), ([], [])]


def test_the_settings_take_a_number_for_each_organisation(client, role):
    client.force_login(factories.make_user(Role.ADMIN))
    name = f"of-{role.organisation_id}-needed"
    said = {"organisation": role.organisation_id, name: 3}
    assert client.post(reverse("settings_shadowing"), said).status_code == 302
    assert ShadowingRules.objects.get().needed == 3
    assert client.post(reverse("settings_shadowing"), said | {name: 11}).status_code == 422
    assert client.post(reverse("settings_shadowing"), said | {"organisation": 0}).status_code == 404


def test_the_candidate_reads_who_only_sits_in(client, interview, people):
    let_in(interview, people[1])
    home = open_for(interview.application.candidate)
    assert "Sits in to learn, and does not judge" in client.get(f"{home}interviews/{interview.pk}/").text
    assert f"<bdi>{people[1].name}</bdi> (sits in to learn)" in client.get(home).text
    file = client.get(f"{home}interviews/{interview.pk}/interview.ics").getvalue().decode()
    assert "(sits in to learn\\, and does not judge)" in file.replace("\r\n ", "")


def test_a_card_of_the_calendar_marks_who_sits_in(client, interview, people):
    let_in(interview, people[1])
    address, mark = f"/calendar/?on={BEGINS.date()}", "You sit in, to learn"
    for person, sits_in in ((people[0], False), (people[1], True)):
        client.force_login(person)
        page = client.get(address).text
        assert f'title="{people[0].name}, {people[1].name} (sits in)"' in page
        assert (mark in page) == sits_in


def test_who_sat_in_decides_once_they_have_written_what_they_saw(role, interview):
    manager, application = role.hiring_manager, interview.application
    let_in(interview, manager)
    hold(interview)
    said = {
        "application_id": application.pk,
        "outcome": "advance",
        "reason": "Seen.",
        "by": manager,
        "now": OVER,
    }
    with pytest.raises(WrongState, match="You sit in here"):
        decide.decide(**said)
    write(interview, manager)
    assert decide.decide(**said).decided_by == manager
