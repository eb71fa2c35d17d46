"""What partners do about advice: take it up, put it off until a day, or answer why not."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from partners.advice import workflow
from partners.advice.domain.rules import RULES
from partners.advice.models import Advice, AdviceState
from partners.advice.rules import SETTLE

FARTHEST = timedelta(days=90)
LONGEST = 1000


@transaction.atomic
def take_up(*, advice_id: int, by: User, now: datetime) -> Advice:
    """The partners act on it; from now on its figure is watched."""
    row = _settle(advice_id, AdviceState.TAKEN_UP, by=by, now=now)
    _save(row, "advice.taken_up", by=by, now=now)
    return row


@transaction.atomic
def put_off(*, advice_id: int, until: date, by: User, now: datetime) -> Advice:
    """It is looked at again on that day."""
    row = _settle(advice_id, AdviceState.PUT_OFF, by=by, now=now)
    today = now.astimezone(row.partnership.requisition.organisation.calendar.zone).date()
    if until <= today:
        raise Invalid(gettext("Choose a day ahead."), field="until")
    if until - today > FARTHEST:
        raise Invalid(gettext("Choose a day within three months."), field="until")
    row.until = until
    _save(row, "advice.put_off", by=by, now=now, until=date_format(until, "j F"))
    return row


@transaction.atomic
def answer(*, advice_id: int, words: str, by: User, now: datetime) -> Advice:
    """The partners know better, and say why."""
    words = words.strip()
    if not words:
        raise Invalid(gettext("Say why, in a few words."), field="words")
    if len(words) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="words")
    row = _settle(advice_id, AdviceState.ANSWERED, by=by, now=now)
    place = Place(name=f"advice:{row.pk}", what=ours(str)(RULES[row.rule].title), about=row.about())
    lawful.check({"words": words}, place=place)
    row.words = words
    _save(row, "advice.answered", by=by, now=now)
    return row


def to_bring_back(*, today: date) -> QuerySet[Advice]:
    return Advice.objects.filter(state=AdviceState.PUT_OFF, until__lte=today, over_at__isnull=True)


@transaction.atomic
def bring_back(*, now: datetime) -> int:
    """What was put off until today is to be looked at again; how many pieces."""
    return to_bring_back(today=now.date()).update(
        state=AdviceState.STANDING, until=None, settled_at=None, settled_by=None, updated_at=now
    )


def _settle(advice_id: int, state: AdviceState, *, by: User, now: datetime) -> Advice:
    rows = Advice.objects.select_related("partnership__requisition__organisation__calendar")
    row = get_for(rows, advice_id, user=by, permission=SETTLE, for_update=True)
    if row.over_at is not None:
        raise WrongState(gettext("The figures say this no longer."))
    workflow.check(row.state, state)
    row.state, row.until, row.settled_at, row.settled_by = state, None, now, by
    return row


def _save(row: Advice, verb: str, *, by: User, now: datetime, **more: str) -> None:
    row.save(update_fields=["state", "until", "settled_at", "settled_by", "words"])
    data = {"rule": row.rule, "title": ours(str)(RULES[row.rule].title)} | more
    record(verb, subject=row, by=by, now=now, data=data)
