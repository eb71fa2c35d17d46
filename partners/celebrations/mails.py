"""The one warm line to somebody who took part."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from partners.celebrations.models import Celebration
from partners.celebrations.queries import line_of
from partners.partnerships.models import Partnership

TOLD = "partners.celebration"

declare(
    [
        MailRole(
            name=TOLD,
            label=gettext_noop("Something to celebrate"),
            to_partner=True,
            placeholders={
                "name": "Mara",
                "requisition.title": "Data Engineer",
                "celebration": "Together you found somebody for Data Engineer, 9 days sooner than usual here.",
                "link": "https://accord.example/partners/celebrations/",
            },
            words={
                "en": Words(
                    subject="Well done: {{ requisition.title }}",
                    body="""Hello {{ name }},

{{ celebration }} Thank you for your part in it.

[See it]({{ link }})

If you would rather not get these, the same page switches them off.""",
                )
            },
            links=frozenset({"link"}),
        )
    ]
)


def key_of(celebration: Celebration) -> str:
    """How the keys of all mails begin that this celebration is the first in."""
    return f"{TOLD}:{celebration.pk}:"


@ours
def send(person: User, partnership: Partnership, rows: Sequence[Celebration], *, now: datetime) -> None:
    """One mail, also where there are several lines; it is about the role, and names no candidate."""
    role = partnership.requisition
    values = {
        "name": person.get_short_name(),
        "requisition.title": role.title,
        "celebration": " ".join(line_of(row) for row in rows),
        "link": settings.BASE_URL + reverse("celebrations"),
    }
    outbox.queue(
        TOLD,
        to=outbox.To(address=person.email, name=person.name),
        message=outbox.write(TOLD, values=values, organisation=role.organisation, language=person.language),
        key=f"{key_of(rows[0])}{person.pk}",
        now=now,
        about=partnership.about(),
    )
