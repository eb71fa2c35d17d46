"""The warm line of a celebration, from its facts; no database, no clock."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ats.kernel.kept import kept
from ats.kernel.when import counted

LONGEST = 400
FEWEST = 5
"""Hires below which an organisation's median says nothing."""


@dataclass(frozen=True)
class Saved:
    """How many days sooner it was than the target start (`target`), or than is usual here (`median`)."""

    days: int
    against: str
    hires: int = 0


@dataclass(frozen=True)
class Usual:
    """From opening to the first day, as it went here before."""

    days: float
    hires: int


def saved(*, opened: date | None, starts: date | None, target: date | None, usual: Usual) -> Saved | None:
    """Against the target start where it was reached sooner, else against the median; None where nothing was saved."""
    if starts is None:
        return None
    if target is not None and starts < target:
        return Saved((target - starts).days, "target")
    if opened is None or usual.hires < FEWEST:
        return None
    days = round(usual.days - (starts - opened).days)
    return Saved(days, "median", usual.hires) if days > 0 else None


def in_facts(found: Saved | None) -> dict[str, Any]:
    return {"saved": asdict(found)} if found else {}


def line(kind: str, title: str, facts: Mapping[str, Any]) -> str:
    """What is said of it, without anybody's name: mails are read on trains."""
    if kind == "hire":
        sooner = _sooner(facts.get("saved"))
        return kept(
            f"Together you found somebody for {title}, {sooner}."
            if sooner
            else f"Together you found somebody for {title}."
        )
    if kind == "goal":
        day, seats = _day(facts["target"]), facts["seats"]
        return kept(
            f"The seat of {title} is filled by the start that you had set, {day}."
            if seats == 1
            else f"All {seats} seats of {title} are filled by the start that you had set, {day}."
        )
    return kept(f"A candidate for {title} has kind words for you: “{facts['words']}”")


def shortened(words: str) -> str:
    """On one line, and no longer than one reads at a glance."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _sooner(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return ""
    days = counted(found["days"], "day", "days")
    if found["against"] == "target":
        return kept(f"{days} before the start that you had set")
    return kept(f"{days} sooner than usual here (the median of {found['hires']} hires)")


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"
