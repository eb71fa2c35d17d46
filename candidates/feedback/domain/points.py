"""Points of feedback: put together from what was recorded, never invented; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.feedback.models import Depth

CLIENT, CARD = "c", "s"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that was seen or heard on a criterion: by an interviewer, or noted as a client's word."""

    source: str
    pk: int
    criterion: str
    words: str
    who: str
    """For whoever writes; never in what is sent."""
    where: str = ""
    rating: str = ""
    number: int = 0
    tongue: str = ""
    """The language that the words seem to be in, where that is another than the candidate's."""

    @property
    def key(self) -> str:
        return f"{self.source}{self.pk}"

    @property
    def is_clients(self) -> bool:
        return self.source == CLIENT

    @property
    def seal(self) -> str:
        """The same as long as nobody has corrected it."""
        seen = "\x1f".join((self.key, str(self.number), self.criterion, self.rating, self.words))
        return f"{self.key}-{sha256(seen.encode()).hexdigest()[:12]}"


def text_of(points: Sequence[Evidence]) -> str:
    """The points as they begin in the message: each criterion once, with what was seen and heard for it."""
    by_criterion: dict[str, list[str]] = {}
    for point in points:
        by_criterion.setdefault(point.criterion, []).append(point.words.strip())
    return "\n\n".join(f"{name}: {_joined(words)}" for name, words in by_criterion.items())


def _joined(words: list[str]) -> str:
    return " ".join(" ".join(said.split("\n")) if len(words) > 1 else said for said in words)


def check_depth(points: Sequence[Evidence], depth: Depth) -> None:
    """`Invalid` where these are more than somebody who came as far is told."""
    most = {Depth.NONE: 0, Depth.ONE: 1}.get(depth)
    if most is not None and len(points) > most:
        said = {
            Depth.NONE: gettext("Who came as far as this is told the reason alone: choose no points."),
            Depth.ONE: gettext("Who came as far as this is told one point: choose one."),
        }
        raise Invalid(said[depth], field="points")
    if depth == Depth.EACH and len({point.criterion for point in points}) < len(points):
        raise Invalid(
            gettext("Who came as far as this is told one point for each criterion: choose one of each."),
            field="points",
        )
