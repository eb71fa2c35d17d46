"""What was added for both sides: each kind kept, late, missed and waiting by what happened, in a table of its own."""

from datetime import datetime, timedelta

import pytest

from partners.commitments.models import Court
from tests.partners.commitments.facts import MANAGER, RECRUITER, History, at, version

MON, TUE, WED, THU, FRI = 2, 3, 4, 5, 6


def role():
    return History().opened(at(MON))


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], at(WED), ("due", at(WED, 17))),
        ([], at(THU), ("missed", at(WED, 17))),
        ([("post.published", at(WED))], at(20), ("kept", at(WED, 17))),
        ([("post.published", at(FRI))], at(20), ("late", at(WED, 17))),
        ([("requisition.ended", at(TUE))], at(20), ("released", at(WED, 17))),
        # While the brief is being written the clock stands still; once it is settled the rest of the time goes on.
        ([("brief.changed", at(TUE))], at(20), ("waiting", at(WED, 17))),
        ([("brief.changed", at(TUE)), ("brief.settled", at(9))], at(9, 11), ("due", at(10, 17))),
        ([("brief.changed", at(FRI)), ("brief.settled", at(9))], at(10), ("missed", at(WED, 17))),
        # And it stands still while those who sign it have not agreed.
        ([("brief.settled", at(TUE)), ("signature.asked", at(TUE))], at(20), ("waiting", at(WED, 17))),
        (
            [("brief.settled", at(TUE)), ("signature.asked", at(TUE)), ("signature.given", at(9))],
            at(9, 11),
            ("due", at(10, 17)),
        ),
    ],
)
def test_published_after_the_two_agree_what_is_needed(events, now, expected):
    history = role()
    for verb, moment in events:
        history.add(verb, moment, subject=1, code="hr", verdict="yes")
    row = history.one("published", now)
    assert (row.state, row.due_at) == expected


def test_nothing_is_published_before_anybody_has_said_what_is_needed_and_what_is_out_already_is_kept():
    silent = History().opened(at(MON), intake=False)
    assert silent.states("published", at(20)) == []
    early = (
        History().opened(at(MON), intake=False).add("post.published", at(TUE)).add("intake.given", at(THU))
    )
    assert early.states("published", at(20)) == ["kept"]


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ([], ["missed"]),
        ([("update.given", at(FRI))], ["kept", "missed"]),
        ([("slate.presented", at(FRI)), ("checkin.held", at(12))], ["kept", "kept", "missed"]),
        ([("update.given", at(10)), ("update.given", at(16))], ["late", "kept", "due"]),
        ([("update.given", at(TUE))], ["released", "missed"]),  # so soon it only sets the clock anew
        ([("update.given", at(FRI)), ("requisition.ended", at(9))], ["kept", "released"]),
    ],
)
def test_a_word_at_least_every_week(words, states):
    history = role()
    for verb, moment in words:
        history.add(verb, moment, number=1)
    assert history.states("weekly_update", at(20)) == states


def near(sent=None, meets=None, history=None):
    meets = meets or at(TUE, 10)
    history = history or role()
    return history.add("checkin.agenda_sent", sent or at(MON, 9), number=1, at=meets.isoformat())


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], at(MON, 12), ("due", at(MON, 16))),
        ([], at(TUE, 9), ("missed", at(MON, 16))),
        ([("update.given", at(MON, 15))], at(20), ("kept", at(MON, 16))),
        ([("update.given", at(TUE, 9))], at(20), ("late", at(MON, 16))),
        ([("checkin.cancelled", at(MON, 12))], at(20), ("released", at(MON, 16))),
        ([("checkin.moved", at(MON, 12))], at(MON, 13), ("due", at(WED, 16))),
        ([("checkin.held", at(TUE, 10)), ("update.given", at(TUE, 12))], at(20), ("missed", at(MON, 16))),
    ],
)
def test_the_figures_come_with_a_word_two_hours_before_a_check_in(events, now, expected):
    history = near()
    for verb, moment in events:
        history.add(verb, moment, number=1, **({"at": at(THU, 10).isoformat()} if "moved" in verb else {}))
    row = history.one("data_before", now)
    assert (row.state, row.due_at, row.side) == (*expected, "recruiter")


