"""Reminders of what one owes, and the word to whoever stands above a side."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.chat import actions as chat
from ats.chat.models import What
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.kernel.when import counted
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from candidates.models import AnotherWay
from partners.commitments.domain.asked import Asked
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.lines_up import Above
from partners.commitments.models import Commitment, CommitmentState, Digest
from partners.partnerships.models import PartnerSide

DIGEST = "commitments.digest"
UNREACHED = "commitments.unreached"
ESCALATED, TO_HEAD = "commitments.escalated", "commitments.escalated_to_head"

_UP = {
    "name": "Dana",
    "role.title": "Data Engineer",
    "owner.name": "Mara Manager",
    "side": "hiring manager",
    "other.name": "Robin Recruiter",
    "list": "- Give a view on the slate, was due Thursday 26 November",
    "because": "You hear of it because no head of Engineering is named.",
}
_STORY = """Hello {{ name }},

{{ owner.name }}, {{ side }} of {{ role.title }}, promised this to {{ other.name }}, and it is still open:

{{ list }}

A word from you may help: is it too much, is something in the way, could somebody else do it?

Both of them see that you were told. {{ because }}"""
_SUBJECT = "{{ role.title }}: what {{ owner.name }} promised is late"

declare(
    [
        MailRole(
            name=DIGEST,
            label=gettext_noop("What somebody owes their partners, once a day at most"),
            to_partner=True,
            placeholders={
                "name": "Mara",
                "count": "2 things",
                "soon": "- Data Engineer: Give a view on the slate, by Thursday 26 November, 17:00",
                "past": "- Data Engineer: Decide yes or no, was due Tuesday 24 November",
                "link": "https://accord.example/partners/dashboard/",
            },
            words={
                "en": Words(
                    subject="Your part: {{ count }}",
                    body="""Hello {{ name }},

this is what your partners wait for.

{{ soon }}

{{ past }}

[See it and do it]({{ link }})

You get this at most once a day, and only when something comes due.""",
                )
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=ESCALATED,
            label=gettext_noop("What was promised and is missed, to the recruiting lead"),
            placeholders=_UP | {"link": "https://accord.example/partners/1/"},
            words={
                "en": Words(subject=_SUBJECT, body=_STORY + "\n\n[See the agreement of the two]({{ link }})")
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=UNREACHED,
            label=gettext_noop("A candidate whom nobody has reached another way, to the recruiting lead"),
            placeholders={
                "name": "Dana",
                "role.title": "Data Engineer",
                "owner.name": "Robin Recruiter",
                "why": "It came back",
                "due": "Thursday 26 November",
                "link": "https://accord.example/applications/1/another-way/",
            },
            words={
                "en": Words(
                    subject="{{ role.title }}: a candidate does not know what we wrote",
                    body="""Hello {{ name }},

a message to somebody who applied for {{ role.title }} has not reached them ({{ why }}). They were to hear it another \
way by {{ due }}, and nobody has noted that they did. It is for {{ owner.name }} to reach them; perhaps they need a \
hand.

