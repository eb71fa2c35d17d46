"""What feedback begins with, how it is declined, and what colleagues hear of what was asked."""

from django.utils.translation import gettext_lazy

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import CANDIDATE

GIVEN, DECLINED = "feedback.given", "feedback.declined"
"""Texts that a person begins from; what they make of it leaves as a message of theirs."""
ASKED, LATE = "feedback.asked", "feedback.late"
TALK = gettext_lazy(
    "If you would like to talk about it, answer this message with a time that suits you, and we call you."
)

_TO_COLLEAGUES = {
    "user.first_name": "Kim",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "due": "Thursday 26 November",
    "link": "https://hiring.example.com/applications/1/feedback/",
}

declare(
    [
        MailRole(
            name=GIVEN,
            label=gettext_noop("Feedback, to begin with"),
            placeholders=CANDIDATE
            | {
                "feedback.reason": "We went on with people whose experience is closer to this role.",
                "feedback.points": "SQL: You read the plan of a slow query and found the missing index.",
                "feedback.talk": "If you would like to talk about it, answer this message.",
            },
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="Our feedback: {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for the time you gave us for {{ job.title }}. You deserve to know more than a "
                        "yes or a no.\n\n"
                        "{{ feedback.reason }}\n\n"
                        "{{ feedback.points }}\n\n"
                        "{{ feedback.talk }}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=DECLINED,
            label=gettext_noop("No feedback, and why, to begin with"),
            placeholders=CANDIDATE,
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="Your question about {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "you asked us for feedback about {{ job.title }}. We cannot give you any, and would like "
                        "to tell you why:\n\n"
                        "[why]\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name=ASKED,
            label=gettext_noop("A candidate asked for feedback"),
            placeholders=_TO_COLLEAGUES,
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} asks for feedback: {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n"
                        "{{ candidate.name }} asks for feedback on their application for {{ job.title }}. They were "
                        "told that they hear from you by {{ due }}.\n\n"
                        "[Give it, or say why not]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name=LATE,
            label=gettext_noop("Feedback that was asked for is late"),
            placeholders=_TO_COLLEAGUES | {"owner.name": "Kim Sample"},
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="Feedback is late: {{ candidate.name }}, {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n"
                        "{{ candidate.name }} asked for feedback on their application for {{ job.title }} and was "
                        "told that they hear from {{ owner.name }} by {{ due }}. Nobody has answered.\n\n"
                        "[Look at it]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
