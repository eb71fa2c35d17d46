"""The messages of an organisation's own steps: what they may say, and the words that one begins with.

Each step has its own words, kept among the mail templates under the step's name (`JourneyStep.words`).
"""

from ats.kernel.staff_words import gettext_noop
from ats.mail.models import MailKind
from ats.mail.roles import MailRole, Words, declare
from candidates.compose import letters
from candidates.compose.letters import BUTTON, CANDIDATE
from candidates.consents.models import Purpose

MESSAGE, INTERVIEW = "journey.message", "journey.interview"
PREPARATION, SAME_DAY = "journey.interview_ahead", "journey.interview_thanks"
FIRST_DAY, KEEP_IN_TOUCH = "journey.first_day", "journey.keep_in_touch"
COMMUNITY, NEWS = "journey.community", "journey.news"
TASK = "journey.task"
FROM_US = {"from_us": "What we build, shown in two minutes: https://hiring.example.com/about"}
"""What marketing says with this step; nothing where it says nothing."""

_INTERVIEW = {"interview.name": "Technical conversation", "interview.when": "Thursday 26 November, 10:00"}
_LINKS = frozenset({"portal_link"})
_HELLO = "Hello {{ candidate.first_name }},\n\n"
_BYE = "\n\n{{ recruiter.name }}\n{{ organisation.name }}"

declare(
    [
        MailRole(
            name=MESSAGE,
            label=gettext_noop("A step of the journey"),
            placeholders=CANDIDATE | FROM_US,
            links=_LINKS,
            editable=False,
            words={
                "en": Words(
                    subject="{{ job.title }} at {{ organisation.name }}",
                    body=_HELLO + "a word on your application for {{ job.title }}.\n\n" + BUTTON + _BYE,
                )
            },
        ),
        *(
            MailRole(
                name=name,
                label=label,
                placeholders=CANDIDATE | FROM_US | _INTERVIEW,
                links=_LINKS,
                editable=False,
                words={"en": Words(subject=subject, body=_HELLO + body + "\n\n" + BUTTON + _BYE)},
            )
            for name, label, subject, body in (
                (
                    INTERVIEW,
                    "A step around an interview",
                    "{{ job.title }}: {{ interview.name }}",
                    "a word on {{ interview.name }} ({{ interview.when }}).",
                ),
                (
                    PREPARATION,
                    "Preparation for an interview",
                    "How to prepare: {{ interview.name }}",
                    (
                        "we meet on {{ interview.when }}: {{ interview.name }}. We would like to see you at your "
                        "best, so here is what helps:\n\n"
                        "- Think of one or two things that you did yourself, and of what came of them.\n"
                        "- Note what you want to know from us. There is time for it.\n"
                        "- If you need anything, or the time no longer suits you, say so on your page."
                    ),
                ),
                (
                    SAME_DAY,
                    "Thanks on the day of an interview",
                    "Thank you for today",
                    (
                        "thank you for your time today ({{ interview.name }}). What comes next, and by when, stands on "
                        "your page. If you would like to add something that you did not get to say, write to us there."
                    ),
                ),
            )
        ),
        MailRole(
            name=FIRST_DAY,
            label=gettext_noop("A step around the first day"),
            placeholders=CANDIDATE | FROM_US | {"start.day": "Monday 1 March"},
            links=_LINKS,
            editable=False,
            words={
                "en": Words(
                    subject="Your first day at {{ organisation.name }}",
                    body=_HELLO + "your first day is {{ start.day }}.\n\n" + BUTTON + _BYE,
                )
            },
        ),
        MailRole(
            name=KEEP_IN_TOUCH,
            label=gettext_noop("Keeping in touch"),
            placeholders=CANDIDATE | FROM_US | letters.CHOICES,
            links=_LINKS | {letters.CHOICE},
            kind=MailKind.RELATIONSHIP,
            purpose=Purpose.ROLES,
            editable=False,
            words={
                "en": Words(
                    subject="A word from {{ organisation.name }}",
                    body=_HELLO
                    + "you said that we may keep in touch. We remember your application for {{ job.title }}, and "
                    "would be glad to hear from you when something here suits you.\n\n"
                    "{{ from_us }}\n\n"
                    f"{BUTTON}" + _BYE,
                )
            },
        ),
        *(
            MailRole(
                name=name,
                label=label,
                placeholders=CANDIDATE | FROM_US | letters.CHOICES,
                links=_LINKS | {letters.CHOICE},
                kind=MailKind.RELATIONSHIP,
                purpose=purpose,
                editable=False,
                words={
                    "en": Words(
                        subject="News from {{ organisation.name }}",
                        body=f"{_HELLO}{begins}\n\n{{{{ from_us }}}}\n\n{BUTTON}{_BYE}",
                    )
                },
            )
            for name, label, purpose, begins in (
                (
                    COMMUNITY,
                    "The work and the people here",
                    Purpose.COMMUNITY,
                    "you asked us to write to you now and then about the work and the people here.",
                ),
                (
                    NEWS,
                    "Our products and services",
                    Purpose.NEWS,
                    "you asked us to write to you now and then about our products and services.",
                ),
            )
        ),
        MailRole(
            name=TASK,
            label=gettext_noop("A task of the journey"),
            placeholders={
                "user.first_name": "Kim",
                "candidate.name": "Robin Example",
                "job.title": "Data engineer",
                "task": "Offer them feedback.",
                "link": "https://hiring.example.com/applications/1/",
            },
            links=frozenset({"link"}),
            editable=False,
            words={
                "en": Words(
                    subject="{{ candidate.name }}, {{ job.title }}: {{ task }}",
                    body="Hello {{ user.first_name }},\n\n"
                    "the journey of {{ candidate.name }} ({{ job.title }}) asks this of you:\n\n"
                    "{{ task }}\n\n"
                    "[Open the application]({{ link }})",
                )
            },
        ),
    ]
)

OF_TRIGGER = {
    "booked": INTERVIEW,
    "before_interview": INTERVIEW,
    "interviewed": INTERVIEW,
    "before_first_day": FIRST_DAY,
    "first_day": FIRST_DAY,
}
"""The role of a step's message by what it follows; of all others, the plain one."""


ABOUT_INTERVIEWS = frozenset({INTERVIEW, PREPARATION, SAME_DAY})


OF_PURPOSE = {Purpose.ROLES: KEEP_IN_TOUCH, Purpose.COMMUNITY: COMMUNITY, Purpose.NEWS: NEWS}
"""The role of what somebody has to have agreed to."""


def purpose_of(role: str) -> str:
    """What a reader of this role must have agreed to; empty: nothing, it is about their application."""
    return next((purpose for purpose, name in OF_PURPOSE.items() if name == role), "")


def role_for(trigger: str, *, purpose: str = "", was: str = "") -> str:
    """The role of a step that follows this; the one that it has (`was`), where that fits."""
    if purpose:
        return OF_PURPOSE[Purpose(purpose)]
    role = OF_TRIGGER.get(trigger, MESSAGE)
    return was if role == INTERVIEW and was in ABOUT_INTERVIEWS else role
