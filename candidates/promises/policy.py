"""What becomes of the open promise when something happens, as data.

Every contact and every decision runs through this one table, so that what a candidate was told by when is
never lost by accident. `effect_of` answers with the first rule that fits.
"""

from dataclasses import dataclass
from enum import Enum

from candidates.promises.models import PromiseKind
from requisitions.models import Side, StageKind


class Effect(Enum):
    """What an event does to the open promise."""

    LEAVE = "leave"
    """It stands as it is."""
    NEWS = "news"
    """It is kept; the next news of the same stage is promised."""
    STAGE = "stage"
    """It is kept; what the (new) stage promises is promised."""
    RESUME = "resume"
    """It is kept; what it had interrupted is promised again, with its date where that lies ahead."""
    PAID = "paid"
    """The answer that was owed without a date has come, late; what is waited for by now is promised."""
    ANSWER = "answer"
    """An answer to the candidate's message is promised instead, where that comes earlier."""
    HAND_OVER = "hand_over"
    """The same promise, the same date; the next move is the recruiter's."""
    TO_MANAGER = "to_manager"
    """The same promise, the same date; the next move is the hiring manager's."""
    CHOOSE = "choose"
    """It is kept; the next move is the candidate's: the choice of a time."""
    AFTERWARDS = "afterwards"
    """It is kept; news is promised for after the interview that is booked last."""
    NEW_DAY = "new_day"
    """The same news, counted from the day on which the interview now is."""
    TIME = "time"
    """It falls away; a time for the interview is promised, and finding it is our move."""
    OFFERED = "offered"
    """It is kept; the candidate's answer is awaited for as long as the offer stands."""
    REACH = "reach"
    """Another way to reach them is promised instead."""
    WORD = "word"
    """It is settled; word from us on how we go on is promised."""
    WORD_UNLESS_BOOKED = "word_unless_booked"
    """The same where no interview is left; else the news comes after the one that is booked last."""
    TIME_UNLESS_BOOKED = "time_unless_booked"
    """A time for the interview is promised where none is left; else the news comes after the last."""


STAYS = frozenset({Effect.LEAVE, Effect.HAND_OVER, Effect.TO_MANAGER, Effect.ANSWER, Effect.REACH})
"""Effects that leave what was promised as it is, or put the answer to a question in front of it."""


class Event:
    """What can happen; the names are those of the activities where one is recorded."""

    MOVED = "application.moved"
    WROTE = "message.sent"
    TEMPLATE_SENT = "a complete template was sent, with no word of a person's own"
    TOLD = "message.noted"
    UNREACHED = "a message that counted as told did not arrive"
    WAS_WRITTEN_TO = "message.received"
    NEEDS_NO_ANSWER = "message.settled"
    REVIEWED = "review.answered"
    TIME_ASKED = "booking.asked"
    TIME_GIVEN = "booking.given"
    TIME_RUN_OUT = "booking.expired"
    TIME_TAKEN_BACK = "booking.cancelled"
    BOOKED = "interview.booked"
    REBOOKED = "interview.moved"
    CALLED_OFF = "interview.cancelled"
    HELD = "interview.held"
    NOBODY_CAME = "interview.no_show"
    ANOTHER_TIME = "the candidate did not come and gets another time"
    SCORED = "scorecard.handed_in"
    MANAGER_IS_LAST = "only the hiring manager's evidence is missing"
    OFFERED = "offer.reached"
    OFFER_ENDED = "offer.ended"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """For an event: on which promise (None: any) and in which stage (None: any), what happens, and why."""

    event: str
    effect: Effect
    why: str
    promise: PromiseKind | None = None
    stage: StageKind | None = None
    side: Side | None = None


