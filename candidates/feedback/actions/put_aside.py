"""Feedback that is put aside, and gone on with later: words that are kept, and that nobody has sent."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful, letters
from candidates.compose.words import typed
from candidates.feedback import queries
from candidates.feedback.models import FeedbackDraft
from candidates.feedback.rules import GIVE
from candidates.people.domain.keys import one_line

MOST_POINTS = 200


@transaction.atomic
def put_aside(
    *, application_id: int, subject: str, body: str, points: Sequence[str], by: User, now: datetime
) -> FeedbackDraft:
    """Keep these words and the points they were put together from; what this person kept before is replaced."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    if refusal := queries.refusal_of(application, queries.given_in(application)):
        raise WrongState(refusal)
    subject, body = one_line(subject)[:300], typed(body)
    if len(body) > letters.LONGEST_BODY:
        said = gettext("Keep the message under %(most)s characters.") % {"most": letters.LONGEST_BODY}
        raise Invalid(said, field="body")
    texts = {"subject": subject, "body": body}
    lawful.check(application, texts, where="feedback", what="The feedback to", uses=TOLD)
    known = {each.seal for each in queries.evidence_of(application, by)}
    row, is_first = FeedbackDraft.objects.update_or_create(
        application=application,
        author=by,
        defaults={
            "subject": subject,
            "body": body,
            "points": [seal for seal in dict.fromkeys(points) if seal in known][:MOST_POINTS],
            "kept_at": now,
        },
    )
    if is_first:
        record("feedback.put_aside", subject=row, by=by, now=now)
    return row


@transaction.atomic
def throw_away(*, application_id: int, by: User, now: datetime) -> None:
    """What this person put aside is kept no longer; nothing where there is nothing."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    FeedbackDraft.objects.filter(application=application, author=by).delete()


def let_go(application: Application) -> None:
    """Feedback was given, or there is no decision any more: nobody goes on with theirs."""
    FeedbackDraft.objects.filter(application=application).delete()
