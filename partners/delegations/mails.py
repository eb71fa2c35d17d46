"""What a colleague is told who stands in for somebody, and what the one who is away is told of it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from partners.delegations.models import Delegation

ASKED, ENDED = "partners.delegated", "partners.delegation_ended"

_BOTH = {
    "name": "Robin",
    "owner.name": "Mara Manager",
    "delegate.name": "Robin Recruiter",
    "begins.day": "Monday 30 November",
    "ends.day": "Friday 11 December",
    "link": "https://accord.example/partners/away/",
}

declare(
    [
        MailRole(
            name=ASKED,
            label=gettext_noop("Somebody is to stand in for a colleague"),
            to_partner=True,
            placeholders=_BOTH,
            words={
                "en": Words(
                    subject="You stand in for {{ owner.name }} until {{ ends.day }}",
                    body="""Hello {{ name }},

{{ owner.name }} is away from {{ begins.day }} to {{ ends.day }} and asks you to do their part on their roles.

You look at candidates, decide, answer and meet for the check-ins in their stead, and get the reminders.

Whatever you do for them is kept with your name and theirs. Evidence from an interview stays with whoever was there.

[See which roles these are]({{ link }})

If you cannot, end it there; {{ owner.name }} is told and can ask somebody else.""",
                )
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=ENDED,
            label=gettext_noop("Somebody stands in for a colleague no more"),
            to_partner=True,
            placeholders=_BOTH | {"why": "Robin Recruiter ended it."},
            words={
                "en": Words(
                    subject="{{ delegate.name }} stands in for {{ owner.name }} no more",
                    body="""Hello {{ name }},

{{ delegate.name }} does the part of {{ owner.name }} no more. {{ why }}

[See your roles]({{ link }})""",
                )
            },
            links=frozenset({"link"}),
        ),
    ]
)


@ours
def ask(delegation: Delegation, *, now: datetime) -> None:
    _write(ASKED, delegation, to=delegation.delegate, now=now)


@ours
def tell_of_end(delegation: Delegation, *, why: str, but_not: User | None, now: datetime) -> None:
    """Both hear that it is over, but whoever ended it."""
    for person in (delegation.owner, delegation.delegate):
        if person != but_not and person.is_active:
            _write(ENDED, delegation, to=person, now=now, why=why)


def _write(role: str, delegation: Delegation, *, to: User, now: datetime, **more: str) -> None:
    zone = delegation.owner.zone
    values = {
        "name": to.get_short_name(),
        "owner.name": str(delegation.owner),
        "delegate.name": str(delegation.delegate),
        "begins.day": date_format(delegation.begins_at.astimezone(zone), "l j F"),
        "ends.day": date_format(delegation.ends_at.astimezone(zone), "l j F"),
        "link": settings.BASE_URL + reverse("delegations"),
    }
    message = outbox.write(role, values=values | more, organisation=None, language=to.language)
    outbox.queue(
        role,
        to=outbox.To(address=to.email, name=to.name),
        message=message,
        key=f"{role}:{delegation.pk}:{to.pk}",
        now=now,
    )
