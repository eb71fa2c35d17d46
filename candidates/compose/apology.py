"""What we say to somebody whom we failed: counted from the record, and said only where it is so.

The promises, a floor up, count (`counting`).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, ngettext

from ats.mail.roles import Words

if TYPE_CHECKING:
    from candidates.applications.models import Application

PLACEHOLDER = "apology"
PLACE = re.compile(r"\{\{\s*apology\s*\}\}")
SAMPLE = (
    "We told you three dates and kept none of them. You should not have had to wait like that, and we are "
    "sorry."
)
SORRY = gettext_lazy("You should not have had to wait like that, and we are sorry.")
NUMBERS = (
    gettext_lazy("no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"), gettext_lazy("twelve"),
)  # fmt: skip


Dates = Callable[["Application"], tuple[int, int]]
_dates: list[Dates] = []


def counting(dates: Dates) -> Dates:
    """Let the decorated function say how many of our dates ran out in an application, and how many were kept."""
    _dates.append(dates)
    return dates


def apology_to(application: "Application") -> str:
    """The apology that we owe for the dates told in this application; empty where every one was kept."""
    broken, kept = _dates[0](application)
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


def _count(broken: int, kept: int) -> str:
    number = str(NUMBERS[broken]) if broken < len(NUMBERS) else str(broken)
    if kept:
        said = ngettext(
            "We did not keep %(number)s of the dates that we told you.",
            "We did not keep %(number)s of the dates that we told you.",
            broken,
        )
    elif broken == 1:
        return gettext("We told you a date by which you would hear from us, and did not keep it.")
    elif broken == 2:
        return gettext("We told you two dates and kept neither of them.")
    else:
        said = ngettext(
            "We told you %(number)s dates and kept none of them.",
            "We told you %(number)s dates and kept none of them.",
            broken,
        )
    return said % {"number": number}
