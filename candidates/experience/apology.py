"""What we say to somebody whom we failed: counted from the record, and said only where it is so."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from ats.mail.roles import Words
from candidates.experience.models import Promise, PromiseState
from requisitions.models import Side

if TYPE_CHECKING:
    from candidates.applications.models import Application

PLACEHOLDER = "apology"
PLACE = re.compile(r"\{\{\s*apology\s*\}\}")
SAMPLE = (
    "We told you three dates and kept none of them. You should not have had to wait like that, and we are "
    "sorry."
)
SORRY = "You should not have had to wait like that, and we are sorry."
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def apology_to(application: "Application") -> str:
    """The apology that we owe for the dates told in this application; empty where every one was kept."""
    broken, kept = _dates_of(application)
    return f"{_count(broken, kept)} {SORRY}" if broken else ""


def said_in(words: Words) -> Words:
    """A letter's words with a place for the apology, before whoever signs, where its writer left none."""
    if PLACE.search(words.body):
        return words
    text, _, signed = words.body.rstrip().rpartition("\n\n")
    body = (
        f"{text}\n\n{{{{ {PLACEHOLDER} }}}}\n\n{signed}" if text else f"{signed}\n\n{{{{ {PLACEHOLDER} }}}}"
    )
    return replace(words, body=body)


def _dates_of(application: "Application") -> tuple[int, int]:
    """How many dates of ours ran out, and how many were kept.

    What the decision itself keeps is no date that was kept before it.
    """
    ours = Promise.objects.filter(application=application.pk).exclude(side=Side.CANDIDATE)
    before = Q(state=PromiseState.KEPT)
    if application.decided_at is not None:
        before &= Q(settled_at__lt=application.decided_at)
    counts = ours.aggregate(
        broken=Count("pk", filter=Q(state=PromiseState.BROKEN)), kept=Count("pk", filter=before)
    )
    return counts["broken"], counts["kept"]


def _count(broken: int, kept: int) -> str:
    number = NUMBERS[broken] if broken < len(NUMBERS) else str(broken)
    if kept:
        return f"We did not keep {number} of the dates that we told you."
    if broken == 1:
        return "We told you a date by which you would hear from us, and did not keep it."
    return f"We told you {number} dates and kept {'neither' if broken == 2 else 'none'} of them."
