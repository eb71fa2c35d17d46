"""Somebody sits in before they interview alone: invited, they see and write, and count and decide nothing."""

from datetime import timedelta

import pytest

from ats.accounts.actions import deactivate
from ats.accounts.models import Role
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import Activity
from candidates.applications.pages.cards import hidden
from candidates.interviews.actions import reply
from candidates.interviews.models import InterviewSeat
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.models import Debrief, Scorecard, Shadowing
from candidates.scheduling import actions as booking
from candidates.scheduling.queries import pools
from candidates.scorecards import queries as scorecards
from candidates.scorecards.actions import decide
from candidates.shadowing import actions
from tests import factories
from tests.candidates.helpers import mails, run_lane
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan, pool, seats
from tests.candidates.scorecards.helpers import hand_in
from tests.candidates.shadowing.parts import (
    BEGINS,
    OVER,
    confirm,
    hold,
    let_in,
    noted,
    write,
)
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


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


def test_sitting_in_counts_apart_from_interviews_that_one_gives(role, interview, people):
    gives, sits_in = people
    free, taken = interviewers(role, 2)
    let_in(interview, sits_in)
    other = book(in_play(role), plan(role, taken, pool=pool(role, gives, sits_in, free)), at(14))
    assert [each.user for each in pools.substitutes(other) if each.why == "of the pool"] == [
        free,
        sits_in,
        gives,
    ]
    booked = book(in_play(role), plan(role, pool=pool(role, gives, sits_in)), at(14))
    assert seats(booked) == {sits_in.pk}


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
