"""What becomes of a promise, case by case: the right answers written out apart from the table of rules.

A case is an event, what was promised, in which stage, and whose move it was.
"""

import pytest

from candidates.promises.domain.terms import days_after_break
from candidates.promises.policy import Effect, Event, effect_of

L = Effect.LEAVE
ASKED = ("answer", "reach")

MOVES = [
    (Event.MOVED, "stage", "applied", "recruiter", Effect.STAGE),
    (Event.MOVED, "news", "review", "manager", Effect.STAGE),
    (Event.MOVED, "time", "interview", "candidate", Effect.STAGE),
    (Event.MOVED, "offer", "offer", "candidate", L),
    (Event.MOVED, "answer", "applied", "recruiter", L),
    (Event.MOVED, "reach", "applied", "recruiter", L),
]
WORDS = [
    case
    for event in (Event.WROTE, Event.TOLD)
    for case in [
        *((event, asked, "review", "recruiter", Effect.RESUME) for asked in ASKED),
        (event, "stage", "applied", "recruiter", Effect.NEWS),
        (event, "stage", "interview", "scheduling", Effect.NEWS),
        (event, "stage", "offer", "recruiter", Effect.NEWS),
        (event, "news", "review", "manager", Effect.NEWS),
        (event, "news", "assessment", "recruiter", Effect.NEWS),
        (event, "stage", "review", "manager", L),
        (event, "stage", "assessment", "recruiter", L),
        (event, "interview", "interview", "recruiter", L),
        (event, "time", "interview", "candidate", L),
        (event, "offer", "offer", "candidate", L),
    ]
]
TEMPLATES = [
    (Event.TEMPLATE_SENT, "answer", "applied", "recruiter", L),
    (Event.TEMPLATE_SENT, "stage", "applied", "recruiter", Effect.NEWS),
    (Event.TEMPLATE_SENT, "news", "applied", "candidate", L),
    (Event.TEMPLATE_SENT, "stage", "review", "manager", L),
    (Event.TEMPLATE_SENT, "stage", "assessment", "recruiter", L),
    (Event.TEMPLATE_SENT, "interview", "interview", "recruiter", L),
]
THEIRS = [
    (Event.WAS_WRITTEN_TO, "stage", "applied", "recruiter", Effect.ANSWER),
    (Event.WAS_WRITTEN_TO, "offer", "offer", "candidate", Effect.ANSWER),
    *((Event.WAS_WRITTEN_TO, asked, "applied", "recruiter", L) for asked in ASKED),
    (Event.NEEDS_NO_ANSWER, "answer", "review", "recruiter", Effect.RESUME),
    (Event.NEEDS_NO_ANSWER, "stage", "review", "recruiter", L),
    (Event.UNREACHED, "stage", "applied", "recruiter", Effect.REACH),
    *((Event.UNREACHED, asked, "applied", "recruiter", L) for asked in ASKED),
]
OFFERS = [
    (Event.OFFERED, "stage", "offer", "recruiter", Effect.OFFERED),
    (Event.OFFERED, "answer", "offer", "recruiter", L),
    (Event.OFFER_ENDED, "offer", "offer", "candidate", Effect.WORD),
    (Event.OFFER_ENDED, "answer", "offer", "recruiter", L),
]
TIMES = [
    (Event.TIME_ASKED, "stage", "interview", "scheduling", Effect.CHOOSE),
    (Event.TIME_ASKED, "time", "interview", "candidate", Effect.CHOOSE),
    (Event.TIME_ASKED, "answer", "interview", "recruiter", L),
    *(
        case
        for event in (Event.TIME_GIVEN, Event.TIME_RUN_OUT, Event.TIME_TAKEN_BACK)
        for case in [
            (event, "time", "interview", "candidate", Effect.TIME),
            (event, "stage", "interview", "scheduling", L),
            (event, "answer", "interview", "recruiter", L),
        ]
    ),
]
INTERVIEWS = [
    (Event.BOOKED, "time", "interview", "candidate", Effect.AFTERWARDS),
    (Event.BOOKED, "stage", "interview", "scheduling", Effect.AFTERWARDS),
    (Event.BOOKED, "interview", "interview", "recruiter", Effect.NEW_DAY),
    (Event.BOOKED, "answer", "interview", "recruiter", L),
    (Event.BOOKED, "stage", "offer", "recruiter", L),
    (Event.BOOKED, "interview", "offer", "recruiter", L),
    *(
        case
        for event, effect in [
            (Event.REBOOKED, Effect.NEW_DAY),
            (Event.CALLED_OFF, Effect.NEW_DAY),
            (Event.NOBODY_CAME, Effect.WORD_UNLESS_BOOKED),
            (Event.ANOTHER_TIME, Effect.TIME_UNLESS_BOOKED),
        ]
        for case in [
            (event, "interview", "interview", "recruiter", effect),
            (event, "stage", "interview", "scheduling", L),
            (event, "answer", "interview", "recruiter", L),
        ]
    ),
    (Event.HELD, "stage", "interview", "scheduling", Effect.AFTERWARDS),
    (Event.HELD, "interview", "interview", "recruiter", L),
    (Event.HELD, "stage", "offer", "recruiter", L),
]
MANAGERS = [
    (Event.REVIEWED, "stage", "review", "manager", Effect.HAND_OVER),
    (Event.REVIEWED, "answer", "review", "manager", Effect.HAND_OVER),
    (Event.REVIEWED, "stage", "review", "recruiter", L),
    (Event.MANAGER_IS_LAST, "interview", "interview", "recruiter", Effect.TO_MANAGER),
    (Event.MANAGER_IS_LAST, "interview", "interview", "manager", L),
    (Event.MANAGER_IS_LAST, "answer", "interview", "recruiter", L),
    (Event.SCORED, "interview", "interview", "manager", Effect.HAND_OVER),
    (Event.SCORED, "interview", "interview", "recruiter", L),
    (Event.SCORED, "stage", "review", "manager", L),
]


@pytest.mark.parametrize(
    ("event", "promise", "stage", "side", "effect"),
    [*MOVES, *WORDS, *TEMPLATES, *THEIRS, *OFFERS, *TIMES, *INTERVIEWS, *MANAGERS],
)
def test_each_case_has_the_effect_that_the_candidate_was_told(
    event: str, promise: str, stage: str, side: str, effect: Effect
) -> None:
    assert effect_of(event, promise=promise, stage=stage, side=side) is effect


def test_what_is_no_event_of_the_policy_leaves_the_promise_alone() -> None:
    assert effect_of("candidate.sneezed", promise="stage", stage="applied", side="recruiter") is L


@pytest.mark.parametrize(("promised", "anew"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 3)])
def test_a_broken_promise_is_promised_within_half_its_days_and_three_at_most(
    promised: int, anew: int
) -> None:
    assert days_after_break(promised) == anew
