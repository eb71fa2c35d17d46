"""What a client said of somebody: noted by criterion, with who said it and when, so that it can be passed on."""

from datetime import date, datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.compose import lawful
from candidates.compose.words import typed
from candidates.feedback.models import ClientWord
from candidates.feedback.rules import GIVE
from candidates.people.domain.keys import one_line
from candidates.submissions.queries import check_put_forward
from requisitions.models import Criterion

LONGEST, LONGEST_NAME = 10_000, 200


@transaction.atomic
def note_client(
    *,
    application_id: int,
    criterion_id: int,
    words: str,
    said_by: str,
    said_on: date,
    by: User,
    now: datetime,
) -> ClientWord:
    """Keep what somebody at the client said of them on one of the role's criteria, looked through as evidence is."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    check_put_forward(application)
    criterion = Criterion.objects.filter(pk=criterion_id, requisition=application.requisition_id).first()
    if criterion is None:
        raise Invalid(gettext("Choose one of the criteria of this role."), field="criterion")
    said, who = typed(words), one_line(said_by)
    for name, text, most in (("words", said, LONGEST), ("said_by", who, LONGEST_NAME)):
        if not text:
            raise Invalid(gettext("Say who said it, and in which words."), field=name)
        if len(text) > most:
            raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": f"{most:,}"}, field=name)
    if not application.applied_at.date() <= said_on <= now.date():
        raise Invalid(gettext("Give a day between their application and now."), field="said_on")
    lawful.check(application, {"words": said}, where="client", what="What the client said of")
    row = ClientWord.objects.create(
        application=application,
        criterion=criterion,
        name=criterion.name,
        words=said,
        said_by=who,
        said_on=said_on,
        noted_by=by,
        noted_at=now,
    )
    data = {"who": who, "criterion": row.name, "words": said}
    record("feedback.client_noted", subject=row, by=by, now=now, data=data)
    return row


@transaction.atomic
def remove_client(*, application_id: int, word_id: int, by: User, now: datetime) -> None:
    """Take it away; what was sent from it stays as it was sent."""
    application = fetch.locked(application_id, user=by, permission=GIVE)
    row = ClientWord.objects.filter(application=application, pk=word_id).first()
    if row is None:
        raise Missing(gettext("There is no such note."))
    data = {"who": row.said_by, "criterion": row.name}
    record("feedback.client_removed", subject=row, by=by, now=now, data=data)
    row.delete()
