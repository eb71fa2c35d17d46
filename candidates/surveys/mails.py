"""The messages that ask candidates how it was for them. Nothing else stands in them: who asks does not sell."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare
from candidates.compose.letters import AFTER, BUTTON, CANDIDATE

SURVEY = CANDIDATE | {"survey_link": "https://hiring.example.com/survey/sample/"}
LINKS = frozenset({"portal_link", "survey_link"})

_HELLO = "Hello {{ candidate.first_name }},\n\n"
_ASK = "[Say how it was]({{ survey_link }})\n\n"
_CHOICE = (
    "It takes two minutes, and you choose whether your name stands with your answer. It changes nothing about any "
    "application.\n\n"
)
_BYE = "\n\n{{ recruiter.name }}\n{{ organisation.name }}"

declare(
    [
        MailRole(
            name="survey.exit",
            label=gettext_noop("Survey at the end"),
            placeholders=SURVEY,
            links=LINKS,
            secret=True,
            words={
                "en": Words(
                    subject="{{ job.title }}: how was it for you?",
                    body=_HELLO
                    + "your application for {{ job.title }} at {{ organisation.name }} has come to its end. How was "
                    "it for you? We would like to know, above all where we did not do well.\n\n"
                    + _ASK
                    + _CHOICE
                    + AFTER
                    + _BYE,
                )
            },
        ),
        MailRole(
            name="survey.reminder",
            label=gettext_noop("Reminder of the survey"),
            placeholders=SURVEY,
            links=LINKS,
            secret=True,
            words={
                "en": Words(
                    subject="{{ job.title }}: a word from you?",
                    body=_HELLO
                    + "a few days ago we asked you how your application for {{ job.title }} was for you. Should you "
                    "find two minutes, we would be glad to hear it. We do not ask again.\n\n"
                    + _ASK
                    + "You choose whether your name stands with your answer. It changes nothing about any "
                    "application.\n\n" + AFTER + _BYE,
                )
            },
        ),
        MailRole(
            name="survey.applied",
            label=gettext_noop("Survey after applying"),
            placeholders=SURVEY,
            links=LINKS,
            secret=True,
            words={
                "en": Words(
                    subject="How was applying to {{ organisation.name }}?",
                    body=_HELLO
                    + "you have applied for {{ job.title }}. We ask some of those who apply how it was: the form, "
                    "the words, what you learned of us.\n\n" + _ASK + _CHOICE + BUTTON + _BYE,
                )
            },
        ),
        MailRole(
            name="survey.interviewed",
            label=gettext_noop("Survey after an interview"),
            placeholders=SURVEY,
            links=LINKS,
            secret=True,
            words={
                "en": Words(
                    subject="How was the interview for {{ job.title }}?",
                    body=_HELLO
                    + "thank you for your time in the interview for {{ job.title }}. How was it for you?\n\n"
                    + _ASK
                    + _CHOICE
                    + BUTTON
                    + _BYE,
                )
            },
        ),
    ]
)
