"""What may be answered, and what is made of it: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext

from ats.kernel import staff_words
from ats.kernel.errors import Invalid
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from partners.outcomes.models import Again, Verdict

MOST, LONGEST, LONGEST_WORDS = 12, 500, 2000
MORNING = time(10)
SHARE = {Verdict.YES.value: 1.0, Verdict.PART.value: 0.5, Verdict.NOT_YET.value: 0.0}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One side's answers; verdicts and words stand in the order of what was asked."""

    outcomes: Sequence[tuple[str, str]]
    """A verdict and words on each."""
    points: Sequence[str]
    well_used: str
    again: str
    words: str = ""
    talked_on: date | None = None
    shared: bool = False


def tidy(lines: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The outcomes as they are kept; `Invalid` where there are none, too many, or one is too long."""
    found = [{"text": line["text"].strip(), "by": line["by"]} for line in lines if line["text"].strip()]
    if not found:
        raise Invalid(staff_words.gettext("Agree on one outcome at least."), field="expected")
    if len(found) > MOST:
        raise Invalid(
            staff_words.gettext("Keep it to %(MOST)s outcomes: the most important ones.") % {"MOST": MOST},
            field="expected",
        )
    if any(len(line["text"]) > LONGEST for line in found):
        raise Invalid(
            staff_words.gettext("Keep each outcome under %(LONGEST)s characters.") % {"LONGEST": LONGEST},
            field="expected",
        )
    return found


def fields(said: Said, *, expected: Sequence[Mapping[str, str]], points: Sequence[str]) -> dict[str, Any]:
    """The columns of an answer; `Invalid` where something is left out, or is none of the choices."""
    if len(said.outcomes) != len(expected) or len(said.points) != len(points):
        raise Invalid(gettext("What was agreed has changed meanwhile. Look at it again."))
    verdicts = [verdict for verdict, _ in said.outcomes] + list(said.points) + [said.well_used]
    if any(verdict not in Verdict.values for verdict in verdicts) or said.again not in Again.values:
        raise Invalid(gettext("Answer each question: yes, in part or not yet."))
    if any(len(words) > LONGEST_WORDS for words in [said.words, *(words for _, words in said.outcomes)]):
        raise Invalid(
            gettext("Keep your words under %(LONGEST_WORDS)s characters.") % {"LONGEST_WORDS": LONGEST_WORDS}
        )
    outcomes = [
        {"text": line["text"], "verdict": verdict, "words": words.strip()}
        for line, (verdict, words) in zip(expected, said.outcomes, strict=True)
    ]
    return {
        "outcomes": outcomes,
        "points": [{"text": a, "verdict": b} for a, b in zip(points, said.points, strict=True)],
        "met": _share(verdict for verdict, _ in said.outcomes),
        "as_said": _share(said.points),
        "well_used": said.well_used,
        "again": said.again,
        "words": said.words.strip(),
        "talked_on": said.talked_on,
        "shared": said.shared,
    }


def _share(verdicts: Iterable[str]) -> float | None:
    counted = [SHARE[verdict] for verdict in verdicts]
    return sum(counted) / len(counted) if counted else None


def opens_at(calendar: WorkingCalendar, starts_on: date | None, day: int) -> datetime | None:
    """Ten o'clock of that day after the first one, or of the next working day; None while there is no first day."""
    if starts_on is None:
        return None
    on = starts_on + timedelta(days=day)
    if not working_time.is_working_day(calendar, on):
        on = working_time.next_working_day(calendar, on)
    return datetime.combine(on, MORNING, calendar.zone)
