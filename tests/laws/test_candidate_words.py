"""What the record may tell a candidate."""

from ats.activity import verbs

DECISIONS = ("application.hired", "application.rejected")


def test_a_decision_has_no_words_for_its_candidate_until_they_are_told():
    # They read of it from the letter, and from `application.told`, which is recorded once that has left.
    assert [verbs.get(name).candidate_text for name in DECISIONS] == [None, None]
