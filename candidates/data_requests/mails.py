"""The messages about data: the link to a copy, what came of a correction, a complaint that arrived and its answer."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

COPY_READY, CORRECTION_ANSWERED = "data.copy_ready", "data.correction_answered"
COMPLAINT_RECEIVED, COMPLAINT_ANSWERED = "data.complaint_received", "data.complaint_answered"
CAME, DUE = "data.request_came", "data.request_due"

CANDIDATE = {"candidate.first_name": "Robin", "organisation.name": "Example Company"}
STAFF = {
    "user.first_name": "Kim",
    "person.name": "Robin Example",
    "request.what": "a complaint about how we handle data",
    "request.due": "Thursday 24 December",
    "link": "https://hiring.example.com/settings/data-requests/",
}
_HELLO, _BYE = "Hello {{ candidate.first_name }},\n\n", "{{ organisation.name }}"

declare(
    [
        MailRole(
            name=COPY_READY,
            label=gettext_noop("The copy of somebody's data is ready"),
            placeholders=CANDIDATE
            | {"data_link": "https://hiring.example.com/your-data/sample/", "last_day": "Monday 7 December"},
            links=frozenset({"data_link"}),
            secret=True,
            words={
                "en": Words(
                    subject="Your copy of your data",
                    body=_HELLO
                    + "here is the copy of everything that {{ organisation.name }} holds about you: a page to read, "
                    "your files as you sent them, and the same once more in a form that programs read.\n\n"
                    "[Download the copy]({{ data_link }})\n\n"
                    "The link is yours alone and works once, until {{ last_day }}; then the file is deleted. If you "
                    "did not ask for it, there is nothing to do, and please do not pass the link on.\n\n"
                    + _BYE,
                )
            },
        ),
        MailRole(
            name=CORRECTION_ANSWERED,
            label=gettext_noop("Answer to a request to put data right"),
            placeholders=CANDIDATE | {"outcome": "We have put it right.", "answer": "The year is 2021 now."},
            words={
                "en": Words(
                    subject="You asked us to put your data right",
                    body=_HELLO
                    + "you asked {{ organisation.name }} to put something right in your data. {{ outcome }}\n\n"
                    "{{ answer }}\n\n"
                    "If you see it differently, please answer this message. You can also turn to the data protection "
                    "authority where you live.\n\n" + _BYE,
                )
            },
        ),
        MailRole(
            name=COMPLAINT_RECEIVED,
            label=gettext_noop("A complaint about data has arrived"),
            placeholders=CANDIDATE | {"answer_by": "Wednesday 30 December"},
            words={
                "en": Words(
                    subject="Your complaint has arrived",
                    body=_HELLO
                    + "your complaint about how {{ organisation.name }} handles your data has arrived. A person reads "
                    "it, looks into it, and tells you what came of it by {{ answer_by }}, at this address.\n\n"
                    "You can turn to the data protection authority where you live at any time.\n\n" + _BYE,
                )
            },
        ),
        MailRole(
            name=COMPLAINT_ANSWERED,
            label=gettext_noop("Answer to a complaint about data"),
            placeholders=CANDIDATE
            | {
                "complained_on": "Monday 30 November",
                "outcome": "We agree with you.",
                "answer": "The file should have been deleted in May, and is deleted now.",
            },
            words={
                "en": Words(
                    subject="What came of your complaint",
                    body=_HELLO
                    + "on {{ complained_on }} you complained about how {{ organisation.name }} handles your data. "
                    "{{ outcome }}\n\n{{ answer }}\n\n"
                    "If you see it differently, please answer this message. You can also turn to the data protection "
                    "authority where you live.\n\n" + _BYE,
                )
            },
        ),
        MailRole(
            name=CAME,
            label=gettext_noop("Somebody asks something of us about their data"),
            placeholders=STAFF,
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="To answer by {{ request.due }}: {{ request.what }}",
                    body="Hello {{ user.first_name }},\n\n{{ person.name }} has sent us {{ request.what }}. By law "
                    "they are owed an answer by {{ request.due }}. That it arrived, they know.\n\n"
                    "[Read and answer it]({{ link }})",
                )
            },
        ),
        MailRole(
            name=DUE,
            label=gettext_noop("Reminder: somebody waits for an answer about their data"),
            placeholders=STAFF,
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ person.name }} waits for our answer: {{ request.what }}",
                    body="Hello {{ user.first_name }},\n\n{{ person.name }} has sent us {{ request.what }}, and nobody "
                    "has answered yet. By law the answer is due on {{ request.due }}; it stays open until a person "
                    "has answered.\n\n[Read and answer it]({{ link }})",
                )
            },
        ),
    ]
)
