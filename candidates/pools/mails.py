"""What people in a pool are asked."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import AFTER

CONSENT = "pools.consent"

declare(
    [
        MailRole(
            name=CONSENT,
            label=gettext_noop("May we keep your details?"),
            placeholders={
                "candidate.first_name": "Robin",
                "candidate.name": "Robin Example",
                "organisation.name": "Example Company",
                "recruiter.name": "Kim Sample",
                "pool.purpose": "to tell you of roles for data engineers",
                "until": "Thursday 24 December",
                "portal_link": "https://hiring.example.com/status/sample/",
            },
            links=frozenset({"portal_link"}),
            words={
                "en": Words(
                    subject="May we keep your details?",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we would like to keep your details at {{ organisation.name }}. What for: "
                        "{{ pool.purpose }}\n\n"
                        "If that is all right with you, say so on your page by {{ until }}. If we hear nothing, we "
                        "take you off this list then.\n\n"
                        f"{AFTER}\n\n"
                        "There you can also see what we know about you, and have it erased.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
    ]
)
