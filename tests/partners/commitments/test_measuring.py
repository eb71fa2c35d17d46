"""From what happened to what was kept, table by table."""

import pytest

from partners.commitments.domain.kinds import KINDS
from partners.partnerships.domain.terms import DEFAULTS
from tests.partners.commitments.facts import MANAGER, RECRUITER, History, at, version

MON, TUE, WED, THU, FRI = 2, 3, 4, 5, 6


def test_every_term_is_measured_and_every_side_has_some():
    assert list(KINDS) == list(DEFAULTS)
    assert {default.side.value for default in DEFAULTS.values()} == {"recruiter", "manager"}


@pytest.mark.parametrize(
    ("done", "now", "state", "hours"),
    [
        (None, at(13, 16), "due", 0),  # ten working days after Monday the 2nd: the end of Monday the 16th
        (None, at(16, 17), "due", 0),
        (None, at(17, 8), "due", 0),  # nobody works at night, so nothing gets late
        (None, at(17, 9), "missed", 0),
        (at(16, 17), at(20), "kept", 0),
        (at(17, 11), at(20), "late", 2),
        (at(19, 9), at(20), "late", 16),
    ],
)
def test_first_slate(done, now, state, hours):
    history = History().opened(at(MON))
    if done:
        history.add("slate.presented", done, subject=1)
    row = history.one("first_slate", now)
    assert (row.state, row.hours_late, row.due_at, row.side) == (state, hours, at(16, 17), "recruiter")
    assert (row.started_by, row.settled_by) == (1, 3 if done else None)
    assert row.settled_at == done


def test_first_slate_waits_for_what_the_role_needs():
    history = History().opened(at(MON), intake=False)
    assert history.one("first_slate", at(30)).state == "waiting"
    assert history.one("intake", at(30)).state == "missed"
    history.add("intake.given", at(WED), actor=MANAGER)  # two working days later
    row = history.one("first_slate", at(WED, 12))
    assert (row.state, row.due_at) == ("due", at(18, 17))
    assert history.one("intake", at(WED, 12)).state == "kept"


def test_a_slate_before_the_role_said_what_it_needs_is_kept():
    history = History().opened(at(MON), intake=False).add("slate.presented", at(30), subject=1)
    assert history.one("first_slate", at(30, 12)).state == "kept"


def test_a_role_on_hold_stops_the_clock_and_does_not_wash_away_a_miss():
    history = History().opened(at(MON)).add("requisition.held", at(TUE, 9))
    assert history.one("first_slate", at(27)).state == "waiting"
    history.add("requisition.resumed", at(10, 9))  # five working days later
    assert history.one("first_slate", at(11)).due_at == at(23, 17)
    late = History().opened(at(MON)).add("requisition.held", at(17))
    assert late.one("first_slate", at(18)).state == "missed"


@pytest.mark.parametrize(("ended", "state"), [(at(10), "released"), (at(18), "missed")])
def test_the_end_of_the_role_releases_what_still_had_time(ended, state):
    history = History().opened(at(MON)).add("requisition.ended", ended)
    row = history.one("first_slate", at(25))
    assert (row.state, row.settled_at) == (state, ended if state == "released" else None)


def test_the_end_of_a_role_that_waited_misses_nothing():
    history = History().opened(at(MON), intake=False).add("requisition.ended", at(30))
    assert history.one("first_slate", at(30, 12)).state == "released"
    assert history.one("intake", at(30, 12)).state == "missed"


@pytest.mark.parametrize(
    ("answers", "now", "state"),
    [
        ([], at(WED), "due"),
        ([], at(THU), "missed"),
        ([(at(TUE), 1)], at(WED), "due"),
        ([(at(TUE), 1), (at(WED), 2)], at(WED, 12), "kept"),
        ([(at(TUE), 1), (at(THU), 2)], at(FRI), "late"),
    ],
)
def test_a_slate_is_reviewed_when_everybody_on_it_is(answers, now, state):
    history = History().opened(at(MON)).asked(at(MON), 1).asked(at(MON), 2)
    for moment, application in answers:
        history.answered(moment, application)
    row = history.one("slate_reviewed", now)
    assert (row.state, row.due_at, row.side, row.application_id) == (state, at(WED, 17), "manager", None)


