"""The plan templates that the house ships: structured questions with anchors, since those foretell work best.

Nothing in them asks for years of experience, which foretell it least.

Their names are told in the language of who chooses one (`queries.templates`). What a plan takes of them is the words
that stand here: from then on they are the role's own, to be edited and put into invitations.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from ats.kernel.kept import kept
from ats.kernel.staff_words import pgettext_noop
from requisitions.interview_plan.models import InterviewFormat, PlanTemplate, TemplateInterview
from requisitions.pipeline.models import StageKind

PRIVATE = "Nothing about age, family, origin, health, faith or pay so far: none of it decides here."


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One interview of a shipped template, by the names of `TemplateInterview`."""

    name: str
    purpose: str
    minutes: int
    format: str = InterviewFormat.VIDEO
    interviewers_needed: int = 1
    stage_kind: str = StageKind.INTERVIEW
    preparation: str
    avoid: str = PRIVATE
    questions: list[dict[str, str]] = field(default_factory=list)


def asked(text: str, *, yes: str, strong: str, no: str) -> dict[str, str]:
    """A question with anchors for the ratings of a scorecard."""
    return {"criterion": "", "text": text, "good": f"Strong yes: {strong}\nYes: {yes}\nNo: {no}"}


def unrated(text: str, note: str) -> dict[str, str]:
    """A question that is there for the candidate's sake."""
    return {"criterion": "", "text": text, "good": f"Not rated. {note}"}


FIRST_CALL = Shipped(
    name=pgettext_noop("of a shipped plan", "First call"),
    purpose="Whether what they look for and what this role is meet, told openly by both sides.",
    minutes=30,
    format=InterviewFormat.PHONE,
    preparation="A first talk in both directions. You will hear what the work is, what is hard about it and what"
    " it pays. Think of what matters most to you in your next work.",
    questions=[
        asked(
            "What would you like to do more of in your next work, and what less?",
            strong="Names work that makes up most of this role, with an example of when they enjoyed it.",
            yes="What they name fits the larger part of this role.",
            no="What they want is not in this role, and they were told so.",
        ),
        asked(
            "This is the hard part of the role. What does it make you think of?",
            strong="Has met something like it, says what they did and what it cost them.",
            yes="Sees what is hard about it and asks about it.",
            no="Has no picture of it, or would rather not.",
        ),
        unrated(
            "What do you need from us to do your best work: hours, place, tools, anything else?",
            "Note what matters to them, so that nothing is promised that we cannot keep.",
        ),
    ],
)

PAST_WORK = Shipped(
    name=pgettext_noop("of a shipped plan", "Past work"),
    purpose="How they did work like this before, in their own examples.",
    minutes=60,
    interviewers_needed=2,
    preparation="We talk about two or three things that you did, in depth. Notes are welcome. Two of us take part"
    " and write while you speak, so that we judge by what you said.",
    questions=[
        asked(
            "Tell us about a piece of work that you are proud of and that resembles this role. What did you do"
            " yourself?",
            strong="Own part is clear and large, choices are explained with what spoke against them, outcome"
            " shown in figures or in what users said.",
            yes="Own part is clear, and the outcome is plausible.",
            no="“We” throughout, or the outcome stays open.",
        ),
        asked(
            "Tell us about something that went wrong. When did you notice, and what did you do?",
            strong="Noticed early, told others, mended it, and changed how they work since.",
            yes="Owned it and mended it.",
            no="Others were to blame, or nothing was learned.",
        ),
        asked(
            "Tell us about a time when somebody important disagreed with you. How did it end?",
            strong="Can tell the other view fairly, looked for facts together, kept the relation.",
            yes="Listened, and came to a decision that both could carry.",
            no="Won or gave in, without understanding the other.",
        ),
    ],
)

WITH_THE_MANAGER = Shipped(
    name=pgettext_noop("of a shipped plan", "A case from the role"),
    purpose="How they think through something that this role will really meet in its first 90 days.",
    minutes=45,
    preparation="The hiring manager brings something from our work and thinks it through with you. There is no"
    " trick in it and no single right answer.",
    questions=[
        asked(
            "Here is what this role has to have done after 90 days. Where would you begin, and what would you"
            " need to know first?",
            strong="Asks what matters most and to whom, finds the risk we know of, proposes a first small step.",
            yes="A sensible order, with reasons.",
            no="A list without an order, or a recipe from elsewhere.",
        ),
        asked(
            "Half way through, this assumption turns out to be wrong. What do you do?",
            strong="Says whom they tell when, what they keep and what they drop, and why.",
            yes="Changes the plan and tells the people it touches.",
            no="Goes on as planned, or begins from nothing.",
        ),
        unrated("What would you like to know about us?", "Answer as you would want to be answered."),
    ],
)