def _saying(event: str) -> tuple[Rule, ...]:
    """What it does to a promise when a person of ours has said something to the candidate."""
    return (
        Rule(
            event=event,
            side=Side.CANDIDATE,
            effect=Effect.LEAVE,
            why="We wait for the candidate: writing to them does not make their move for them.",
        ),
        Rule(
            event=event,
            promise=PromiseKind.INTERVIEW,
            effect=Effect.LEAVE,
            why="What was promised is what we make of the interview; a message before it does not bring that.",
        ),
        Rule(
            event=event,
            promise=PromiseKind.STAGE,
            stage=StageKind.REVIEW,
            effect=Effect.LEAVE,
            why="What was promised is the manager's view; a message in between does not bring it.",
        ),
        Rule(
            event=event,
            promise=PromiseKind.STAGE,
            stage=StageKind.ASSESSMENT,
            effect=Effect.LEAVE,
            why="What was promised is the result of the assessment; a message in between does not bring it.",
        ),
        Rule(
            event=event,
            effect=Effect.NEWS,
            why="A first answer, a time for the interview and an offer come as a message from a person.",
        ),
    )


WITHOUT_A_WORD = (Event.MOVED, Event.TEMPLATE_SENT, Event.WAS_WRITTEN_TO, Event.UNREACHED, Event.OFFER_ENDED)
"""What happens around a debt and answers nobody."""

