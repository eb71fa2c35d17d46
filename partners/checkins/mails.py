"""What partners get about a check-in, each time with the calendar file."""

from ats.mail.roles import MailRole, Words, declare

AGENDA, MOVED, CANCELLED = "partners.check_in", "partners.check_in_moved", "partners.check_in_cancelled"
RHYTHM = "partners.check_in_rhythm"

_WHO = {
    "partner.first_name": "Mara",
    "other.name": "Robin Recruiter",
    "requisition.title": "Data Engineer",
    "check_in.when": "Thursday 26 November, 10:00 CET",
    "link": "https://accord.example/partners/check-ins/1/",
}
_LINKS = frozenset({"link"})

declare(
    [
        MailRole(
            name=AGENDA,
            label="Agenda of a check-in",
            to_partner=True,
            placeholders=_WHO
            | {
                "agenda.as_of": "As of Wednesday 25 November, 09:00 CET.",
                "agenda.standing": "2 of 3 seats are open. 14 people are in play.",
                "agenda.yours": "- Give a view on 3 candidates, due Tuesday 24 November",
                "agenda.theirs": "- Present the first slate, due Friday 27 November",
                "agenda.kept": "- Recruiter: 4 kept, 1 late\n- Hiring manager: 3 kept",
                "agenda.moved": "- 12 people applied, 4 moved on, 2 were declined",
            },
            words={
                "en": Words(
                    subject="Check-in on {{ requisition.title }}, {{ check_in.when }}",
                    body="""Hello {{ partner.first_name }},

you and {{ other.name }} look at {{ requisition.title }} together on {{ check_in.when }}. {{ agenda.standing }} {{ agenda.as_of }}

Your part:

{{ agenda.yours }}

The part of {{ other.name }}:

{{ agenda.theirs }}

Since the last time:

{{ agenda.moved }}

What we promised each other:

{{ agenda.kept }}

[Open the agenda]({{ link }})

You both get the same facts. The calendar file is attached.""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=MOVED,
            label="Check-in moved",
            to_partner=True,
            placeholders=_WHO,
            words={
                "en": Words(
                    subject="Moved: check-in on {{ requisition.title }}, now {{ check_in.when }}",
                    body="""Hello {{ partner.first_name }},

the check-in with {{ other.name }} on {{ requisition.title }} is now on {{ check_in.when }}. The attached file moves it in your calendar.

[Open the check-in]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=CANCELLED,
            label="Check-in cancelled",
            to_partner=True,
            placeholders=_WHO | {"why": "the role was filled"},
            words={
                "en": Words(
                    subject="Cancelled: check-in on {{ requisition.title }}",
                    body="""Hello {{ partner.first_name }},

the check-in on {{ requisition.title }} on {{ check_in.when }} does not take place: {{ why }}. The attached file takes it out of your calendar.

[Open the partnership]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=RHYTHM,
            label="Check-ins at other times",
            to_partner=True,
            placeholders={name: said for name, said in _WHO.items() if name != "check_in.when"}
            | {"check_in.rhythm": "every 2 weeks on Tuesday at 10:00"},
            words={
                "en": Words(
                    subject="Check-ins on {{ requisition.title }}: {{ check_in.rhythm }}",
                    body="""Hello {{ partner.first_name }},

{{ other.name }} has changed when you two look at {{ requisition.title }} together: {{ check_in.rhythm }} from now on.

If that does not suit you, either of you can change it.

[Open the partnership]({{ link }})""",
                )
            },
            links=_LINKS,
        ),
    ]
)
