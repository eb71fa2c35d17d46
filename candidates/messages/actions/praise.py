"""A candidate's kind words: shared with those they are about once the candidate has said yes to it, on record."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Missing, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.messages.actions.write import PERMISSION, send
from candidates.messages.models import Direction, Message, Praise
from candidates.people.models import Candidate

SUBJECT = "May we share your kind words?"
BODY = """Hello {{ candidate.first_name }},

thank you for what you wrote to us. It would please the colleagues who took part as much as it pleased me.

May we show them your words, without your name? You say yes or no on your page. Nothing hangs on it, and you can change your mind there at any time."""  # noqa: E501


@transaction.atomic
def ask_to_share(*, message_id: int, by: User, now: datetime) -> Praise:
    """Ask the candidate, in an ordinary message, whether these words of theirs may be shared; once."""
    place = Message.objects.filter(pk=message_id).values_list("application", flat=True).first()
    application = fetch.locked(place or 0, user=by, permission=PERMISSION)
    message = application.messages.select_for_update(no_key=True).get(pk=message_id)
    if message.direction != Direction.IN:
        raise WrongState(gettext("These words are not the candidate's."))
    if Praise.objects.filter(message=message).exists():
        raise WrongState(gettext("They have been asked already."))
    send(application_id=application.pk, subject=SUBJECT, body=BODY, by=by, now=now)
    praise = Praise.objects.create(message=message, asked_by=by, asked_at=now)
    data = {"praise_id": praise.pk}
    record("praise.asked", subject=praise, by=by, now=now, data=data, **application.about())
    return praise


@transaction.atomic
def answer_sharing(*, candidate: Candidate, praise_id: int, agrees: bool, now: datetime) -> Praise:
    """The candidate says yes or no, or changes their mind; each answer is on record."""
    rows = Praise.objects.select_related("message__application")
    praise = rows.filter(pk=praise_id, message__candidate=candidate).first()
    if praise is None or praise.message.application is None:
        raise Missing(gettext("There is no such question."))
    application = fetch.relocked(praise.message.application)
    praise.refresh_from_db(fields=["agreed"])
    if praise.agreed == agrees:
        return praise
    praise.agreed, praise.answered_at = agrees, now
    praise.save(update_fields=["agreed", "answered_at", "updated_at"])
    verb = "praise.agreed" if agrees else "praise.refused"
    record(verb, subject=praise, by=candidate, now=now, data={"praise_id": praise.pk}, **application.about())
    return praise
