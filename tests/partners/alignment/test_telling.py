"""What who signs reads of a brief: names of interviews, never their numbers."""

from partners.alignment.domain.telling import told


def test_a_must_have_names_the_interviews_that_assess_it() -> None:
    must = {
        "id": 1,
        "name": "SQL",
        "why": "We use it",
        "turn_down": "yes",
        "way": "resume",
        "question": None,
        "how": "",
    }
    content = {
        "must_haves": [must | {"interviews": [7, 9]}, must | {"name": "Go", "way": "", "interviews": []}],
        "interview_plan": [{"id": 7, "name": "First talk"}, {"id": 9, "name": "Deep dive"}],
    }
    assert told("must_haves", content) == [
        "SQL. We use it. Without it a great person is turned down. Assessed by: First talk, Deep dive, the résumé.",
        "Go. We use it. Without it a great person is turned down. Assessed by nobody.",
    ]
