"""What partners get about a check-in, each time with the calendar file."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from ats.mail.roles import MailRole, Words, declare
from partners.checkins.domain import calendar_file
from partners.checkins.models import CheckIn
from partners.checkins.queries import agenda_in_mail
from partners.partnerships.models import Partnership, PartnerSide
from requisitions.roles.actions.act_by_mail import by_mail_link as role_link

AGENDA, MOVED, CANCELLED = "partners.check_in", "partners.check_in_moved", "partners.check_in_cancelled"
REFUSED = "partners.check_in_refused"
BY_MAIL = "check_in"
"""The purpose of a link in a mail (`ats/by_mail`): to say that one comes, or what came of it."""
RHYTHM, RAISED = "partners.check_in_rhythm", "partners.check_in_raised"
SKIPPED = "partners.check_ins_skipped"

_WHO = {
    "partner.first_name": "Mara",
    "other.name": "Robin Recruiter",
    "requisition.title": "Data Engineer",
    "check_in.when": "Thursday 26 November, 10:00 CET",
    "link": "https://accord.example/partners/check-ins/1/",
}
_LINKS = frozenset({"link"})

declare(
    [
        MailRole(
            name=AGENDA,
            label=gettext_noop("Agenda of a check-in"),
            to_partner=True,
            placeholders=_WHO
            | {
                "agenda.as_of": "As of Wednesday 25 November, 09:00 CET.",
                "agenda.standing": "2 of 3 seats are open. 14 people are in play.",
                "agenda.because": "What there is to speak about:\n\n- An offer was declined.",
                "agenda.yours": "- Give a view on 3 candidates, due Tuesday 24 November",
                "agenda.theirs": "- Present the first slate, due Friday 27 November",
                "agenda.kept": "- Recruiter: 4 kept, 1 late\n- Hiring manager: 3 kept",
                "agenda.moved": "- 12 people applied, 4 moved on, 2 were declined",
            },
            words={
                "en": Words(
                    subject="Check-in on {{ requisition.title }}, {{ check_in.when }}",
                    body="""Hello {{ partner.first_name }},

you and {{ other.name }} look at {{ requisition.title }} together on {{ check_in.when }}. {{ agenda.standing }} {{ agenda.as_of }}

{{ agenda.because }}

Your part:

{{ agenda.yours }}

The part of {{ other.name }}:

{{ agenda.theirs }}

Since the last time:

{{ agenda.moved }}

What we promised each other:

{{ agenda.kept }}

[Say that you come, or open the agenda]({{ link }})

