"""What asks both partners to look back, and says that both have. Never a word of what they wrote."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from partners.partnerships.models import PartnerSide
from partners.retrospectives.models import Retrospective

ASK, READ = "partners.retrospective", "partners.retrospective_read"

_WHO = {
    "name": "Mara",
    "other.name": "Robin Recruiter",
    "requisition.title": "Data Engineer",
    "link": "https://accord.example/partners/1/retrospective/",
}

declare(
    [
        MailRole(
            name=ASK,
            label=gettext_noop("A look back at a role"),
            to_partner=True,
            placeholders=_WHO | {"due": "Tuesday 1 December"},
            words={
                "en": Words(
                    subject="Looking back at {{ requisition.title }}, by {{ due }}",
                    body="""Hello {{ name }},

{{ requisition.title }} has ended. You and {{ other.name }} look back: what you promised each other and what happened is there already. Each of you writes what helped, what hindered and what you change, in your own words, by {{ due }}.

[Look back]({{ link }})

You read each other once both have written. Nobody else does, and nothing of it is counted.""",  # noqa: E501
                )
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=READ,
            label=gettext_noop("Both have looked back"),
            to_partner=True,
            placeholders=_WHO,
            words={
                "en": Words(
                    subject="{{ other.name }} has looked back too: {{ requisition.title }}",
                    body="""Hello {{ name }},

{{ other.name }} has written as well. You can read each other now.

[Read it]({{ link }})""",
                )
            },
            links=frozenset({"link"}),
        ),
    ]
)


@ours
def ask(found: Retrospective, *, again: bool, now: datetime) -> None:
    """To whoever leads a side that has written nothing yet; `again` is the one reminder."""
    for side, person, other in _both(found):
        if found.words.filter(side=side).exists():
            continue
        due = date_format(found.due_at.astimezone(person.zone), "l j F")
        key = f"{_key(found)}{'again:' if again else ''}{found.due_at.date()}:{person.pk}"
        _send(ASK, found, person, other, {"due": due}, key=key, now=now)


@ours
def tell_the_first(found: Retrospective, *, but: User, now: datetime) -> None:
    """To whoever wrote first, who waits for it; the one who wrote last reads it at once."""
    for _, person, other in _both(found):
        if person != but:
            _send(READ, found, person, other, {}, key=f"{READ}:{found.pk}:{person.pk}", now=now)


def take_back(found: Retrospective, *, now: datetime) -> None:
    """What has not left yet does not."""
    outbox.cancel(now=now, idempotency_key__startswith=_key(found))


def _key(found: Retrospective) -> str:
    return f"{ASK}:{found.pk}:"


def _both(found: Retrospective) -> list[tuple[PartnerSide, User, User]]:
    role = found.partnership.requisition
    manager = role.hiring_manager
    if manager is None:
        return []
    pairs = [
        (PartnerSide.RECRUITER, role.recruiter, manager),
        (PartnerSide.MANAGER, manager, role.recruiter),
    ]
    return [row for row in pairs if row[1].is_active]


def _send(
    name: str,
    found: Retrospective,
    person: User,
    other: User,
    more: dict[str, str],
    *,
    key: str,
    now: datetime,
) -> None:
    role = found.partnership.requisition
    values = more | {
        "name": person.get_short_name(),
        "other.name": str(other),
        "requisition.title": role.title,
        "link": settings.BASE_URL + reverse("retrospective", args=[found.partnership_id]),
    }
    outbox.queue(
        name,
        to=outbox.To(address=person.email, name=person.name),
        message=outbox.write(name, values=values, organisation=role.organisation, language=person.language),
        key=key,
        now=now,
        about=found.about(),
    )
