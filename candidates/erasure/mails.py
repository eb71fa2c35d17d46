"""The receipt of an erasure."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

declare(
    [
        MailRole(
            name="erasure.receipt",
            label=gettext_noop("Receipt of an erasure"),
            placeholders={
                "candidate.first_name": "Robin",
                "organisation.name": "Example Company",
                "reference": "1f0f7f0e-7a52-4d68-9c3c-8b6f0c6d2a11",
                "what": "2 applications, 3 files, 14 messages",
            },
            words={
                "en": Words(
                    subject="Your data at {{ organisation.name }} are erased",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "as you asked, your data are erased: {{ what }}, with your name, your address and everything "
                        "that was written about you.\n\n"
                        "What stays is that somebody applied for a role, when, and how it ended: without a name, and "
                        "nothing leads from it to you. This message, and your address with it, is gone from our "
                        "system too once it has left.\n\n"
                        "The number of this erasure is {{ reference }}. Nobody can find you by it; it proves to you "
                        "that it was done.\n\n"
                        "You are welcome to apply again whenever you like. Thank you for having thought of us.\n\n"
                        "{{ organisation.name }}"
                    ),
                ),
            },
        ),
    ]
)