def test_who_leaves_the_race_needs_no_view():
    history = History().opened(at(MON)).asked(at(MON), 1).asked(at(MON), 2)
    history.answered(at(TUE), 1).cancelled(at(WED), 2)
    assert history.one("slate_reviewed", at(WED, 12)).state == "kept"
    nobody = History().opened(at(MON)).asked(at(MON), 1).cancelled(at(TUE), 1)
    assert nobody.one("slate_reviewed", at(WED)).state == "released"
    too_late = History().opened(at(MON)).asked(at(MON), 1).cancelled(at(FRI), 1)
    assert too_late.one("slate_reviewed", at(9)).state == "missed"


def test_others_of_the_team_are_no_part_of_the_agreement():
    history = History().opened(at(MON)).asked(at(MON), 1, side="team").answered(at(TUE), 1, actor=9)
    assert {row.kind for row in history.measure(at(FRI))} == {
        "published",
        "first_slate",
        "weekly_update",
        "intake",
    }


@pytest.mark.parametrize(
    ("verb", "actor", "state"),
    [
        ("application.moved", RECRUITER, "kept"),
        ("application.rejected", RECRUITER, "kept"),
        ("application.hired", RECRUITER, "kept"),
        ("application.noted", RECRUITER, "kept"),
        ("application.noted", MANAGER, "missed"),
        ("application.withdrawn", 7, "released"),
        (None, None, "missed"),
    ],
)
def test_the_recruiter_answers_every_view(verb, actor, state):
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1)
    if verb:
        history.add(verb, at(WED), application=1, subject=1, actor=actor)
    row = history.one("answer_manager", at(FRI))
    assert (row.state, row.due_at, row.application_id) == (state, at(THU, 17), 1)


def test_an_unsure_waits_for_the_recruiter_and_then_for_a_yes_or_a_no():
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1, "unsure")
    assert history.states("decision", at(20)) == ["waiting"]
    history.add("application.noted", at(THU), application=1, subject=1)  # two working days later
    row = history.one("decision", at(THU, 12))
    assert (row.state, row.due_at) == ("due", at(10, 17))  # three days from Thursday: the Tuesday after
    history.answered(at(11), 1, "no")
    assert history.states("decision", at(11, 12)) == ["late"]


def test_a_decision_without_the_recruiters_word_is_kept_and_a_second_unsure_asks_again():
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1, "unsure")
    history.answered(at(WED), 1, "yes")
    assert history.states("decision", at(20)) == ["kept"]
    again = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1, "unsure")
    again.asked(at(WED), 1, slate=2).answered(at(THU), 1, "unsure", slate=2)
    assert again.states("decision", at(20)) == ["released", "waiting"]


def test_a_step_forward_makes_the_decision_for_them():
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(TUE), 1, "unsure")
    history.add("application.moved", at(WED), application=1, subject=1)
    assert history.states("decision", at(20)) == ["released"]


@pytest.mark.parametrize(
    ("verb", "moment", "state"),
    [
        ("application.told", at(TUE), "kept"),
        ("application.told", at(FRI), "late"),
        ("application.decision_undone", at(TUE), "released"),
        ("requisition.ended", at(TUE), "missed"),
        ("requisition.held", at(TUE), "missed"),
    ],
)
def test_candidates_are_told_whatever_becomes_of_the_role(verb, moment, state):
    history = History().opened(at(MON)).add("application.rejected", at(MON), application=1, subject=1)
    history.add(verb, moment, application=None if verb.startswith("requisition") else 1, subject=1)
    row = history.one("candidates_told", at(9))
    assert (row.state, row.due_at) == (state, at(WED, 17))


def test_two_decisions_about_one_person_are_two_occasions():
    history = History().opened(at(MON))
    for verb, moment in (
        ("application.rejected", at(MON)),
        ("application.decision_undone", at(TUE)),
        ("application.rejected", at(9)),
        ("application.told", at(10)),
    ):
        history.add(verb, moment, application=1, subject=1)
    assert history.states("candidates_told", at(20)) == ["released", "kept"]


