"""What an interviewer writes: pure checks of it, and the form in which it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.scorecards.models import Rating, Scorecard, ScorecardMark

MAX_TEXT = 10_000
MAX_WHY = 300


@dataclass(frozen=True)
class Given:
    """The rating of one criterion and what was seen or heard for it."""

    rating: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that is typed on a scorecard. `marks` are by their position on it."""

    marks: Mapping[int, Given] = field(default_factory=dict)
    recommendation: str = ""
    reason: str = ""
    private_notes: str = ""


def content_of(scorecard: Scorecard, marks: Iterable[ScorecardMark]) -> Content:
    """What is kept of it now."""
    return Content(
        marks={mark.position: Given(mark.rating, mark.evidence) for mark in marks},
        recommendation=scorecard.recommendation,
        reason=scorecard.reason,
        private_notes=scorecard.private_notes,
    )


def cleaned(given: Content, marks: Iterable[ScorecardMark]) -> Content:
    """`given` for exactly these marks; `Invalid` for a rating that does not exist or a text without end."""
    return Content(
        marks={mark.position: _given(given.marks.get(mark.position, Given()), mark) for mark in marks},
        recommendation=_rating(given.recommendation, field="recommendation"),
        reason=_text(given.reason, field="reason"),
        private_notes=_text(given.private_notes, field="private_notes"),
    )


def missing(content: Content, marks: Iterable[ScorecardMark]) -> list[tuple[str, str]]:
    """What has to be there before it can be handed in: the name of each empty field, and what it asks for."""
    found = []
    for mark in marks:
        given = content.marks.get(mark.position, Given())
        if not given.rating:
            text = gettext("Choose one of the four: %(criterion)s.") % {"criterion": mark.name}
            found.append((f"rating_{mark.position}", text))
        if not given.evidence.strip():
            text = gettext("Write what you saw or heard that led to your rating: %(criterion)s.")
            found.append((f"evidence_{mark.position}", text % {"criterion": mark.name}))
    if not content.recommendation:
        found.append(("recommendation", gettext("Choose one of the four.")))
    if not content.reason.strip():
        found.append(("reason", gettext("Say in a few words what decided it.")))
    return found


def as_json(content: Content, marks: Iterable[ScorecardMark]) -> dict[str, Any]:
    """What a version keeps: everything but the private notes, with the criteria's words as they were."""
    return {
        "recommendation": content.recommendation,
        "reason": content.reason,
        "marks": [
            {
                "criterion": mark.criterion_id,
                "name": mark.name,
                "is_must": mark.is_must,
                "rating": content.marks[mark.position].rating,
                "evidence": content.marks[mark.position].evidence,
            }
            for mark in marks
        ],
    }


def _given(given: Given, mark: ScorecardMark) -> Given:
    place = mark.position
    return Given(
        _rating(given.rating, field=f"rating_{place}"), _text(given.evidence, field=f"evidence_{place}")
    )


def _rating(value: str, *, field: str) -> str:
    if value and value not in Rating.values:
        raise Invalid(gettext("Choose one of the four."), field=field)
    return value


def _text(value: str, *, field: str) -> str:
    # Browsers send lines ending with CR LF; what is compared and kept ends with LF.
    text = value.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > MAX_TEXT:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": f"{MAX_TEXT:,}"}, field=field)
    return text
