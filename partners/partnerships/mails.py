"""The message that asks a partner to accept what both sides promise."""

from ats.mail.roles import MailRole, Words, declare

AGREEMENT = "partners.agreement"

declare(
    [
        MailRole(
            name=AGREEMENT,
            label="Agreement to accept",
            to_partner=True,
            placeholders={
                "partner.first_name": "Mara",
                "other.name": "Robin Recruiter",
                "requisition.title": "Data Engineer",
                "agreement.version": "1",
                "agreement.yours": "- A view on every candidate put forward within 2 working days",
                "agreement.theirs": "- A first slate of candidates within 10 working days of the opening",
                "agreement.grace": "What is done within 1 working day after its time still counts as kept.",
                "link": "https://accord.example/partners/1/",
            },
            words={
                "en": Words(
                    subject="What we promise each other for {{ requisition.title }}",
                    body="""Hello {{ partner.first_name }},

you and {{ other.name }} will fill {{ requisition.title }} together. This is what you would promise each other.

Your part:

{{ agreement.yours }}

The part of {{ other.name }}:

{{ agreement.theirs }}

If a time does not work for you, change it and propose it back.

[Read and accept]({{ link }})

The times are working time, and measured from what happens anyway. {{ agreement.grace }} Nobody fills in a report.""",
                )
            },
            links=frozenset({"link"}),
        )
    ]
)
