"""The messages between whoever was refused a text and the leads, who may say that a rule misread it."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

ASKED = "wording.misreading_asked"
ANSWERED = "wording.misreading_answered"

declare(
    [
        MailRole(
            name=ASKED,
            label=gettext_noop("To the leads: a rule may have misread a text"),
            placeholders={
                "user.first_name": "Alex",
                "author.name": "Kim Sample",
                "what": "The decision on Robin Example",
                "topic": "age",
                "link": "https://hiring.example.com/settings/wording/misreadings/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ author.name }} asks whether a rule misread a text",
                    body=(
                        "Hello {{ user.first_name }},\n\nthe rule about {{ topic }} does not let {{ author.name }} "
                        "keep a text: {{ what }}. An unlawful ground stays out; if the rule misread harmless "
                        "words, you can say so.\n\n[Look at it]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name=ANSWERED,
            label=gettext_noop("A lead has looked at a text that a rule refused"),
            placeholders={
                "user.first_name": "Kim",
                "lead.name": "Alex Sample",
                "what": "The decision on Robin Example",
                "outcome": "The rule misread it: save it again as it stands.",
                "why": "It is about tables in a database.",
            },
            editable=False,
            words={
                "en": Words(
                    subject="{{ lead.name }} has looked at your text",
                    body=(
                        "Hello {{ user.first_name }},\n\nyou asked about a text that a rule refused: "
                        "{{ what }}.\n\n{{ outcome }}\n\n{{ why }}"
                    ),
                )
            },
        ),
    ]
)
