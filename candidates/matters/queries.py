"""What matters to somebody, point by point, as colleagues see it."""

from dataclasses import dataclass
from datetime import datetime

from candidates.applications.models import Application
from candidates.matters.domain import points
from candidates.matters.models import MatterMark, Met

SIGNS = {Met.MET: "check", Met.NOT_MET: "x", Met.UNKNOWN: "question"}


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point in their words, and what a colleague said of it."""

    words: str
    key: str
    met: Met = Met.UNKNOWN
    why: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def icon(self) -> str:
        return SIGNS[self.met]

    @property
    def label(self) -> str:
        return str(self.met.label)


def points_of(application: Application) -> list[Point]:
    """In the order in which they said them; one query, and none where nothing was said."""
    said = points.points(application.matters)
    if not said:
        return []
    rows = MatterMark.objects.filter(application=application.pk).select_related("marked_by")
    marks = {row.key: row for row in rows}
    return [_point(each, marks.get(each.key)) for each in said]


def _point(said: points.Said, mark: MatterMark | None) -> Point:
    if mark is None:
        return Point(words=said.words, key=said.key)
    return Point(
        words=said.words,
        key=said.key,
        met=Met(mark.met),
        why=mark.why,
        by=str(mark.marked_by),
        at=mark.marked_at,
    )
