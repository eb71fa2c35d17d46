"""The exercise: four notes of made-up interviews. What each is and why; which one was marked how is kept nowhere."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy

VERSION = 1
"""Raised with other notes; who did an earlier version is not asked again."""


class Kind(StrEnum):
    """What a note can be."""

    EVIDENCE = "evidence"
    IMPRESSION = "impression"
    UNLAWFUL = "unlawful"


LABELS = {
    Kind.EVIDENCE: gettext_lazy("Evidence"),
    Kind.IMPRESSION: gettext_lazy("An impression"),
    Kind.UNLAWFUL: gettext_lazy("Unlawful"),
}


@dataclass(frozen=True)
class Note:
    """A made-up note, what it is, why, and how it would be written as evidence."""

    code: str
    text: Any
    kind: Kind
    why: Words
    better: Words = ""


NOTES = (
    Note(
        code="outage",
        text=(
            gettext_lazy(
                "Asked about an outage, she told how the queue filled up at night: she stopped the import, told the"
                " customers within the hour, and next week wrote the check that was missing."
            )
        ),
        kind=Kind.EVIDENCE,
        why=(
            gettext_lazy(
                "It says what was asked and what she did, step by step. Somebody who was not there can weigh it"
                " against the criterion, and could disagree with you about what it is worth."
            )
        ),
    ),
    Note(
        code="fit",
        text=gettext_lazy("Nice person, very confident. I just do not see him in our team."),
        kind=Kind.IMPRESSION,
        why=(
            gettext_lazy(
                "It says how you felt, and nothing that he did. Impressions follow how much somebody is like us more"
                " than how well they work, and nobody can check them."
            )
        ),
        better=gettext_lazy(
            "“Asked how he settles a disagreement, he named none that he had settled himself; twice he said that"
            " his lead had decided.”"
        ),
    ),
    Note(
        code="family",
        text=gettext_lazy(
            "Strong on the plan. She has family obligations and might have a baby soon, so I doubt that she stays."
        ),
        kind=Kind.UNLAWFUL,
        why=(
            gettext_lazy(
                "Family plans may neither be asked about nor weighed, also where somebody speaks of them unasked, and"
                " they say nothing about the work. Leave it out; where it was talked about, tell the recruiter."
            )
        ),
        better=gettext_lazy(
            "“Her plan for the first quarter had three steps, each with a figure and who it needs.”"
        ),
    ),
    Note(
        code="figure",
        text=(
            gettext_lazy(
                "On the pricing case he asked for the churn first, then said the discount pays only below 4 per cent."
                " He did not check the margin until I asked."
            )
        ),
        kind=Kind.EVIDENCE,
        why=(
            gettext_lazy(
                "What he did, and what he left out until he was asked: both are seen, and neither is judged. The"
                " rating comes after it, and a critical note is no less evidence than a kind one."
            )
        ),
    ),
)
"""In the order in which they are shown."""
