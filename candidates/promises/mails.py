"""The messages about promises to whoever owes them."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

declare(
    [
        MailRole(
            name="promise.nudge",
            label=gettext_noop("Reminder to whoever owes candidates something"),
            placeholders={
                "user.first_name": "Kim",
                "count": "2 people",
                "list": "- Robin Example, Data engineer: First answer, by Thursday 26 November",
                "link": "https://hiring.example.com/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="You owe {{ count }} an answer soon",
                    body=(
                        "Hello {{ user.first_name }},\n\nthis was promised, and is due "
                        "soon:\n\n{{ list }}\n\n"
                        "If you cannot make it, give a new date before the old one has passed: the "
                        "candidate is told.\n\n"
                        "[Open my day]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.broken",
            label=gettext_noop("Promises to candidates that were not kept in time"),
            placeholders={
                "user.first_name": "Kim",
                "count": "2 people",
                "list": "- Robin Example, Data engineer: First answer, was due Tuesday 24 November, now "
                "Thursday",
                "link": "https://hiring.example.com/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ count }} did not hear from us in time",
                    body=(
                        "Hello {{ user.first_name }},\n\nthe time for these promises has run out. Each "
                        "person gets an "
                        "honest note with a new date:\n\n{{ list }}\n\n[Open my day]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.broken_again",
            label=gettext_noop("To the leads: promises broken twice in a row"),
            placeholders={
                "user.first_name": "Alex",
                "owner.name": "Kim Sample",
                "count": "2 people",
                "list": "- Robin Example, Data engineer: First answer, was due Tuesday 24 November, now "
                "Thursday",
                "link": "https://hiring.example.com/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ count }} did not hear from us in time, again",
                    body=(
                        "Hello {{ user.first_name }},\n\nfor these people a promise was not kept for at "
                        "least the second "
                        "time in a row. It is for {{ owner.name }} to answer them; perhaps they need a "
                        "hand:\n\n"
                        "{{ list }}\n\n[Open my day]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.silence",
            label=gettext_noop("A candidate has not answered two reminders"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "promise.what": "Your work sample",
                "promise.due": "Thursday 26 November",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="No answer from {{ candidate.name }} after two reminders",
                    body=(
                        "Hello {{ user.first_name }},\n\nwe have waited for {{ candidate.name }} "
                        "({{ job.title }}): "
                        "{{ promise.what }}. Two reminders brought no answer, so the next move is yours: "
                        "decide how to go on, "
                        "and tell them by {{ promise.due }}.\n\n[Open the application]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.debt",
            label=gettext_noop("To the lead: answers that we owe without a date"),
            placeholders={
                "user.first_name": "Alex",
                "count": "2 people",
                "list": "- Robin Example, Data engineer: First answer, waits since Tuesday 24 November, 3 broken dates",
                "link": "https://hiring.example.com/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="We owe {{ count }} an answer",
                    body=(
                        "Hello {{ user.first_name }},\n\nour word to these people was broken so often that "
                        "they are told no further date, and need not wait. The answer is yours to give or to "
                        "have given; nothing closes by itself:\n\n{{ list }}\n\n[Open my day]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.words_wanted",
            label=gettext_noop("To the leads: words about a broken word wait for a yes"),
            placeholders={
                "user.first_name": "Alex",
                "organisation.name": "Example Ltd",
                "count": "3 broken dates",
                "link": "https://hiring.example.com/settings/promises/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="The words about a broken word wait for your yes",
                    body=(
                        "Hello {{ user.first_name }},\n\nafter {{ count }} in a row a candidate of "
                        "{{ organisation.name }} is to be told plainly that we did not keep our word and that "
                        "they need not wait. Nobody has approved the words for it yet, so they were given yet "
                        "another date.\n\n[Read and approve the words]({{ link }})"
                    ),
                )
            },
        ),
        MailRole(
            name="promise.asked_after",
            label=gettext_noop("A candidate asks where their answer is"),
            placeholders={
                "user.first_name": "Kim",
                "owner.name": "Kim Sample",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "promise.what": "First answer",
                "promise.since": "Tuesday 24 November",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }} asks where their answer is",
                    body=(
                        "Hello {{ user.first_name }},\n\n{{ candidate.name }} ({{ job.title }}) waits since "
                        "{{ promise.since }} for this: {{ promise.what }}. We named a date and did not keep it, and "
                        "they ask. {{ owner.name }} owes the answer.\n\n[Write to them]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
