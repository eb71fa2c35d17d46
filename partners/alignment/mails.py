"""What those who sign and decide are told, and what partners hear of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from partners.alignment.domain.contradictions import RULES
from partners.alignment.models import Contradiction, Signature
from partners.intake.domain.fields import labels
from partners.partnerships.models import Partnership

ASKED, SIGNED = "partners.sign_brief", "partners.brief_signed"
RAISED, DECIDED = "partners.contradiction", "partners.contradiction_decided"

_WHO = {
    "name": "Mara",
    "requisition.title": "Data Engineer",
    "link": "https://accord.example/partners/sign/1/",
}
_LINK = frozenset({"link"})

declare(
    [
        MailRole(
            name=ASKED,
            label=gettext_noop("A brief to sign"),
            to_partner=True,
            placeholders=_WHO
            | {
                "function": "Compensation",
                "brief.version": "2",
                "brief.changed": "New since you signed: pay range.",
                "asker.name": "Robin Recruiter",
                "due.day": "Thursday 26 November",
            },
            words={
                "en": Words(
                    subject="To sign by {{ due.day }}: the brief for {{ requisition.title }}",
                    body="""Hello {{ name }},

both partners have settled version {{ brief.version }} of the brief for {{ requisition.title }}. You sign for {{ function }}: yes, yes with a concern, or no with your reason. {{ brief.changed }}

Please sign by {{ due.day }}. It takes about two minutes, also on a phone.

[Read and sign]({{ link }})

{{ asker.name }} answers your questions.""",  # noqa: E501
                )
            },
            links=_LINK,
        ),
        MailRole(
            name=SIGNED,
            label=gettext_noop("A brief is signed with a concern, or not"),
            to_partner=True,
            placeholders=_WHO
            | {
                "signer.name": "Carla Comp",
                "function": "Compensation",
                "said": "No: the range is below what we pay for this already.",
            },
            words={
                "en": Words(
                    subject="{{ function }} on the brief for {{ requisition.title }}",
                    body="""Hello {{ name }},

{{ signer.name }} has looked at the brief for {{ requisition.title }} for {{ function }}.

{{ said }}

[See what each function says]({{ link }})""",
                )
            },
            links=_LINK,
        ),
        MailRole(
            name=RAISED,
            label=gettext_noop("A contradiction to decide"),
            to_partner=True,
            placeholders=_WHO
            | {
                "title": "Bar above the pay",
                "said": "The bar is A, and the pay stands at the 40th percentile of the market.",
                "above": "head of Data",
                "partners": "Robin Recruiter and Mara Manager",
                "due.day": "Thursday 26 November",
            },
            words={
                "en": Words(
                    subject="To decide by {{ due.day }}: {{ title }}, {{ requisition.title }}",
                    body="""Hello {{ name }},

the figures of {{ requisition.title }} contradict each other:

{{ said }}

Nobody has complained: it was found by figures. {{ partners }} cannot settle it between themselves; you stand above both ({{ above }}). Say by {{ due.day }} what will be different, or accept it knowingly, with your reason.

[Look and decide]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINK,
        ),
        MailRole(
            name=DECIDED,
            label=gettext_noop("A contradiction is decided"),
            to_partner=True,
            placeholders=_WHO
            | {
                "title": "Bar above the pay",
                "decider.name": "Dana Director",
                "how": "resolved",
                "reason": "We pay the 65th percentile from now on.",
            },
            words={
                "en": Words(
                    subject="{{ title }}: {{ how }}, {{ requisition.title }}",
                    body="""Hello {{ name }},

{{ decider.name }} has decided about {{ title }} of {{ requisition.title }}: {{ how }}.

{{ reason }}

[See it]({{ link }})""",
                )
            },
            links=_LINK,
        ),
    ]
)


