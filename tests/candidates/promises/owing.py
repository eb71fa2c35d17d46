"""Somebody to whom our word is broken again and again, for the tests of what follows."""

from datetime import datetime

from ats.organisation.models import HiringOrganisation
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application, Promise
from candidates.promises import actions, queries
from tests.candidates.helpers import hours, open_one, run_lane
from tests.factories import (
    NOW,
    make_application,
    make_user,
)


def approve(organisation: HiringOrganisation) -> None:
    seen = [text.digest for text in queries.texts(organisation)]
    actions.approve_words(organisation_id=organisation.pk, seen=seen, by=make_user("lead"), now=NOW)


def waiting(*, approved: bool = True, **facts: object) -> Application:
    """Somebody whose first date runs out today at five."""
    application = make_application(due_at=hours(7), **facts)
    if approved:
        approve(application.requisition.organisation)
    return application


def run_out(application: Application, times: int = 1) -> datetime:
    """So many dates pass, one after the other; when the last one did."""
    now = NOW
    for _ in range(times):
        now = open_one(application).due_at
        run_lane("promises", now)
    return now


def owing(application: Application) -> tuple[Promise, datetime]:
    now = run_out(application, 3)
    return open_one(application), now


def answer(application: Application, now: datetime) -> None:
    by = application.requisition.recruiter
    conversation.note_told(
        application_id=application.pk, channel=Channel.CALL, body="Called.", by=by, now=now
    )
