"""What somebody gets whose calendar cannot be read."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

UNREADABLE = "interviewer.calendar_unreadable"

declare(
    [
        MailRole(
            name=UNREADABLE,
            label=gettext_noop("A calendar cannot be read"),
            to_partner=True,
            placeholders={
                "user.first_name": "Kim",
                "problem": "The address answers that there is nothing there (404).",
                "link": "https://hiring.example.com/settings/availability/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="We cannot read your calendar any more",
                    body="Hello {{ user.first_name }},\n\n"
                    "the calendar that you gave us to see when you are busy could not be "
                    "read for some hours, so interviews may be offered at times that do not suit you.\n\n"
                    "{{ problem }}\n\n[Open your availability]({{ link }})",
                )
            },
        ),
    ]
)
