"""The messages between a yes and the first day."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import BUTTON, CANDIDATE

LINKS = frozenset({"portal_link"})
START = CANDIDATE | {
    "start.day": "Monday 1 March",
    "start.place": "Berlin office, Example Street 1, Berlin",
    "manager.name": "Alex Sample",
}
SIGNED = "{{ recruiter.name }}\n{{ organisation.name }}"

declare(
    [
        MailRole(
            name="hire.week_before",
            label=gettext_noop("A week before the first day"),
            placeholders=START,
            links=LINKS,
            words={
                "en": Words(
                    subject="A week to go: your first day is {{ start.day }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "in a week you begin as {{ job.title }}. {{ manager.name }} and the team are getting "
                        "ready for you.\n\n"
                        "Is there anything that we should know or prepare: your way of working, equipment, "
                        "access, something that would make the first days easier? Tell us on your page.\n\n"
                        f"{BUTTON}\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="hire.day_before",
            label=gettext_noop("The day before the first day"),
            placeholders=START,
            links=LINKS,
            words={
                "en": Words(
                    subject="See you tomorrow",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "tomorrow is your first day. What you need for it:\n\n"
                        "- Day: {{ start.day }}\n"
                        "- Place: {{ start.place }}\n"
                        "- Who waits for you: {{ manager.name }}\n"
                        "- Bring: an identity document, and whatever you were asked for\n\n"
                        "If something comes in between, write to us on your page.\n\n"
                        f"{BUTTON}\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="hire.first_day",
            label=gettext_noop("Your first day"),
            placeholders=CANDIDATE | {"start.day": "Monday 1 March 2027"},
            links=LINKS,
            words={
                "en": Words(
                    subject="Your first day: {{ start.day }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "your first day as {{ job.title }} is {{ start.day }}. If that does not suit you, write to "
                        "us on your page, and we will find another one.\n\n"
                        f"{BUTTON}\n\n" + SIGNED
                    ),
                )
            },
        ),
        MailRole(
            name="hire.check",
            label=gettext_noop("To the recruiter: is everything ready for the first day?"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "start.day": "Monday 1 March",
                "manager.name": "Alex Sample",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} starts on {{ start.day }}: is everything ready?",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} starts as {{ job.title }} on "
                        "{{ start.day }}. Before that:\n\n"
                        "- Does {{ manager.name }} know who is there to welcome them?\n"
                        "- Are place, equipment and access ready?\n"
                        "- Has every question of theirs been answered?\n\n"
                        "[Open the application]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="hire.day_owed",
            label=gettext_noop("To the recruiter and the leads: a first day is still to be agreed"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "recruiter.name": "Kim Sample",
                "agreed.by": "Thursday 4 March",
                "link": "https://hiring.example.com/hires/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} does not know yet when to start",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} is hired as {{ job.title }}, and has no "
                        "first day. {{ recruiter.name }} was to agree one with them by {{ agreed.by }}.\n\n"
                        "Speak with them, and set the day on the page of the hire: they are told by that.\n\n"
                        "[Set the first day]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="hire.not_coming",
            label=gettext_noop("To the hiring manager: somebody does not come"),
            to_partner=True,
            placeholders={
                "user.first_name": "Alex",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "reason": "They stay where they are.",
                "link": "https://hiring.example.com/requisitions/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} does not come: {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} had accepted, and does not come "
                        "after all. The reason as we know it: {{ reason }}\n\n"
                        "The seat is open again. It is worth a short talk about how you two go on.\n\n"
                        "[Open the role]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
