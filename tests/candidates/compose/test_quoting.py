"""What a candidate wrote and somebody quotes is the candidate's: no word of ours, and no gap of ours."""

import pytest

from candidates.compose import gaps

QUOTE = "Hello Robin,\n\n> When will I hear [from you]?\n> ____\n\n"
SIGNATURE = ("Kim Recruiter", "Example")


@pytest.mark.parametrize(
    ("body", "found", "own"),
    [
        (f"{QUOTE}Kim Recruiter\nExample", ["between greeting and name"], 0),
        (f"{QUOTE}On Monday morning.\n\nKim Recruiter\nExample", [], 3),
        (f"{QUOTE}On ____ morning.\n\nKim Recruiter\nExample", ["On ____ morning."], 3),
    ],
)
def test_a_quoted_question_counts_for_nothing(body: str, found: list[str], own: int) -> None:
    template = "Hello Robin,\n\nKim Recruiter\nExample"

    assert gaps.gaps(body, signature=SIGNATURE) == found
    assert gaps.own_words(body, [template]) == own
