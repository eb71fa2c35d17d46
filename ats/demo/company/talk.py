"""What the demo company's candidates ask, and what they are told."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from ats.demo.company.timeline import Role, Timeline, active
from candidates.applications.models import Application
from candidates.messages import actions as conversation


class Exchange(NamedTuple):
    """A question, and the subject and the heart of the answer."""

    question: str
    subject: str
    answer: str


EXCHANGES = (
    Exchange(
        "Thank you for the quick confirmation. May I work from Hamburg on some days?",
        "Working from Hamburg",
        "yes: two days a week where you like, the other three here.",
    ),
    Exchange(
        "I have a notice period of three months. Is that a problem?",
        "Your notice period",
        "no. We would rather wait for the right person than hurry with another.",
    ),
    Exchange(
        "May I send you a newer certificate? I got it last week.",
        "Your certificate",
        "gladly: there is a place for documents on your page.",
    ),
    Exchange(
        "Is a part-time start possible, four days in the first half year?",
        "Four days a week",
        "yes, that works. We note it, so that nobody asks you again.",
    ),
)


def ask(story: Timeline, role: Role, application: Application, number: int, now: datetime) -> None:
    """They ask; all but the one or other get an answer within a day or two."""
    if not active(application):
        return
    exchange = EXCHANGES[number // 2 % len(EXCHANGES)]
    conversation.receive(
        candidate=application.candidate, application=application, body=exchange.question, now=now
    )
    story.asked[application.candidate_id] += 1
    if number % 20 != 12:
        story.at(story.soon(now, 0.2, 1.5), partial(_answer, story, role, application, exchange))


def _answer(story: Timeline, role: Role, application: Application, exchange: Exchange, now: datetime) -> None:
    conversation.send(
        application_id=application.pk,
        subject=exchange.subject,
        body=f"Hello {{{{ candidate.first_name }}}},\n\n{exchange.answer}\n\nKind regards",
        by=story.house[role.plan.recruiter],
        now=now,
    )
