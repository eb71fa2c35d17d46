"""What approvers and those who ask for approval are told."""

from ats.mail.roles import MailRole, Words, declare

ASKED, REMINDER, OVERDUE, ANSWERED = (
    "approvals.asked",
    "approvals.reminder",
    "approvals.overdue",
    "approvals.answered",
)

_MATTER = {
    "name": "Mara",
    "kind": "Offer",
    "title": "Data Engineer, offer to Alex Sample",
    "asker.name": "Robin Recruiter",
    "link": "https://accord.example/approvals/1/",
}
_LINK = frozenset({"link"})

declare(
    [
        MailRole(
            name=ASKED,
            label="Somebody's approval is asked",
            placeholders=_MATTER
            | {
                "label": "Compensation",
                "due.day": "Thursday 26 November",
                "why": "Dana Director has passed this on to you.",
            },
            words={
                "en": Words(
                    subject="Your approval by {{ due.day }}: {{ title }}",
                    body="""Hello {{ name }},

{{ asker.name }} asks for your approval ({{ label }}):

{{ kind }}: {{ title }}

{{ why }}

Please approve it, or send it back with your reason, by {{ due.day }}. It takes about two minutes, also on a phone.

[Look and answer]({{ link }})

The link is for you alone: please do not pass this message on. On the page you can hand it to a colleague.""",
                )
            },
            links=_LINK,
            secret=True,
        ),
        MailRole(
            name=REMINDER,
            label="An approval is still open",
            placeholders=_MATTER
            | {
                "label": "Compensation",
                "due.day": "Thursday 26 November",
                "by": "Robin Recruiter reminds you.",
            },
            words={
                "en": Words(
                    subject="Still open: {{ title }}",
                    body="""Hello {{ name }},

{{ asker.name }} waits for your approval ({{ label }}), due {{ due.day }}:

{{ kind }}: {{ title }}

{{ by }}

[Look and answer]({{ link }})

If somebody else should decide, hand it to them on the page.""",
                )
            },
            links=_LINK,
            secret=True,
        ),
        MailRole(
            name=OVERDUE,
            label="An approval is overdue, to the recruiting lead",
            placeholders=_MATTER
            | {"label": "Compensation", "due.day": "Thursday 26 November", "approver.name": "Dana Director"},
            words={
                "en": Words(
                    subject="Overdue: the approval of {{ approver.name }} for {{ title }}",
                    body="""Hello {{ name }},

{{ approver.name }} was to answer ({{ label }}) by {{ due.day }} and has been reminded twice:

{{ kind }}: {{ title }}

{{ asker.name }} cannot go on before that. A word from you may help.

[See where it stands]({{ link }})""",
                )
            },
            links=_LINK,
        ),
        MailRole(
            name=ANSWERED,
            label="What was asked is approved, or sent back",
            placeholders={key: value for key, value in _MATTER.items() if key != "asker.name"}
            | {
                "outcome": "is approved",
                "what": "Dana Director gave the last approval.",
            },
            words={
                "en": Words(
                    subject="{{ title }} {{ outcome }}",
                    body="""Hello {{ name }},

{{ kind }}: {{ title }} {{ outcome }}.

{{ what }}

[Open it]({{ link }})""",
                )
            },
            links=_LINK,
        ),
    ]
)
