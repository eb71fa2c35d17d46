"""What a commitment says about itself: whom it is about, what began it, what ended it."""

from tests.partners.commitments.facts import MANAGER, History, at

MON, TUE, WED, THU, FRI = 2, 3, 4, 5, 6


def said(history, now):
    return [
        (row.key, row.kind, row.side, row.application_id, row.applications, row.started_by, row.settled_by)
        for row in history.measure(now)
        if row.kind not in {"published", "weekly_update", "interviewed"}
    ]


def test_each_says_what_it_is_about():
    history = History().opened(at(MON))  # 1, 2
    history.add("slate.presented", at(MON, 11), subject=9)  # 3
    history.asked(at(MON, 11), 1).asked(at(MON, 11), 2)  # 4, 5
    history.answered(at(MON, 14), 1, "unsure")  # 6
    history.add("application.noted", at(MON, 15), application=1)  # 7
    history.wanted(at(MON, 15), card=5).interviewed(at(TUE, 11)).card(
        "handed_in", at(TUE, 12), card=5
    )  # 8-10
    history.add("application.rejected", at(WED), application=1)  # 11
    history.add("application.told", at(WED, 12), application=1)  # 12
    assert said(history, at(WED, 13)) == [
        ("first_slate", "first_slate", "recruiter", None, [], 1, 3),
        ("answer_manager:6", "answer_manager", "recruiter", 1, [1], 6, 7),
        ("candidates_told:11", "candidates_told", "recruiter", 1, [1], 11, 12),
        ("intake", "intake", "manager", None, [], 1, 2),
        ("slate_reviewed:1", "slate_reviewed", "manager", None, [2], 4, None),
        ("decision:6", "decision", "manager", 1, [1], 6, 11),
        ("evidence:8", "evidence", "manager", 1, [1], 9, 10),
        ("debriefed:10", "debriefed", "manager", 1, [1], 10, 11),
    ]


def test_each_of_two_roles_lives_each_of_two_slates_and_each_of_two_people_has_its_own():
    history = History().opened(at(MON)).asked(at(MON), 1).asked(at(MON), 2).asked(at(MON), 3, slate=2)  # 1-5
    history.answered(at(TUE), 2, actor=MANAGER).answered(at(TUE), 1, actor=MANAGER)  # 6, 7
    history.add("requisition.ended", at(WED)).add("requisition.reopened", at(THU))  # 8, 9
    rows = {row[0]: row[3:] for row in said(history, at(FRI))}
    assert rows == {
        "first_slate": (None, [], 1, 8),
        "first_slate:9": (None, [], 9, None),
        "answer_manager:6": (2, [2], 6, 8),
        "answer_manager:7": (1, [1], 7, 8),
        "intake": (None, [], 1, 2),
        "slate_reviewed:1": (None, [1, 2], 3, 7),
        "slate_reviewed:2": (None, [3], 5, 8),
    }


def test_who_is_hired_later_than_they_accepted_or_without_an_offer_is_to_be_told():
    hired = History().opened(at(MON)).asked(at(MON), 1).add("application.hired", at(TUE), application=1)
    assert hired.states("candidates_told", at(TUE, 12)) == ["due"]
    later = History().opened(at(MON)).add("offer.accepted", at(MON), application=1)
    later.add("application.hired", at(TUE), application=1)
    assert later.states("candidates_told", at(TUE, 12)) == ["due"]
    other = History().opened(at(MON)).add("offer.accepted", at(TUE), application=2)
    other.add("application.hired", at(TUE), application=1)
    assert other.states("candidates_told", at(TUE, 12)) == ["due"]