RULES: tuple[Rule, ...] = (
    *(
        Rule(
            event=event,
            promise=PromiseKind.DEBT,
            effect=Effect.LEAVE,
            why="Our word was broken too often: they are told no further date until a person has written to them.",
        )
        for event in WITHOUT_A_WORD
    ),
    *(
        Rule(
            event=event,
            promise=PromiseKind.DEBT,
            effect=Effect.PAID,
            why="A person has answered at last, in their own words or by telephone: from here on dates count again.",
        )
        for event in (Event.WROTE, Event.TOLD)
    ),
    Rule(
        event=Event.MOVED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="A move is no answer to what somebody asked; the new stage's promise follows the answer.",
    ),
    Rule(
        event=Event.MOVED,
        promise=PromiseKind.OFFER,
        effect=Effect.LEAVE,
        why="The offer stands wherever the card lies; what is awaited is the candidate's answer to it.",
    ),
    Rule(
        event=Event.MOVED,
        effect=Effect.STAGE,
        why="The candidate's page shows the step they reached: that is news; the next step has its own date.",
    ),
    *(
        Rule(
            event=event,
            promise=PromiseKind.ANSWER,
            effect=Effect.RESUME,
            why="The question is answered; what was promised before it still is.",
        )
        for event in (Event.WROTE, Event.TOLD)
    ),
    Rule(
        event=Event.TEMPLATE_SENT,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="A template is no answer: only words of one's own, a call or a decision settle what somebody asked.",
    ),
    *(rule for event in (Event.WROTE, Event.TOLD, Event.TEMPLATE_SENT) for rule in _saying(event)),
    Rule(
        event=Event.WAS_WRITTEN_TO,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="An answer is promised already; a second question does not move its date away.",
    ),
    Rule(
        event=Event.WAS_WRITTEN_TO,
        effect=Effect.ANSWER,
        why="Who asks shall not wait for the end of the step.",
    ),
    Rule(
        event=Event.UNREACHED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="A person owes them an answer already, and its date stands; that the other one was lost is shown beside.",
    ),
    Rule(
        event=Event.UNREACHED,
        effect=Effect.REACH,
        why="They do not know what we said: they are owed it another way, by a date of its own.",
    ),
    Rule(
        event=Event.OFFERED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="An offer is no answer to what they asked; their answer to it is awaited once they have ours.",
    ),
    Rule(
        event=Event.OFFERED,
        effect=Effect.OFFERED,
        why="The offer is the best news there is; from now on the candidate has the time that it gives them.",
    ),
    Rule(
        event=Event.OFFER_ENDED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="Their question still waits, by the same date; word on how we go on follows the answer.",
    ),
    Rule(
        event=Event.OFFER_ENDED,
        effect=Effect.WORD,
        why="Declined, run out or withdrawn, the offer is over and they are not: the next word is ours.",
    ),
    Rule(
        event=Event.NEEDS_NO_ANSWER,
        promise=PromiseKind.ANSWER,
        effect=Effect.RESUME,
        why="There was nothing to answer (a thank-you); what was promised before it still is.",
    ),
    Rule(
        event=Event.REVIEWED,
        side=Side.MANAGER,
        effect=Effect.HAND_OVER,
        why="The manager has had their look; the candidate still waits for the same news, now from the recruiter.",
    ),
    Rule(
        event=Event.TIME_ASKED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="Their question still waits for an answer; the choice of a time follows it.",
    ),
    Rule(
        event=Event.TIME_ASKED,
        effect=Effect.CHOOSE,
        why="The times are before the candidate: who offers them has done their part.",
    ),
    Rule(
        event=Event.TIME_GIVEN,
        promise=PromiseKind.TIME,
        effect=Effect.TIME,
        why="The candidate has said when they can: to settle on a time is ours.",
    ),
    Rule(
        event=Event.TIME_RUN_OUT,
        promise=PromiseKind.TIME,
        effect=Effect.TIME,
        why="The candidate does not lose the interview with the offered times: we look for others.",
    ),
    Rule(
        event=Event.TIME_TAKEN_BACK,
        promise=PromiseKind.TIME,
        effect=Effect.TIME,
        why="Who takes offered times back owes others.",
    ),
    Rule(
        event=Event.BOOKED,
        promise=PromiseKind.ANSWER,
        effect=Effect.LEAVE,
        why="A time is no answer to what they asked; news after the interview follows the answer.",
    ),
    Rule(
        event=Event.BOOKED,
        stage=StageKind.OFFER,
        effect=Effect.LEAVE,
        why="Who waits for an offer and meets somebody more is still owed the offer.",
    ),
    Rule(
        event=Event.BOOKED,
        promise=PromiseKind.INTERVIEW,
        effect=Effect.NEW_DAY,
        why="One more interview: news comes after the last of them.",
    ),
    Rule(
        event=Event.BOOKED,
        effect=Effect.AFTERWARDS,
        why="They have their time; what they wait for next is what we make of the interview.",
    ),
    Rule(
        event=Event.REBOOKED,
        promise=PromiseKind.INTERVIEW,
        effect=Effect.NEW_DAY,
        why="The news moves with the interview that it follows.",
    ),
    Rule(
        event=Event.CALLED_OFF,
        promise=PromiseKind.INTERVIEW,
        effect=Effect.NEW_DAY,
        why="News comes after the interviews that are left; where none is, a new time is owed.",
    ),
    Rule(
        event=Event.NOBODY_CAME,
        promise=PromiseKind.INTERVIEW,
        effect=Effect.WORD_UNLESS_BOOKED,
        why="There is nothing to make news of: what comes next is our word on how we go on.",
    ),
    Rule(
        event=Event.ANOTHER_TIME,
        promise=PromiseKind.INTERVIEW,
        effect=Effect.TIME_UNLESS_BOOKED,
        why="They get another chance: finding a time for it is our move.",
    ),
    Rule(
        event=Event.HELD,
        promise=PromiseKind.STAGE,
        stage=StageKind.INTERVIEW,
        effect=Effect.AFTERWARDS,
        why="They have had their interview; what they wait for now is what we make of it.",
    ),
    Rule(
        event=Event.HELD,
        effect=Effect.LEAVE,
        why="News about it was promised when it was booked; what else they wait for has its own date.",
    ),
    Rule(
        event=Event.MANAGER_IS_LAST,
        promise=PromiseKind.INTERVIEW,
        side=Side.RECRUITER,
        effect=Effect.TO_MANAGER,
        why="Everybody else has written: it is the manager's evidence that the candidate waits for.",
    ),
    Rule(
        event=Event.SCORED,
        promise=PromiseKind.INTERVIEW,
        side=Side.MANAGER,
        effect=Effect.HAND_OVER,
        why="The manager has written; the candidate still waits for the same news, now from the recruiter.",
    ),
)

ANSWERS = frozenset({Event.WROTE, Event.TOLD})
"""What counts as an answer everywhere: words of a person's own, and what they noted to have told. A decision that
was told is one too, and leaves nothing open. Nobody who has had none since a broken date is out of our debt."""


def effect_of(event: str, *, promise: str, stage: str, side: str) -> Effect:
    """What `event` does to an open promise of this kind, in this stage, with the move on this side.

    Another way to reach somebody is owed and settled like an answer to what they asked.
    """
    if promise == PromiseKind.REACH:
        promise = PromiseKind.ANSWER
    for rule in RULES:
        if (
            rule.event == event
            and rule.promise in {None, promise}
            and rule.stage in {None, stage}
            and rule.side in {None, side}
        ):
            return rule.effect
    return Effect.LEAVE
