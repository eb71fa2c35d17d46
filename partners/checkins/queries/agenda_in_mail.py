"""The agenda of a check-in in the words of a letter."""

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.kept import kept
from partners.checkins.models import CheckIn
from partners.checkins.queries import agenda
from partners.partnerships.models import PartnerSide

NOTHING = kept("- Nothing at the moment")


def values(check_in: CheckIn, side: PartnerSide, reader: User, *, now: datetime) -> dict[str, str]:
    """What fills the letter of the agenda, for the partner who leads this side."""
    facts = check_in.agenda
    other = PartnerSide.MANAGER if side == PartnerSide.RECRUITER else PartnerSide.RECRUITER
    tallies = [
        f"- {each.label}: {agenda.counts_in_words(facts['sides'][each.value]['counts'])}"
        for each in PartnerSide
    ]
    return {
        "agenda.as_of": _as_of(check_in, reader, now=now),
        "agenda.standing": facts["standing"],
        "agenda.because": _because(facts.get("because", [])),
        "agenda.yours": _steps(facts["sides"][side.value]["next"], reader),
        "agenda.theirs": _steps(facts["sides"][other.value]["next"], reader),
        "agenda.kept": "\n".join(tallies),
        "agenda.moved": f"- {agenda.moves_in_words(facts['moved'])}",
    }


def _because(said: list[str]) -> str:
    return (
        kept("What there is to speak about:") + "\n\n" + "\n".join(f"- {each}" for each in said)
        if said
        else ""
    )


def _as_of(check_in: CheckIn, reader: User, *, now: datetime) -> str:
    """The moment of the figures, and what happened since where the mail is younger than they are."""
    written = check_in.agenda_written_at or now
    said = kept(f"As of {date_format(written.astimezone(reader.zone), 'l j F, H:i T')}.")
    moved = agenda.moved_since(check_in.partnership.requisition_id, since=written, now=now)
    return kept(f"{said} Since then: {agenda.moves_in_words(moved)}.") if moved else said


def _steps(steps: list[dict[str, Any]], reader: User) -> str:
    said = []
    for step in steps:
        due = parse_datetime(step["due_at"]) if step["due_at"] else None
        text = step["text"]
        if due:
            day = date_format(due.astimezone(reader.zone), "l j F")
            text = kept(f"{text}, was due {day}" if step["late"] else f"{text}, due {day}")
        said.append(f"- {text}")
    return "\n".join(said) or NOTHING