def test_before_both_accept_the_defaults_bind_and_a_new_version_does_not_rewrite_the_past():
    history = History().opened(at(MON)).asked(at(MON), 1)
    shorter = version(since=at(9), number=2, slate_reviewed=1)
    row = history.one("slate_reviewed", at(20), [version(), shorter])
    assert (row.state, row.due_at, row.term_id // 100) == ("missed", at(WED, 17), 1)
    history.asked(at(10), 2, slate=2)
    rows = [row for row in history.measure(at(20), [version(), shorter]) if row.kind == "slate_reviewed"]
    assert [(row.due_at, row.term_id // 100) for row in rows] == [(at(WED, 17), 1), (at(11, 17), 2)]


def test_what_still_has_time_goes_by_the_version_that_both_accept_meanwhile():
    history = History().opened(at(MON))
    longer = version(since=at(10), number=2, first_slate=15)
    assert history.one("first_slate", at(20), [version(), longer]).due_at == at(23, 17)
    shorter = version(since=at(10), number=2, first_slate=1)
    # Never shorter than the day on which it was agreed.
    assert history.one("first_slate", at(20), [version(), shorter]).due_at == at(10, 17)
    done = History().opened(at(MON)).add("slate.presented", at(THU), subject=1)
    assert done.one("first_slate", at(20), [version(), shorter]).state == "kept"


def test_nights_weekends_and_holds_within_them_take_no_working_time():
    history = History().opened(at(MON)).asked(at(FRI, 18), 1)
    assert history.one("slate_reviewed", at(7)).due_at == at(11, 17)  # Friday evening is Monday
    history.add("requisition.held", at(7)).add("requisition.resumed", at(8))
    assert history.one("slate_reviewed", at(9)).due_at == at(11, 17)


def test_facts_after_the_moment_do_not_count():
    history = History().opened(at(MON)).add("slate.presented", at(TUE), subject=1)
    assert history.one("first_slate", at(MON, 12)).state == "due"


def met():
    """An interview on Tuesday from ten to eleven, for which evidence was asked the day before."""
    return History().opened(at(MON)).wanted(at(MON)).interviewed(at(TUE, 11))


@pytest.mark.parametrize(
    ("history", "now", "state"),
    [
        (met(), at(WED, 10), "due"),
        (met(), at(WED, 12), "missed"),
        (met().card("handed_in", at(TUE, 10, 30)), at(20), "kept"),  # while they were talking
        (met().card("handed_in", at(WED, 11)), at(20), "kept"),
        (met().card("handed_in", at(WED, 13)), at(20), "late"),
        (met().card("cancelled", at(TUE, 12)), at(20), "released"),
        (met().card("cancelled", at(THU)), at(20), "missed"),
        (met().card("never_given", at(TUE, 12)), at(20), "released"),
        (met().add("requisition.ended", at(TUE, 12)), at(20), "released"),
    ],
)
def test_evidence_is_due_so_many_working_hours_after_the_interview(history, now, state):
    row = history.one("evidence", now)
    assert (row.state, row.side, row.started_at, row.due_at) == (state, "manager", at(TUE, 11), at(WED, 11))


def test_late_evidence_counts_in_hours_and_a_hold_adds_its_own():
    assert met().card("handed_in", at(WED, 13)).one("evidence", at(20)).hours_late == 2.0
    held = met().add("requisition.held", at(TUE, 12)).add("requisition.resumed", at(TUE, 15))
    assert held.one("evidence", at(20)).due_at == at(WED, 14)


def test_evidence_that_nobody_owes_is_not_measured():
    assert History().opened(at(MON)).wanted(at(MON)).states("evidence", at(20)) == []  # not held yet
    replaced = (
        History().opened(at(MON)).wanted(at(MON)).card("cancelled", at(TUE, 9)).interviewed(at(TUE, 11))
    )
    assert replaced.states("evidence", at(20)) == []
    own = History().opened(at(MON)).wanted(at(MON), side="recruiter").interviewed(at(TUE, 11))
    assert own.states("evidence", at(20)) == []
    nobody = met().add("interview.no_show", at(TUE, 12), subject=1, application=1, interview_id=1)
    assert nobody.card("cancelled", at(TUE, 12)).states("evidence", at(20)) == []


def test_each_interviewer_and_each_asking_is_an_occasion_of_its_own():
    history = (
        History().opened(at(MON)).wanted(at(MON), card=1).wanted(at(MON), card=2).interviewed(at(TUE, 11))
    )
    history.card("handed_in", at(TUE, 12), card=1).card("cancelled", at(TUE, 15), card=2)
    history.wanted(at(THU), card=2)  # the decision was taken back, and they are asked again
    rows = [row for row in history.measure(at(20)) if row.kind == "evidence"]
    assert [(row.state, row.started_at) for row in rows] == [
        ("kept", at(TUE, 11)),
        ("released", at(TUE, 11)),
        ("missed", at(THU)),
    ]


def test_other_hours_bind_once_both_accept_them():
    shorter = version(since=at(TUE, 12), number=2, evidence=2)
    row = met().one("evidence", at(20), [version(), shorter])
    assert row.due_at == at(TUE, 17)  # never shorter than the day on which it was agreed
    longer = version(since=at(TUE, 12), number=2, evidence=16)
    assert met().one("evidence", at(20), [version(), longer]).due_at == at(THU, 11)


@pytest.mark.parametrize(
    ("done", "state", "hours"),
    [
        (at(4, 17), "kept", 0),
        (at(5, 16, 59), "kept", 0),  # a working day later
        (at(5, 17), "kept", 0),
        (at(6, 8), "kept", 0),  # the night after it takes no working time
        (at(6, 10), "late", 9),  # told from the time itself, in working hours
        (None, "missed", 0),
    ],
)
def test_a_working_days_grace_counts_as_kept(done, state, hours):
    history = History().opened(at(MON)).asked(at(MON), 1)
    if done:
        history.answered(done, 1)
    row = history.one("slate_reviewed", at(20), [version(grace=1)])
    assert (row.state, row.hours_late, row.due_at) == (state, hours, at(WED, 17))


def test_nothing_gets_late_by_a_minute_over_a_weekend():
    history = History().opened(at(MON)).asked(at(WED), 1).answered(at(7, 12), 1)  # due Friday, done Saturday
    row = history.one("slate_reviewed", at(20))
    assert (row.due_at, row.state, row.hours_late) == (at(FRI, 17), "kept", 0)
    late = History().opened(at(MON)).asked(at(WED), 1).answered(at(9, 11), 1)
    assert (late.one("slate_reviewed", at(20)).state, late.one("slate_reviewed", at(20)).hours_late) == (
        "late",
        2.0,
    )
    graced = late.one("slate_reviewed", at(20), [version(grace=1)])
    assert (graced.state, graced.hours_late) == ("kept", 0)


def test_grace_in_hours_is_a_working_day_too_and_a_hold_within_it_adds_its_own():
    late = met().card("handed_in", at(THU, 10))  # due Wednesday at eleven
    assert late.one("evidence", at(20), [version(grace=1)]).state == "kept"
    assert met().card("handed_in", at(THU, 12)).one("evidence", at(20), [version(grace=1)]).state == "late"
    held = met().add("requisition.held", at(WED, 12)).add("requisition.resumed", at(THU, 12))
    held.card("handed_in", at(FRI, 11))
    assert held.one("evidence", at(20), [version(grace=1)]).state == "kept"


def test_a_version_with_grace_changes_nothing_for_what_the_version_before_it_had_settled():
    history = History().opened(at(MON)).asked(at(MON), 1).answered(at(FRI), 1)
    newer = version(since=at(9), number=2, grace=1)
    assert history.one("slate_reviewed", at(20), [version(), newer]).state == "late"
    history.asked(at(10), 2, slate=2).answered(at(13), 2, slate=2)
    assert history.states("slate_reviewed", at(20), [version(), newer]) == ["late", "kept"]