[See who it is, and how they can be reached]({{ link }})""",
                )
            },
            links=frozenset({"link"}),
            editable=False,
        ),
        MailRole(
            name=TO_HEAD,
            label=gettext_noop("What was promised and is missed, to the head of a department"),
            to_partner=True,
            placeholders=_UP,
            words={
                "en": Words(subject=_SUBJECT, body=_STORY + "\n\nAn answer to this reaches {{ owner.name }}.")
            },
        ),
    ]
)


@ours
def send_digest(
    digest: Digest,
    owed: Sequence[Commitment],
    owner_of: Callable[[Commitment], User | None],
    *,
    others: Sequence[Asked] = (),
    now: datetime,
) -> None:
    """One message of everything; without the names of candidates, as mails are read on trains."""
    reader = digest.user
    lines = [(row.state == CommitmentState.MISSED, _line(row, reader, owner_of(row))) for row in owed]
    lines += [(asked.is_past, _asked_line(asked, reader)) for asked in others]
    past = [line for is_past, line in lines if is_past]
    things = counted(len(lines), "thing", "things")
    values = {
        "name": reader.get_short_name(),
        "count": things,
        "soon": "\n".join(line for is_past, line in lines if not is_past),
        "past": "\n".join([kept("Past its time:"), "", *past] if past else []),
        "link": settings.BASE_URL + reverse("dashboard"),
    }
    message = outbox.write(DIGEST, values=values, organisation=None, language=reader.language)
    to = outbox.To(address=reader.email, name=reader.name)
    key = f"{DIGEST}:{reader.pk}:{digest.day}"
    outbox.queue(DIGEST, to=to, message=message, key=key, now=now)
    text = kept(
        f"{things} your partners wait for, {len(past)} of them late."
        if past
        else f"{things} your partners wait for."
    )
    chat.tell_person(reader, what=What.DIGEST, key=key, text=text, path=reverse("dashboard"))


def _asked_line(asked: Asked, reader: User) -> str:
    return _said(asked.role, asked.what, asked.owner, asked.due_at, reader, is_past=asked.is_past)


def _line(row: Commitment, reader: User, owner: User | None) -> str:
    is_past = row.state == CommitmentState.MISSED
    title = row.partnership.requisition.title
    return _said(title, str(KINDS[row.kind].owed), owner, row.due_at, reader, is_past=is_past)


def _said(title: str, what: str, owner: User | None, due_at: datetime, reader: User, *, is_past: bool) -> str:
    due = due_at.astimezone(reader.zone)
    day = date_format(due, "l j F" if is_past else "l j F, H:i")
    if owner is None or owner == reader:
        return "- " + kept(f"{title}: {what}, was due {day}" if is_past else f"{title}: {what}, by {day}")
    return "- " + kept(
        f"{title}: {what} (for {owner}), was due {day}"
        if is_past
        else f"{title}: {what} (for {owner}), by {day}"
    )


@ours
def send_escalation(missed: Sequence[Commitment], *, side: str, to: Above, now: datetime) -> None:
    """To each of those above; only who oversees gets the way to the page, for nobody else may open it."""
    role = missed[0].partnership.requisition
    both: list[User | None] = [role.recruiter, role.hiring_manager]
    owner, other = both if side == PartnerSide.RECRUITER else both[::-1]
    for person in to.people:
        due = {row.pk: date_format(row.due_at.astimezone(person.zone), "l j F") for row in missed}
        values = {
            "name": person.get_short_name(),
            "role.title": role.title,
            "owner.name": str(owner),
            "side": PartnerSide(side).label.lower(),
            "other.name": str(other),
            "list": "\n".join(kept(f"- {KINDS[row.kind].owed}, was due {due[row.pk]}") for row in missed),
            "because": kept(f"You hear of it because {to.because}.") if to.because else "",
        }
        _send_up(missed[0], person, values, owner, now=now)


def _send_up(
    first: Commitment, person: User, values: dict[str, str], owner: User | None, *, now: datetime
) -> None:
    name = ESCALATED if person.oversees else TO_HEAD
    if person.oversees:
        values["link"] = settings.BASE_URL + reverse("partnership", args=[first.partnership_id])
    organisation = first.partnership.requisition.organisation
    outbox.queue(
        name,
        to=outbox.To(address=person.email, name=person.name, reply_to=owner.email if owner else ""),
        message=outbox.write(name, values=values, organisation=organisation, language=person.language),
        key=f"{ESCALATED}:{person.pk}:{first.partnership_id}:{first.pk}",
        now=now,
        about=first.about(),
    )


def day_of(moment: datetime, zone: tzinfo) -> str:
    return date_format(moment.astimezone(zone), "l j F")


def send_unreached(row: AnotherWay, person: User, owner: User, *, now: datetime) -> None:
    """To a lead, of a candidate who is late to be reached; without their name, as mails are read on trains."""
    values = {
        "name": person.get_short_name(),
        "role.title": row.application.requisition.title,
        "owner.name": str(owner),
        "why": row.get_trouble_display().lower(),
        "due": day_of(row.due_at, person.zone),
        "link": settings.BASE_URL + reverse("another_way", args=[row.application_id]),
    }
    outbox.queue(
        UNREACHED,
        to=outbox.To(address=person.email, name=person.name),
        message=outbox.write(UNREACHED, values=values, organisation=None, language=person.language),
        key=f"{UNREACHED}:{person.pk}:{row.pk}",
        now=now,
        about={"requisition_id": row.application.requisition_id},
    )