WORK_SAMPLE = Shipped(
    name=pgettext_noop("of a shipped plan", "Work sample"),
    purpose="How they do a small piece of the real work, with the tools that they would have.",
    minutes=90,
    interviewers_needed=2,
    stage_kind=StageKind.ASSESSMENT,
    preparation="You work on a small task like the ones we have, with your own tools, looking up whatever you"
    " like. There is nothing to prepare and nothing to do at home. If you would rather work without somebody"
    " watching, tell us.",
    avoid=f"{PRIVATE} No riddles, and nothing that we would use for ourselves.",
    questions=[
        asked(
            "Please read the task aloud and tell us what you would clear up before you begin.",
            strong="Finds what is left open and what could go wrong, and asks the few things that decide.",
            yes="Asks about what is unclear.",
            no="Begins without having understood it.",
        ),
        asked(
            "Please do the first part, and tell us what you are thinking.",
            strong="It works, is simple, and is checked as they go; says what they would do with more time.",
            yes="It works, with small hints.",
            no="It does not work, and they do not see why.",
        ),
        asked(
            "Somebody will have to change this in a year. What would you tell them?",
            strong="Names the weak places of their own work, and how one would notice.",
            yes="Explains what they did and why.",
            no="Sees nothing to explain.",
        ),
    ],
)

THEIR_QUESTIONS = Shipped(
    name=pgettext_noop("of a shipped plan", "Meet the team"),
    purpose="That they can judge us: the people, the work and the hard part.",
    minutes=30,
    interviewers_needed=2,
    preparation="This half hour is yours. Ask the people you would work with whatever you want to know.",
    avoid=f"{PRIVATE} This is not an interview in disguise: nothing is rated.",
)

LEADING = Shipped(
    name=pgettext_noop("of a shipped plan", "Leading people"),
    purpose="How they led people before: growing them, deciding, and saying what is hard to say.",
    minutes=60,
    interviewers_needed=2,
    preparation="We talk about people you led and what became of them, without names.",
    questions=[
        asked(
            "Tell us about somebody who grew while working for you. What did you do?",
            strong="Knows what the person wanted, gave them work that stretched them, and let go.",
            yes="Helped on purpose, and it worked.",
            no="It happened by itself, or they did the work for them.",
        ),
        asked(
            "Tell us about somebody whose work was not good enough. When did you say so, and how?",
            strong="Early, with facts, with a fair chance and a date, and kept their dignity to the end.",
            yes="Said it clearly, if late.",
            no="Went round it, or surprised them.",
        ),
        asked(
            "Tell us about a decision that your team did not like.",
            strong="Heard them before, told why, stood by it, and looked later whether it was right.",
            yes="Explained it and carried it through.",
            no="Hid behind others.",
        ),
    ],
)

TEMPLATES: tuple[tuple[str, str, list[Shipped]], ...] = (
    (
        kept("Professional role"),
        kept("A first call, past work with two interviewers, and a case with the hiring manager."),
        [FIRST_CALL, PAST_WORK, WITH_THE_MANAGER],
    ),
    (
        kept("Technical role with a work sample"),
        kept("A first call, a small piece of the real work, past work, and half an hour with the team."),
        [FIRST_CALL, WORK_SAMPLE, PAST_WORK, THEIR_QUESTIONS],
    ),
    (
        kept("Manager role"),
        kept("A first call, leading people, a case from the role, and half an hour with the team to be."),
        [FIRST_CALL, LEADING, WITH_THE_MANAGER, THEIR_QUESTIONS],
    ),
)


def write(
    template_model: Any = PlanTemplate, interview_model: Any = TemplateInterview, *, using: str = "default"
) -> None:
    """Write the shipped templates that are not there; a migration gives its own model classes."""
    for name, description, interviews in TEMPLATES:
        template, created = template_model.objects.using(using).get_or_create(
            name=name, defaults={"description": description, "is_shipped": True}
        )
        if created:
            interview_model.objects.using(using).bulk_create(
                interview_model(template=template, position=position, **asdict(one))
                for position, one in enumerate(interviews)
            )
