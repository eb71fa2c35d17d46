"""What speaks for meeting sooner than the rhythm has it, in figures and in nobody's name: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format

from ats.kernel.kept import kept
from ats.kernel.when import counted
from partners.checkins.models import Reason
from partners.partnerships.domain.house import HouseTerms


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What happened in a role since the partners last met, the check-in `number` (0: they have not yet)."""

    number: int
    missed: dict[str, int]
    """Commitments missed since then, by side."""
    last_came_at: datetime | None
    """When somebody last applied or was added, or since when they could; None: nobody can yet."""
    dry_days: int
    """Working days since then."""
    declined: tuple[int, ...] = ()
    """Offers declined since then, by number."""
    declined_ever: int = 0
    broken_again: int = 0
    """Candidates to whom a promise was broken since then that followed a broken one."""


@dataclass(frozen=True)
class Found:
    """A reason: `key` says which occasion it is."""

    code: Reason
    key: str
    said: str


def reasons(figures: Figures, rules: HouseTerms) -> Iterator[Found]:
    """Each at most once between two check-ins; offers each by itself, and a dry spell once for as long as it lasts."""
    missed = sum(figures.missed.values())
    if 0 < rules.meet_missed <= missed:
        yield Found(Reason.MISSED, f"missed:{figures.number}", _missed(missed, figures.missed))
    if figures.last_came_at is not None and 0 < rules.meet_dry_days <= figures.dry_days:
        since = figures.last_came_at
        yield Found(Reason.NO_CANDIDATES, f"dry:{since:%Y-%m-%dT%H:%M}", _dry(figures.dry_days, since))
    for place, offer in enumerate(figures.declined, start=figures.declined_ever - len(figures.declined) + 1):
        yield Found(Reason.OFFER_DECLINED, f"offer:{offer}", _declined(place))
    if figures.broken_again:
        whom = counted(figures.broken_again, "candidate", "candidates")
        said = kept(
            f"A promise was broken for the second time: {whom} waited in vain again since the last check-in."
        )
        yield Found(Reason.BROKEN_AGAIN, f"broken:{figures.number}", said)


def _missed(number: int, by_side: dict[str, int]) -> str:
    sides = [kept(f"{by_side[side]} of the {word}") for side, word in _SIDES if by_side.get(side)]
    whole = counted(number, "commitment was", "commitments were")
    return kept(f"{whole} missed since the last check-in: {', '.join(sides)}.")


def _dry(days: int, since: datetime) -> str:
    long = counted(days, "working day", "working days")
    return kept(f"No new candidate for {long}, since {date_format(since, 'j F')}.")


def _declined(place: int) -> str:
    return (
        kept("An offer was declined.")
        if place <= 1
        else kept(f"An offer was declined, {place} of this role by now.")
    )


_SIDES = (("recruiter", kept("recruiter")), ("manager", kept("hiring manager")))