@ours
def asked(row: Signature, *, now: datetime) -> None:
    """The question to who signs, or once more; nobody without access is written to."""
    partnership = row.version.partnership
    new = kept(f"New since you signed: {labels(row.changed)}.") if row.changed else ""
    values = {
        "function": row.get_function_display(),
        "brief.version": str(row.version.number),
        "brief.changed": new,
        "asker.name": str(partnership.requisition.recruiter),
        "due.day": _day(row.due_at, row.person),
        "link": settings.BASE_URL + reverse("sign_brief", args=[row.pk]),
    }
    key = f"{_key(row)}:{row.reminders}:{now.isoformat()}"
    _queue(ASKED, partnership, [row.person], values, key=key, now=now)


@ours
def signed(row: Signature, *, now: datetime) -> None:
    """Both partners hear of a concern or a no; a yes stands on the page."""
    partnership = row.version.partnership
    values = {
        "signer.name": str(row.person),
        "function": row.get_function_display(),
        "said": f"{row.get_state_display()}: {row.words}",
        "link": _page(partnership),
    }
    people = [person for person in _partners(partnership) if person != row.person]
    _queue(SIGNED, partnership, people, values, key=f"{_key(row)}:said:{now.isoformat()}", now=now)


@ours
def raised(row: Contradiction, *, now: datetime) -> None:
    """To who decides, or once more."""
    if row.decider is None:
        return
    partnership = row.partnership
    values = {
        "title": str(RULES[row.rule].title),
        "said": row.said,
        "above": row.above,
        "partners": " and ".join(str(person) for person in _partners(partnership)),
        "due.day": _day(row.due_at, row.decider),
        "link": f"{_page(partnership)}#contradiction-{row.pk}",
    }
    key = f"{_key(row)}:{row.reminders}:{now.isoformat()}"
    _queue(RAISED, partnership, [row.decider], values, key=key, now=now)


@ours
def decided(row: Contradiction, *, now: datetime) -> None:
    partnership = row.partnership
    values = {
        "title": str(RULES[row.rule].title),
        "decider.name": str(row.settled_by),
        "how": row.get_state_display().lower(),
        "reason": row.reason,
        "link": f"{_page(partnership)}#contradiction-{row.pk}",
    }
    _queue(DECIDED, partnership, _partners(partnership), values, key=f"{_key(row)}:decided", now=now)


def take_back(rows: Iterable[Signature], *, now: datetime) -> None:
    """What has not left of these questions does not leave."""
    for row in rows:
        outbox.cancel(roles_=[ASKED], idempotency_key__startswith=f"{ASKED}:{_key(row)}:", now=now)


def take_back_raised(rows: Iterable[Contradiction], *, now: datetime) -> None:
    for row in rows:
        outbox.cancel(roles_=[RAISED], idempotency_key__startswith=f"{RAISED}:{_key(row)}:", now=now)


def _key(row: Signature | Contradiction) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def _partners(partnership: Partnership) -> list[User]:
    requisition = partnership.requisition
    both = (requisition.recruiter, requisition.hiring_manager)
    return list(dict.fromkeys(person for person in both if person is not None and person.is_active))


def _page(partnership: Partnership) -> str:
    return settings.BASE_URL + reverse("alignment", args=[partnership.pk])


def _day(moment: datetime, reader: User) -> str:
    return date_format(moment.astimezone(reader.zone), "l j F")


def _queue(
    role: str,
    partnership: Partnership,
    people: Iterable[User],
    values: Mapping[str, str],
    *,
    key: str,
    now: datetime,
) -> None:
    requisition = partnership.requisition
    sender = requisition.recruiter
    for person in people:
        if not person.is_active:
            continue
        told = {"name": person.get_short_name(), "requisition.title": requisition.title}
        message = outbox.write(
            role, organisation=requisition.organisation, language=person.language, values={**values, **told}
        )
        replies = sender.email if sender.is_active and sender != person else ""
        outbox.queue(
            role,
            to=outbox.To(address=person.email, name=person.name, reply_to=replies),
            message=message,
            key=f"{role}:{key}:{person.pk}",
            now=now,
            about=partnership.about(),
        )
