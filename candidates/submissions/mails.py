"""What a candidate is asked before they are put forward, what they are told of it, and what the recruiter hears."""

from datetime import datetime

from django.urls import reverse

from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.compose.letters import CANDIDATE
from candidates.internal.queries import recruiter_of

ASKED, ALSO = "submission.asked", "submission.also"
YES, NO, BACK = "submission.yes", "submission.no", "submission.back"

_PORTAL = frozenset({"portal_link"})
_HELLO = "Hello {{ candidate.first_name }},\n\n"
_TO_RECRUITER = {
    "user.first_name": "Kim",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "organisation.name": "Example Company",
    "link": "https://hiring.example.com/applications/1/",
}


def _to_recruiter(name: str, label: str, subject: str, body: str) -> MailRole:
    return MailRole(
        name=name,
        label=label,
        placeholders=_TO_RECRUITER,
        links=frozenset({"link"}),
        editable=False,
        words={
            "en": Words(
                subject=subject,
                body="Hello {{ user.first_name }},\n\n" + body + "\n\n[See their application]({{ link }})",
            )
        },
    )


declare(
    [
        MailRole(
            name=ASKED,
            label=gettext_noop("May we put you forward to this client?"),
            placeholders=CANDIDATE,
            links=_PORTAL,
            words={
                "en": Words(
                    subject="May we put you forward to {{ organisation.name }}?",
                    body=_HELLO
                    + "I would like to put you forward to {{ organisation.name }} for the role {{ job.title }}. "
                    "Nobody there sees anything of you before you say yes.\n\n"
                    "With your yes, the people who fill this role see your name, your documents, what you told us "
                    "about yourself, and what we noted about our talks. A no costs you nothing: nobody at "
                    "{{ organisation.name }} hears of it.\n\n"
                    "Please say yes or no on your page. If you have a question first, answer this message.\n\n"
                    "[Read it and answer]({{ portal_link }})\n\n"
                    "{{ recruiter.name }}",
                )
            },
        ),
        MailRole(
            name=ALSO,
            label=gettext_noop("You are put forward to this client"),
            placeholders=CANDIDATE,
            links=_PORTAL,
            words={
                "en": Words(
                    subject="You are put forward to {{ organisation.name }}: {{ job.title }}",
                    body=_HELLO
                    + "you said yes to {{ organisation.name }}, and I have put you forward there for the role "
                    "{{ job.title }}.\n\n"
                    "If you do not want that for this role, say so on your page: you can take your yes back until "
                    "it is decided.\n\n"
                    "[See where you stand]({{ portal_link }})\n\n"
                    "{{ recruiter.name }}",
                )
            },
        ),
        _to_recruiter(
            YES,
            gettext_noop("A candidate said yes to being put forward"),
            "Yes: {{ candidate.name }}, {{ organisation.name }}",
            "{{ candidate.name }} said yes to being put forward to {{ organisation.name }} for {{ job.title }}. The "
            "client's people can see them from now on.",
        ),
        _to_recruiter(
            NO,
            gettext_noop("A candidate said no to being put forward"),
            "No: {{ candidate.name }}, {{ organisation.name }}",
            "{{ candidate.name }} does not want to be put forward to {{ organisation.name }} for {{ job.title }}. "
            "Nobody there hears of it. End the application kindly, or let it wait.",
        ),
        _to_recruiter(
            BACK,
            gettext_noop("A candidate took back their yes to being put forward"),
            "Taken back: {{ candidate.name }}, {{ organisation.name }}",
            "{{ candidate.name }} took back their yes to {{ organisation.name }} for {{ job.title }}, and their "
            "application has ended with that.",
        ),
    ]
)


def tell_recruiter(role: str, application: Application, *, now: datetime) -> None:
    """Whoever serves them hears what they said."""
    user = recruiter_of(application)
    values = {
        "user.first_name": user.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "organisation.name": application.requisition.organisation.name,
        "link": letters.staff_link(reverse("application", args=[application.pk])),
    }
    message = outbox.write(role, values=values, organisation=None, language=user.language)
    key = f"{role}:{application.pk}:{application.version}:{now:%Y%m%d%H%M}"
    outbox.queue(role, to=letters.to_user(user), message=message, key=key, now=now, about=application.about())