def test_what_was_written_shortly_before_the_agenda_goes_with_it_and_older_words_do_not():
    fresh = near(history=role().add("update.given", at(MON, 8)))
    assert fresh.states("data_before", at(20)) == ["kept"]
    old = near(sent=at(9, 9), meets=at(10), history=role().add("update.given", at(THU)))
    assert old.states("data_before", at(20)) == ["missed"]


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], at(TUE, 9), ("due", None)),
        ([], at(THU, 9), ("missed", None)),
        ([("checkin.held", at(TUE, 11))], at(20), ("kept", None)),
        ([("checkin.held", at(THU, 11))], at(20), ("late", None)),
        ([("checkin.cancelled", at(TUE, 9))], at(20), ("released", None)),
        ([("checkin.skipped", at(THU, 17))], at(20), ("missed", at(THU, 17))),
        ([("requisition.ended", at(TUE, 9))], at(20), ("released", None)),
    ],
)
def test_check_ins_are_held(events, now, expected):
    history = near()
    for verb, moment in events:
        history.add(verb, moment, number=1)
    row = history.one("check_in", now)
    assert (row.state, row.over_at) == expected
    assert (row.started_at, row.due_at) == (at(TUE, 10), at(WED, 17))


def test_a_check_in_of_whom_nobody_wrote_down_when_it_was_to_be_is_not_measured():
    history = role().add("checkin.agenda_sent", at(MON), number=1).add("checkin.skipped", at(FRI), number=1)
    assert history.states("check_in", at(20)) + history.states("data_before", at(20)) == []


def said_yes(moment=None):
    return role().asked(at(MON), 1).answered(moment or at(TUE), 1)


@pytest.mark.parametrize(
    ("events", "now", "state", "court"),
    [
        ([], at(WED), "waiting", Court.RECRUITER),
        ([("booking.asked", at(WED))], at(THU), "waiting", Court.CANDIDATE),
        ([("booking.asked", at(WED)), ("booking.given", at(THU))], at(FRI), "waiting", Court.RECRUITER),
        ([("booking.asked", at(WED)), ("booking.expired", at(THU))], at(FRI), "waiting", Court.RECRUITER),
        ([("booking.asked", at(WED)), ("interview.booked", at(THU))], at(FRI), "due", Court.MANAGER),
        ([("interview.booked", at(WED))], at(16), "missed", Court.MANAGER),
        (
            [("interview.booked", at(WED)), ("interview.cancelled", at(THU))],
            at(20),
            "waiting",
            Court.RECRUITER,
        ),
        ([("interview.no_show", at(THU))], at(20), "released", ""),
        ([("offer.sent", at(THU))], at(20), "released", ""),
        ([("application.withdrawn", at(THU))], at(20), "released", ""),
    ],
)
def test_an_interview_after_a_yes_and_in_whose_court_the_ball_is(events, now, state, court):
    history = said_yes()
    for verb, moment in events:
        history.add(verb, moment, subject=9, application=1, interview_id=9)
    row = history.one("interviewed", now)
    assert (row.state, row.court, row.side) == (state, court, "manager")


def test_only_the_managers_own_time_counts_and_the_history_of_passes_is_kept():
    history = said_yes(at(MON, 12))
    for verb, moment in (("booking.asked", at(TUE, 12)), ("interview.booked", at(WED, 12))):
        history.add(verb, moment, subject=9, application=1)
    end = at(11, 11)
    history.add("interview.held", end, subject=9, application=1, interview_id=9, ends_at=end.isoformat())
    row = history.one("interviewed", at(20))
    assert row.passes == [
        [at(MON, 12).isoformat(), "recruiter"],
        [at(TUE, 12).isoformat(), "candidate"],
        [at(WED, 12).isoformat(), "manager"],
    ]
    # Five working days, and the two that were not the manager's.
    assert (row.state, row.due_at, row.court) == ("kept", at(11, 17), "")


def times(history, what, moment, subject=1, side="manager"):
    return history.add(f"availability.{what}", moment, subject=subject, application=1, side=side)


def test_while_the_recruiter_waits_for_times_of_the_managers_side_it_is_their_move():
    history = said_yes(at(MON, 12))
    times(history, "asked", at(MON, 14))
    times(history, "asked", at(MON, 15), subject=2)
    times(history, "given", at(TUE, 12))
    history.add("booking.asked", at(TUE, 13), subject=9, application=1)
    history.add("booking.expired", at(TUE, 14), subject=9, application=1)
    times(history, "closed", at(WED, 12), subject=2)
    row = history.one("interviewed", at(THU))
    assert row.passes == [
        [at(MON, 12).isoformat(), "recruiter"],
        [at(MON, 14).isoformat(), "manager"],
        [at(TUE, 13).isoformat(), "candidate"],
        [at(TUE, 14).isoformat(), "manager"],
        [at(WED, 12).isoformat(), "recruiter"],
    ]
    assert (row.state, row.court) == ("waiting", Court.RECRUITER)


