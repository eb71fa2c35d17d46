"""The messages of the conversation."""

from ats.mail.roles import MailRole, Words, declare
from candidates.experience.letters import CANDIDATE

declare(
    [
        MailRole(
            name="conversation.message",
            label="A message to a candidate",
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
            name="conversation.received",
            label="A candidate wrote",
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
