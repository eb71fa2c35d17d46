"""The one mail a day with what one was told and has not read."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

DIGEST = "notifications.digest"

declare(
    [
        MailRole(
            name=DIGEST,
            label=gettext_noop("What you were told since yesterday"),
            placeholders={
                "user.first_name": "Kim",
                "list": "- Alex Sample mentioned you in a note.",
                "link": "https://hiring.example.com/notifications/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="What is new for you",
                    body="Hello {{ user.first_name }},\n\nyou have not read this yet:\n\n{{ list }}\n\n"
                    "[Open it]({{ link }})\n\nThere you also choose what you hear of, and how.",
                )
            },
        )
    ]
)
