"""What leaves the house about a check-in: to both partners, with the calendar file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from partners.checkins import agenda, calendar, mails
from partners.checkins.models import CheckIn
from partners.partnerships.models import Partnership, PartnerSide

NOTHING = "- Nothing at the moment"


def leaders(check_in: CheckIn) -> dict[PartnerSide, User]:
    requisition = check_in.partnership.requisition
    both = {PartnerSide.RECRUITER: requisition.recruiter, PartnerSide.MANAGER: requisition.hiring_manager}
    return {side: person for side, person in both.items() if person is not None}


def when(check_in: CheckIn, reader: User) -> str:
    return date_format(check_in.scheduled_at.astimezone(reader.zone), "l j F, H:i T")


def send_agenda(check_in: CheckIn, *, now: datetime) -> None:
    """The agenda to both, with the invitation."""
    for side, person in leaders(check_in).items():
        _send(
            mails.AGENDA,
            check_in,
            person=person,
            now=now,
            values=_agenda_values(check_in, side, person, now=now),
        )


def send_moved(check_in: CheckIn, *, now: datetime) -> None:
    """The new time to both, and to whoever is no partner any more that it is off their calendar."""
    for person in leaders(check_in).values():
        _send(mails.MOVED, check_in, person=person, now=now, values={})


def send_cancelled(check_in: CheckIn, *, why: str, to: Iterable[User], now: datetime) -> None:
    for person in to:
        _send(mails.CANCELLED, check_in, person=person, now=now, values={"why": why})


def send_rhythm(partnership: Partnership, *, rhythm: str, by: User, now: datetime) -> None:
    """Whoever of the two did not choose it is told of the new rhythm."""
    requisition = partnership.requisition
    for person in (requisition.recruiter, requisition.hiring_manager):
        if person is None or person == by:
            continue
        message = outbox.write(
            mails.RHYTHM,
            organisation=requisition.organisation,
            language=person.language,
            values={
                "partner.first_name": person.get_short_name(),
                "other.name": str(by),
                "requisition.title": requisition.title,
                "check_in.rhythm": rhythm,
                "link": settings.BASE_URL + reverse("partnership", args=[partnership.pk]),
            },
        )
        outbox.queue(
            mails.RHYTHM,
            to=outbox.To(address=person.email, name=person.name, from_name=by.name, reply_to=by.email),
            message=message,
            key=f"check-in-rhythm:{partnership.pk}:{now.isoformat()}:{person.pk}",
            now=now,
            about=partnership.about(),
        )


def invited(check_in: CheckIn) -> list[User]:
    """Everybody who has this check-in in a calendar because of us."""
    rows = OutgoingMail.objects.filter(idempotency_key__startswith=f"check-in:{check_in.pk}:")
    return list(User.objects.filter(email__in=rows.values("to")).order_by("pk"))


def _send(role: str, check_in: CheckIn, *, person: User, now: datetime, values: dict[str, str]) -> None:
    both = leaders(check_in)
    organiser = both[PartnerSide.RECRUITER]
    other = next((each for each in both.values() if each != person), organiser)
    link = _link(role, check_in)
    message = outbox.write(
        role,
        organisation=check_in.partnership.requisition.organisation,
        language=person.language,
        values=values
        | {
            "partner.first_name": person.get_short_name(),
            "other.name": str(other),
            "requisition.title": check_in.partnership.requisition.title,
            "check_in.when": when(check_in, person),
            "link": link,
        },
    )
    cancels = role == mails.CANCELLED
    file = calendar.invitation(
        check_in,
        cancelled=cancels,
        organiser=organiser,
        attendees=[person] if cancels else both.values(),
        description=check_in.agenda.get("standing", ""),
        link=link,
        now=now,
    )
    outbox.queue(
        role,
        to=outbox.To(address=person.email, name=person.name, from_name=other.name, reply_to=other.email),
        message=message,
        key=f"check-in:{check_in.pk}:{check_in.sequence}:{role}:{person.pk}",
        now=now,
        about=check_in.about(),
        attachments=[file],
    )


def _link(role: str, check_in: CheckIn) -> str:
    if role == mails.CANCELLED:
        return settings.BASE_URL + reverse("partnership", args=[check_in.partnership_id])
    return settings.BASE_URL + reverse("check_in", args=[check_in.pk])


def _agenda_values(check_in: CheckIn, side: PartnerSide, reader: User, *, now: datetime) -> dict[str, str]:
    facts = check_in.agenda
    other = PartnerSide.MANAGER if side == PartnerSide.RECRUITER else PartnerSide.RECRUITER
    tallies = [
        f"- {each.label}: {agenda.counts_in_words(facts['sides'][each.value]['counts'])}"
        for each in PartnerSide
    ]
    return {
        "agenda.as_of": _as_of(check_in, reader, now=now),
        "agenda.standing": facts["standing"],
        "agenda.yours": _steps(facts["sides"][side.value]["next"], reader),
        "agenda.theirs": _steps(facts["sides"][other.value]["next"], reader),
        "agenda.kept": "\n".join(tallies),
        "agenda.moved": f"- {agenda.moves_in_words(facts['moved'])}",
    }


def _as_of(check_in: CheckIn, reader: User, *, now: datetime) -> str:
    """The moment of the figures, and what happened since where the mail is younger than they are."""
    written = check_in.agenda_written_at or now
    said = f"As of {date_format(written.astimezone(reader.zone), 'l j F, H:i T')}."
    moved = agenda.moved_since(check_in.partnership.requisition_id, since=written, now=now)
    return f"{said} Since then: {agenda.moves_in_words(moved)}." if moved else said


def _steps(steps: list[dict[str, Any]], reader: User) -> str:
    said = []
    for step in steps:
        due = parse_datetime(step["due_at"]) if step["due_at"] else None
        by = (
            f", {'was due' if step['late'] else 'due'} {date_format(due.astimezone(reader.zone), 'l j F')}"
            if due
            else ""
        )
        said.append(f"- {step['text']}{by}")
    return "\n".join(said) or NOTHING
