"""What the mails of sequences may say, and what each purpose of them is sent as."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.models import MailKind
from ats.mail.roles import MailRole, Words, declare
from candidates.compose import letters
from candidates.consents.models import Purpose

PLACEHOLDERS = {
    "candidate.first_name": "Robin",
    "candidate.name": "Robin Example",
    "candidate.headline": "Data engineer at Example GmbH",
    "candidate.city": "Berlin",
    "organisation.name": "Example Company",
    "recruiter.name": "Kim Sample",
}
FIRST_CONTACT = "sequence.mail"
ROLES = {"": FIRST_CONTACT} | {purpose.value: f"sequence.{purpose.value}" for purpose in Purpose}
"""By what somebody must have agreed to, the role of the mail."""

declare(
    MailRole(
        name=name,
        label=gettext_noop("A mail of a sequence"),
        placeholders=PLACEHOLDERS | letters.CHOICES,
        links=frozenset({letters.CHOICE}),
        kind=MailKind.RELATIONSHIP,
        purpose=purpose,
        editable=False,
        words={
            "en": Words(
                subject="A word from {{ organisation.name }}",
                body=(
                    "Hello {{ candidate.first_name }},\n\n"
                    "we would be glad to talk with you about what comes next for you. Does a short call in the next "
                    "days suit you? An answer to this mail is enough.\n\n"
                    "{{ recruiter.name }}\n{{ organisation.name }}"
                ),
            )
        },
    )
    for purpose, name in ROLES.items()
)