def test_times_of_the_recruiting_team_are_not_the_managers_and_those_asked_before_the_yes_are_waited_for():
    theirs = times(said_yes(at(MON, 12)), "asked", at(MON, 14), side="recruiter")
    assert theirs.one("interviewed", at(TUE)).court == Court.RECRUITER
    before = times(role(), "asked", at(MON, 11)).asked(at(MON, 12), 1).answered(at(TUE), 1)
    assert before.one("interviewed", at(WED)).court == Court.MANAGER


def test_who_was_met_before_the_yes_needs_no_interview_after_it():
    history = role().asked(at(MON), 1)
    history.add("interview.held", at(TUE), application=1, interview_id=9, ends_at=at(TUE).isoformat())
    assert history.answered(at(WED), 1).states("interviewed", at(20)) == []


def evidence_in():
    history = role().wanted(at(MON), card=1).wanted(at(MON), card=2).interviewed(at(TUE, 11))
    return history.card("handed_in", at(TUE, 12), card=1).card("handed_in", at(WED, 12), card=2)


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], at(THU), ("due", at(FRI, 17))),
        ([], at(9, 12), ("missed", at(FRI, 17))),
        ([("debrief.decided", at(FRI))], at(20), ("kept", at(FRI, 17))),
        ([("debrief.decided", at(10))], at(20), ("late", at(FRI, 17))),
        ([("application.moved", at(THU))], at(20), ("released", at(FRI, 17))),
        ([("offer.sent", at(THU))], at(20), ("released", at(FRI, 17))),
        ([("application.rejected", at(THU))], at(20), ("released", at(FRI, 17))),
    ],
)
def test_a_decision_once_all_evidence_is_in(events, now, expected):
    history = evidence_in()
    for verb, moment in events:
        history.add(verb, moment, application=1, actor=MANAGER)
    row = history.one("debriefed", now)
    assert (row.state, row.due_at, row.started_at) == (*expected, at(WED, 12))


def test_another_interview_puts_the_decision_off_and_what_is_not_in_yet_begins_none():
    assert role().wanted(at(MON)).interviewed(at(TUE, 11)).states("debriefed", at(20)) == []
    again = evidence_in().wanted(at(THU), card=3, interview=2)
    again.card("handed_in", at(9), card=3, interview=2)
    assert again.states("debriefed", at(9, 12)) == ["released", "due"]


HIRED = datetime.fromisoformat("2026-11-02T08:00:00+00:00")


@pytest.mark.parametrize(
    ("kind", "after", "data", "within"),
    [
        ("outcomes_agreed", 0, {}, 5),
        ("review_30", 30, {"day": 30}, 5),
        ("review_90", 90, {"day": 90}, 10),
        ("review_180", 180, {"day": 180}, 10),
    ],
)
def test_after_the_hire_each_day_has_its_own_talk(kind, after, data, within):
    verb = "hire.outcomes_agreed" if kind == "outcomes_agreed" else "outcome.reviewed"
    started = (
        role().add("requisition.ended", at(MON, 12)).add("hire.started", at(TUE), subject=5, application=1)
    )
    row = started.one(kind, at(TUE, 11))
    assert (row.state, row.started_at) == ("due", at(TUE) + timedelta(days=after))
    assert started.states(kind, at(TUE) + timedelta(days=after + 2 * within)) == ["missed"]
    other = started.add("outcome.reviewed", at(WED), application=1, day=7)
    assert other.states(kind, at(THU)) == ["due"]
    done = other.add(verb, at(TUE) + timedelta(days=after + 2), application=1, **data)
    assert done.states(kind, at(TUE) + timedelta(days=400)) == ["kept"]


def test_who_does_not_stay_is_talked_with_no_more():
    history = role().add("hire.started", at(TUE), application=1).add("hire.undone", at(WED), application=1)
    assert history.states("review_30", at(TUE) + timedelta(days=60)) == ["released"]


def test_a_version_that_promises_it_no_more_is_not_owed_from_then_on():
    less = version(since=at(WED), number=2)
    del less.times["candidates_told"]
    history = role()
    for moment, number in ((at(TUE), 1), (at(THU), 2)):
        history.add("application.rejected", moment, application=number, subject=number, actor=RECRUITER)
    assert history.states("candidates_told", at(20), [version(), less]) == ["missed"]


def test_what_is_adopted_later_starts_its_clock_then():
    first = version()
    del first.times["weekly_update"]
    row = role().one("weekly_update", at(10), [first, version(since=at(9), number=2)])
    assert (row.state, row.started_at, row.due_at) == ("due", at(MON), at(16, 17))
