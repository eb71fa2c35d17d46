"""The messages of the conversation."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import CANDIDATE

NOT_SENT = "conversation.not_sent"
SIGNED = "{{ recruiter.name }}\n{{ organisation.name }}"

declare(
    [
        MailRole(
            name="conversation.message",
            label=gettext_noop("A message to a candidate"),
            by_hand=True,
            placeholders=CANDIDATE,
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="Your application for {{ job.title }}",
                    body="Hello {{ candidate.first_name }},\n\n\n\n{{ recruiter.name }}\n{{ organisation.name }}",
                )
            },
        ),
        MailRole(
            name="conversation.update",
            label=gettext_noop("How it stands"),
            placeholders=CANDIDATE,
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="How your application for {{ job.title }} stands",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "a short word on your application for {{ job.title }}, so that you are not left to guess. "
                        "We are looking at it, and this is what happens next:\n\n- \n\n"
                        f"{SIGNED}"
                    ),
                )
            },
        ),
        MailRole(
            name="conversation.invitation",
            label=gettext_noop("Invitation to a conversation"),
            placeholders=CANDIDATE,
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="{{ job.title }}: shall we talk?",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we liked what you sent us for {{ job.title }} and would like to get to know you. "
                        "Would one of these times suit you?\n\n- \n- \n\n"
                        "It takes about an hour. You will talk with:\n\n- \n\n"
                        "If none of it suits you, say when it would; and tell us if there is anything that would "
                        "make the conversation easier for you.\n\n"
                        f"{SIGNED}"
                    ),
                )
            },
        ),
        MailRole(
            name="conversation.question",
            label=gettext_noop("A question about their application"),
            placeholders=CANDIDATE,
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="A question about your application for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for your application for {{ job.title }}. Before we go on, we would like to "
                        "know:\n\n- \n\n"
                        "A short answer is enough.\n\n"
                        f"{SIGNED}"
                    ),
                )
            },
        ),
        MailRole(
            name=NOT_SENT,
            label=gettext_noop("A message of yours did not leave"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "why": "the outcome was decided before its time",
                "subject": "Thursday",
                "message": "See you on Thursday.",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="Not sent to {{ candidate.name }}: {{ subject }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n"
                        "the message that you wrote to {{ candidate.name }} ({{ job.title }}) for later was not "
                        "sent: {{ why }}. This is what you wrote:\n\n"
                        "{{ message }}\n\n"
                        "If it is still true, write it again.\n\n[Open the application]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="conversation.received",
            label=gettext_noop("A candidate wrote"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "message": "When will I hear from you?",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} wrote: {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} wrote about "
                        "{{ job.title }}:\n\n"
                        "{{ message }}\n\n[Answer]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
