"""The message that brings a slate to the one who is asked."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

SLATE = "reviews.slate"

declare(
    [
        MailRole(
            name=SLATE,
            label=gettext_noop("Candidates for the hiring manager's view"),
            to_partner=True,
            placeholders={
                "reviewer.first_name": "Mara",
                "recruiter.name": "Robin Recruiter",
                "requisition.title": "Data Engineer",
                "slate.count": "3 candidates",
                "slate.list": "- Alex Sample\n- Kim Example\n- Sam Specimen",
                "slate.note": "Alex has led two migrations like ours.",
                "due.day": "Thursday 26 November",
                "link": "https://accord.example/reviews/",
            },
            words={
                "en": Words(
                    subject="{{ slate.count }} for {{ requisition.title }}: your view by {{ due.day }}",
                    body="""Hello {{ reviewer.first_name }},

{{ recruiter.name }} has {{ slate.count }} for {{ requisition.title }} who may fit:

{{ slate.list }}

{{ slate.note }}

Please say yes, no or unsure to each by {{ due.day }}. It takes about two minutes a person, also on a phone.

[Look at the candidates]({{ link }})

They each know that they are with you, and when they will hear.""",
                )
            },
            links=frozenset({"link"}),
        )
    ]
)
