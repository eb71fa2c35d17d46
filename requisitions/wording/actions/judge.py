"""Putting a refused text before a lead, who alone may say that the rule misread it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.db import transaction
from django.urls import reverse

from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from requisitions.wording import mails
from requisitions.wording.models import Misreading, MisreadingState
from requisitions.wording.queries import lawful

ANSWER = "requisitions.change_wording"
LONGEST_WHY = 300


@transaction.atomic
def ask(*, token: str, by: User, now: datetime) -> Misreading:
    """Put what was refused before the leads; asked again, it is the same question."""
    try:
        asked = lawful.asked_in(token)
    except BadSignature:
        raise Invalid(gettext("Save it once more, and ask from there.")) from None
    facts = {name: asked[name] for name in ("what", "text", "words", "topic", "reason")}
    reading, new = Misreading.objects.get_or_create(
        place=asked["place"],
        digest=lawful.digest(asked["text"]),
        defaults=facts
        | {
            "what": asked["what"][:200],
            "words": asked["words"][:500],
            "subject": asked["about"],
            "asked_by": by,
            "asked_at": now,
        },
    )
    if new:
        _noted("wording.misreading_asked", reading, by=by, now=now)
        _tell_leads(reading, by=by, now=now)
    return reading


@transaction.atomic
def answer(*, misreading_id: int, is_misread: bool, why: str, by: User, now: datetime) -> Misreading:
    """The rule misread it, and that text is taken in that place; or it stands, and another wording is needed."""
    if not by.has_perm(ANSWER):
        raise NotAllowed(
            gettext("Only the recruiting lead and administrators say that a rule misread a text.")
        )
    lock(Misreading, misreading_id)
    reading = Misreading.objects.filter(pk=misreading_id).first()
    if reading is None:
        raise Missing(gettext("There is no such question."))
    if reading.state != MisreadingState.ASKED:
        raise WrongState(gettext("Somebody has answered this already."))
    why = why.strip()
    if is_misread and not why:
        raise Invalid(gettext("Say what the rule misread: it stays in the record."), field="why")
    if len(why) > LONGEST_WHY:
        raise Invalid(
            gettext("Keep it under %(LONGEST_WHY)s characters.") % {"LONGEST_WHY": LONGEST_WHY}, field="why"
        )
    reading.state = MisreadingState.MISREAD if is_misread else MisreadingState.STANDS
    reading.answered_by, reading.answered_at, reading.why = by, now, why
    reading.save(update_fields=["state", "answered_by", "answered_at", "why"])
    verb = "wording.misread" if is_misread else "wording.stands"
    _noted(verb, reading, by=by, now=now, why=why)
    if reading.asked_by != by:
        _tell_who_asked(reading, by=by, now=now)
    return reading


def _tell_leads(reading: Misreading, *, by: User, now: datetime) -> None:
    for lead in User.objects.filter(role=Role.LEAD, is_active=True).exclude(pk=by.pk).order_by("pk"):
        if not (lead.works_for is None or reading.subject.get("organisation_id") in lead.works_for):
            continue
        values = {
            "author.name": str(by),
            "what": reading.what,
            "topic": reading.topic.lower(),
            "link": settings.BASE_URL + reverse("wording_misreadings"),
        }
        _write(mails.ASKED, lead, values, reading, now=now)


def _tell_who_asked(reading: Misreading, *, by: User, now: datetime) -> None:
    taken = reading.state == MisreadingState.MISREAD
    values = {
        "lead.name": str(by),
        "what": reading.what,
        "outcome": kept(
            "The rule misread it: save it again as it stands." if taken else "It needs another wording."
        ),
        "why": reading.why,
    }
    _write(mails.ANSWERED, reading.asked_by, values, reading, now=now)


def _write(role: str, to: User, values: dict[str, str], reading: Misreading, *, now: datetime) -> None:
    # About nobody: what is kept of a candidate's messages is for their own page.
    message = outbox.write(
        role,
        values=values | {"user.first_name": to.get_short_name()},
        organisation=None,
        language=to.language,
    )
    outbox.queue(
        role,
        to=outbox.To(address=to.email, name=to.name),
        message=message,
        key=f"{role}:{reading.pk}:{to.pk}",
        now=now,
    )


def _noted(verb: str, reading: Misreading, *, by: User, now: datetime, **more: Any) -> None:
    data = {"topic": reading.topic.lower(), "what": reading.what, "words": reading.words} | more
    record(verb, subject=reading, by=by, now=now, data=data)