You both get the same facts. The calendar file is attached.""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=MOVED,
            label=gettext_noop("Check-in moved"),
            to_partner=True,
            placeholders=_WHO,
            words={
                "en": Words(
                    subject="Moved: check-in on {{ requisition.title }}, now {{ check_in.when }}",
                    body="""Hello {{ partner.first_name }},

the check-in with {{ other.name }} on {{ requisition.title }} is now on {{ check_in.when }}. The attached file moves it in your calendar.

[Say that you come, or open the check-in]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=RAISED,
            label=gettext_noop("Check-in brought forward for a reason"),
            to_partner=True,
            placeholders=_WHO
            | {"because": "- 2 commitments were missed since the last check-in: 2 of the recruiter."},
            words={
                "en": Words(
                    subject="Check-in on {{ requisition.title }} sooner: {{ check_in.when }}",
                    body="""Hello {{ partner.first_name }},

something speaks for looking at {{ requisition.title }} together with {{ other.name }} sooner than planned:

{{ because }}

That is what the figures say, and nobody asked for it. {{ check_in.when }} is proposed; either of you can move it. The attached file puts it in your calendar, and the agenda comes the working day before.

[Say that you come, or open the check-in]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=SKIPPED,
            label=gettext_noop("Two check-ins in a row were not held, to the recruiting lead"),
            placeholders={
                "name": "Lena",
                "recruiter.name": "Robin Recruiter",
                "manager.name": "Mara Manager",
                "requisition.title": "Data Engineer",
                "numbers": "3 and 4",
                "link": "https://accord.example/partners/1/",
            },
            words={
                "en": Words(
                    subject="{{ requisition.title }}: two check-ins in a row were not held",
                    body="""Hello {{ name }},

{{ recruiter.name }} and {{ manager.name }} have not held check-ins {{ numbers }} on {{ requisition.title }}. The figures do not say why. A word from you may help: is the time a bad one, or is something in the way?

Both of them see that you were told. You hear of it once.

[See how the role stands]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=REFUSED,
            label=gettext_noop("A partner cannot come to a check-in"),
            to_partner=True,
            placeholders=_WHO,
            words={
                "en": Words(
                    subject="{{ other.name }} cannot come on {{ check_in.when }}: {{ requisition.title }}",
                    body="""Hello {{ partner.first_name }},

{{ other.name }} cannot come to the check-in on {{ requisition.title }} on {{ check_in.when }}: that is what their calendar answered. Nothing is moved by it; either of you can choose another time.

[Choose another time]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=CANCELLED,
            label=gettext_noop("Check-in cancelled"),
            to_partner=True,
            placeholders=_WHO | {"why": "the role was filled"},
            words={
                "en": Words(
                    subject="Cancelled: check-in on {{ requisition.title }}",
                    body="""Hello {{ partner.first_name }},

the check-in on {{ requisition.title }} on {{ check_in.when }} does not take place: {{ why }}. The attached file takes it out of your calendar.

[Open the partnership]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=RHYTHM,
            label=gettext_noop("Check-ins at other times"),
            to_partner=True,
            placeholders={name: said for name, said in _WHO.items() if name != "check_in.when"}
            | {"check_in.rhythm": "every 2 weeks on Tuesday at 10:00"},
            words={
                "en": Words(
                    subject="Check-ins on {{ requisition.title }}: {{ check_in.rhythm }}",
                    body="""Hello {{ partner.first_name }},

{{ other.name }} has changed when you two look at {{ requisition.title }} together: {{ check_in.rhythm }} from now on.

If that does not suit you, either of you can change it.

[Open the partnership]({{ link }})""",
                )
            },
            links=_LINKS,
        ),
    ]
)


def leaders(check_in: CheckIn) -> dict[PartnerSide, User]:
    requisition = check_in.partnership.requisition
    both = {PartnerSide.RECRUITER: requisition.recruiter, PartnerSide.MANAGER: requisition.hiring_manager}
    return {side: person for side, person in both.items() if person is not None}


def when(check_in: CheckIn, reader: User) -> str:
    return date_format(check_in.scheduled_at.astimezone(reader.zone), "l j F, H:i T")


@ours
def send_agenda(check_in: CheckIn, *, now: datetime) -> None:
    """The agenda to both, with the invitation."""
    for side, person in leaders(check_in).items():
        _send(
            AGENDA,
            check_in,
            person=person,
            now=now,
            values=agenda_in_mail.values(check_in, side, person, now=now),
        )


@ours
def send_raised(check_in: CheckIn, *, now: datetime) -> None:
    """The proposed time to both, with the reasons and the invitation."""
    because = "\n".join(f"- {reason.said}" for reason in check_in.reasons.all())
    for person in leaders(check_in).values():
        _send(RAISED, check_in, person=person, now=now, values={"because": because})


@ours
def send_skipped(check_in: CheckIn, *, numbers: str, to: Iterable[User], now: datetime) -> None:
    requisition = check_in.partnership.requisition
    for person in to:
        values = {
            "name": person.get_short_name(),
            "recruiter.name": str(requisition.recruiter),
            "manager.name": str(requisition.hiring_manager),
            "requisition.title": requisition.title,
            "numbers": numbers,
            "link": settings.BASE_URL + reverse("partnership", args=[check_in.partnership_id]),
        }
        organisation = requisition.organisation
        outbox.queue(
            SKIPPED,
            to=outbox.To(address=person.email, name=person.name),
            message=outbox.write(SKIPPED, values=values, organisation=organisation, language=person.language),
            key=f"{SKIPPED}:{check_in.pk}:{person.pk}",
            now=now,
            about=check_in.about(),
        )


@ours
def send_moved(check_in: CheckIn, *, now: datetime) -> None:
    """The new time to both, and to whoever is no partner any more that it is off their calendar."""
    for person in leaders(check_in).values():
        _send(MOVED, check_in, person=person, now=now, values={})


@ours
def send_refused(check_in: CheckIn, *, by: User, now: datetime) -> None:
    """To who leads the other side: this time does not fit, and who could move it."""
    for person in leaders(check_in).values():
        # The key is not among those of who has a file of it (`invited`).
        _tell_other(
            REFUSED,
            check_in.partnership,
            person=person,
            by=by,
            values={"check_in.when": when(check_in, person), "link": _link(REFUSED, check_in)},
            key=f"check-in-refused:{check_in.pk}:{by.pk}:{now.isoformat()}",
            now=now,
            about=check_in.about(),
        )


@ours
def send_cancelled(check_in: CheckIn, *, why: str, to: Iterable[User], now: datetime) -> None:
    for person in to:
        _send(CANCELLED, check_in, person=person, now=now, values={"why": why})


@ours
def send_rhythm(partnership: Partnership, *, rhythm: str, by: User, now: datetime) -> None:
    """Whoever of the two did not choose it is told of the new rhythm."""
    requisition = partnership.requisition
    link = settings.BASE_URL + reverse("partnership", args=[partnership.pk])
    for person in filter(None, (requisition.recruiter, requisition.hiring_manager)):
        _tell_other(
            RHYTHM,
            partnership,
            person=person,
            by=by,
            values={"check_in.rhythm": rhythm, "link": link},
            key=f"check-in-rhythm:{partnership.pk}:{now.isoformat()}:{person.pk}",
            now=now,
            about=partnership.about(),
        )


def _tell_other(
    role: str,
    partnership: Partnership,
    *,
    person: User,
    by: User,
    values: dict[str, str],
    key: str,
    now: datetime,
    about: dict[str, int],
) -> None:
    """What one partner did, in their name to the other: nothing where that is them."""
    if person == by:
        return
    requisition = partnership.requisition
    known = {
        "partner.first_name": person.get_short_name(),
        "other.name": str(by),
        "requisition.title": requisition.title,
    }
    outbox.queue(
        role,
        to=outbox.To(address=person.email, name=person.name, from_name=by.name, reply_to=by.email),
        message=outbox.write(
            role, organisation=requisition.organisation, language=person.language, values=known | values
        ),
        key=key,
        now=now,
        about=about,
    )


def invited(check_in: CheckIn) -> list[User]:
    """Everybody who has this check-in in a calendar because of us."""
    rows = OutgoingMail.objects.filter(idempotency_key__startswith=f"check-in:{check_in.pk}:")
    return list(User.objects.filter(email__in=rows.values("to")).order_by("pk"))


def _send(role: str, check_in: CheckIn, *, person: User, now: datetime, values: dict[str, str]) -> None:
    both = leaders(check_in)
    other = next((each for each in both.values() if each != person), both[PartnerSide.RECRUITER])
    link = _link(role, check_in)
    in_mail = _by_mail(check_in, person, now=now) if role != CANCELLED else ""
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
            "link": in_mail or link,
        },
    )
    cancels = role == CANCELLED
    file = calendar_file.invitation(
        check_in,
        reader=person,
        cancelled=cancels,
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


def _by_mail(check_in: CheckIn, person: User, *, now: datetime) -> str:
    """To act from the mail, where that is allowed; empty elsewhere. Never in the calendar file, which others read."""
    role = check_in.partnership.requisition
    return role_link(BY_MAIL, subject_id=check_in.pk, user=person, role=role, now=now)


def _link(role: str, check_in: CheckIn) -> str:
    if role == CANCELLED:
        return settings.BASE_URL + reverse("partnership", args=[check_in.partnership_id])
    return settings.BASE_URL + reverse("check_in", args=[check_in.pk])
