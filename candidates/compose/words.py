"""Dates and lists as people say them."""

import unicodedata
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import get_language

from ats.kernel.languages import later, shipped
from ats.kernel.when import day_in


def day(moment: datetime, zone: tzinfo) -> str:
    """`Thursday 26 November`: the day on which `moment` falls in that zone, as the record has it."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}"


def dated(moment: datetime, zone: tzinfo) -> str:
    """`26 November 2027`: the same of a day that may be far off."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B} {local.year}"


def told_day(moment: datetime, zone: tzinfo) -> Any:
    """The same in a letter: in the language of whoever reads it (`ats.kernel.languages.later`)."""
    return later(day_in, moment, zone)


def told_what(what: str) -> Any:
    """What is promised, within a sentence of a letter: `first answer`; in the language of whoever reads it."""
    return later(lambda: first_small(shipped(what)) if get_language() != "de" else shipped(what))


def first_small(text: str) -> str:
    """`Our offer` as it stands within a sentence; words written in capitals stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def typed(text: str) -> str:
    """What somebody typed into a box of several lines, fit to be stored and sent: no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return "".join(kept).strip()
