"""What a lead gets who is asked whether an applicant works here."""

from datetime import datetime

from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal import queries

DOUBTED = "internal.doubted"

declare(
    [
        MailRole(
            name=DOUBTED,
            label=gettext_noop("Does this applicant work here? To the recruiting lead"),
            placeholders={
                "user.first_name": "Lena",
                "recruiter.name": "Robin Recruiter",
                "job.title": "Data engineer",
                "reason": "They took the question for one about where they live.",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="Does an applicant for {{ job.title }} work here?",
                    body="Hello {{ user.first_name }},\n\n"
                    "an applicant for {{ job.title }} said that they work here, and {{ recruiter.name }} says that "
                    "they do not:\n\n{{ reason }}\n\n"
                    "Until you confirm it the role's manager sees nothing of them. Ask yourself whether they could be "
                    "uncovered to their own manager by it: confirm it only where you know that they do not work "
                    "here.\n\n[See the application]({{ link }})",
                )
            },
        )
    ]
)


def ask_lead(application: Application, *, reason: str, by: User, now: datetime) -> None:
    """To each lead who may settle it."""
    role = application.requisition
    for lead in queries.able_to_settle_doubt(application, by):
        values = {
            "user.first_name": lead.get_short_name(),
            "recruiter.name": str(by),
            "job.title": role.title,
            "reason": reason,
            "link": letters.staff_link(reverse("application", args=[application.pk])),
        }
        outbox.queue(
            DOUBTED,
            to=letters.to_user(lead),
            message=outbox.write(
                DOUBTED, organisation=role.organisation, language=lead.language, values=values
            ),
            key=f"{DOUBTED}:{application.pk}:{lead.pk}:{now.isoformat()}",
            now=now,
            about=application.about(),
        )
