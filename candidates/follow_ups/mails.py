"""The messages that journeys send to candidates."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose import letters
from candidates.compose.letters import AFTER, BUTTON, CANDIDATE

UNDECIDED = {letters.UNDECIDED: "No decision has been made on your application."}
PROMISE = CANDIDATE | {
    "promise.what": "news on the next step",
    "promise.due": "Thursday 26 November",
}
LINKS = frozenset({"portal_link"})

declare(
    [
        MailRole(
            name="application.acknowledged",
            label=gettext_noop("We received your application"),
            placeholders=PROMISE,
            links=LINKS,
            words={
                "en": Words(
                    subject="We received your application for {{ job.title }}",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "thank you for applying for {{ job.title }} at {{ organisation.name }}. Your "
                        "application is here "
                        "and complete.\n\n"
                        "What happens next: {{ promise.what }}, by {{ promise.due }}. If it should take "
                        "longer, we will "
                        "tell you, with a new date.\n\n"
                        f"{BUTTON}\n\n"
                        "On that page you can write to us, add a document or withdraw at any time. The "
                        "link is yours "
                        "alone; please do not pass it on.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.holding_note",
            label=gettext_noop("It takes longer than we said"),
            placeholders=PROMISE
            | {
                "promise.was_due": "Tuesday 24 November",
                "promise.reason": "We have not got to it in the time we said.",
            }
            | UNDECIDED,
            links=LINKS,
            words={
                "en": Words(
                    subject="{{ job.title }}: it takes longer than we said",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we had told you: {{ promise.what }}, by {{ promise.was_due }}. You have not had "
                        "it, and that is on "
                        "us. {{ promise.reason }}\n\n"
                        "The new date is {{ promise.due }}. Your application for {{ job.title }} is still "
                        "open; nothing "
                        "has been decided.\n\n"
                        f"{BUTTON}\n\n"
                        "If you would like to ask something in the meantime, write to us there.\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.ended",
            label=gettext_noop("We did not keep our word"),
            placeholders=CANDIDATE
            | {"promise.what": "news on the next step", "promise.was_due": "Tuesday 24 November"}
            | UNDECIDED,
            links=LINKS,
            words={
                "en": Words(
                    subject="{{ job.title }}: we have not kept our word",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we had told you: {{ promise.what }}, by {{ promise.was_due }}. You have not had "
                        "it, and it was not the first date that we let pass. We have not kept our word "
                        "to you, and we are sorry.\n\n"
                        "You owe us nothing. Please do not wait for us: if something else is right for "
                        "you, take it. We name no further date, because you could not rely on it.\n\n"
                        "Your application for {{ job.title }} stays open; nothing has been decided. We "
                        "owe you an answer until a person here has given you one.\n\n"
                        f"{BUTTON}\n\n"
                        "{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.reminder",
            label=gettext_noop("A reminder to the candidate"),
            placeholders=PROMISE | UNDECIDED,
            links=LINKS,
            words={
                "en": Words(
                    subject="{{ job.title }}: a friendly reminder",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "your application for {{ job.title }} waits for you at the moment: "
                        "{{ promise.what }}. There is no "
                        "rush; {{ promise.due }} is fine.\n\n"
                        "If something is unclear, or your plans have changed, just tell us.\n\n"
                        f"{BUTTON}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.changed",
            label=gettext_noop("A new date"),
            placeholders=PROMISE
            | {
                "promise.was_due": "Tuesday 24 November",
                "promise.reason": "The team is at a trade fair this week.",
            },
            links=LINKS,
            words={
                "en": Words(
                    subject="{{ job.title }}: a new date",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "we had told you: {{ promise.what }}, by {{ promise.was_due }}. The new date is "
                        "{{ promise.due }}. {{ promise.reason }}\n\n"
                        f"{BUTTON}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="application.thanked",
            label=gettext_noop("Thanks after a withdrawal"),
            placeholders=CANDIDATE,
            links=LINKS,
            is_end=True,
            words={
                "en": Words(
                    subject="Thank you, and all the best",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "you have withdrawn your application for {{ job.title }}. Thank you for your "
                        "interest in "
                        "{{ organisation.name }} and for the time you gave us. There is nothing more for "
                        "you to do.\n\n"
                        "Should you change your mind, or see another job of ours that you like, we would "
                        "be glad to hear "
                        "from you again.\n\n"
                        f"{AFTER}\n\n"
                        "{{ recruiter.name }}\n{{ organisation.name }}"
                    ),
                )
            },
        ),
    ]
)
