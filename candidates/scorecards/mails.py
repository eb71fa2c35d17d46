"""The messages about evidence: what asks for it, and what was decided on it. None says anything of what it is."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

WANTED = "scorecards.wanted"
LATE = "scorecards.late"
DECIDED = "scorecards.decided"

PLACEHOLDERS = {
    "interviewer.first_name": "Mara",
    "candidate.name": "Alex Sample",
    "interview.name": "Technical conversation",
    "requisition.title": "Data Engineer",
    "due.day": "Thursday 26 November, 15:00",
    "link": "https://accord.example/scorecards/1/",
}

declare(
    [
        MailRole(
            name=WANTED,
            label=gettext_noop("Evidence from an interview, right after it"),
            to_partner=True,
            placeholders=PLACEHOLDERS,
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ candidate.name }}: what did you see and hear?",
                    body=(
                        "Hello {{ interviewer.first_name }},\n\n"
                        "{{ interview.name }} with {{ candidate.name }} for {{ requisition.title }} is "
                        "over. Please write down your evidence while it is fresh, by {{ due.day }}.\n\n"
                        "[Write it down]({{ link }})\n\n"
                        "What you have typed already is there. What the others wrote opens to you once "
                        "yours is in; {{ candidate.name }} waits for news that needs it."
                    ),
                )
            },
        ),
        MailRole(
            name=LATE,
            label=gettext_noop("Evidence from an interview that is due"),
            to_partner=True,
            placeholders=PLACEHOLDERS,
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ candidate.name }} waits: your evidence from {{ interview.name }}",
                    body=(
                        "Hello {{ interviewer.first_name }},\n\n"
                        "your evidence from {{ interview.name }} with {{ candidate.name }} for "
                        "{{ requisition.title }} was due {{ due.day }}. {{ candidate.name }} has been "
                        "promised news, and nobody can decide without it.\n\n"
                        "[Write it down]({{ link }})\n\n"
                        "If you saw too little to judge something, say so in the evidence: that helps "
                        "as well."
                    ),
                )
            },
        ),
        MailRole(
            name=DECIDED,
            label=gettext_noop("What was decided on the evidence, to those who took part"),
            to_partner=True,
            placeholders={
                "user.first_name": "Mara",
                "decider.name": "Robin Recruiter",
                "candidate.name": "Alex Sample",
                "requisition.title": "Data Engineer",
                "outcome": "make an offer",
                "link": "https://accord.example/scorecards/debrief/1/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ candidate.name }}: {{ outcome }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n"
                        "{{ decider.name }} has decided on the evidence about {{ candidate.name }} for "
                        "{{ requisition.title }}: {{ outcome }}. The reason, and the evidence that it rests on, "
                        "are on the page of the debrief.\n\n"
                        "[Read it]({{ link }})\n\n"
                        "{{ candidate.name }} may not know of it yet: please keep it in the house."
                    ),
                )
            },
        ),
    ]
)
