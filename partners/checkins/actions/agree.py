"""What is agreed in a check-in, and who does it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.domain.due_days import why_not
from ats.organisation.domain.working_time import end_of
from partners.checkins.actions.fetch import calendar_of, fetch
from partners.checkins.models import CheckInAction, CheckInState
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of

LONGEST_ACTION = 300


@transaction.atomic
def agree_action(
    *, check_in_id: int, owner_id: int, text: str, due_on: date, by: User, now: datetime
) -> CheckInAction:
    """Put down what one of the partners will do, by when."""
    check_in = fetch(check_in_id, by)
    if check_in.state == CheckInState.CANCELLED:
        raise WrongState(gettext("This check-in was cancelled."))
    text = text.strip()
    if not text:
        raise Invalid(gettext("Say what will be done."), field="text")
    if len(text) > LONGEST_ACTION:
        raise Invalid(
            gettext("Keep it under %(LONGEST_ACTION)s characters.") % {"LONGEST_ACTION": LONGEST_ACTION},
            field="text",
        )
    if due_on < now.astimezone(calendar_of(check_in).zone).date():
        raise Invalid(gettext("Choose today or a day ahead."), field="due_on")
    if closed := why_not(calendar_of(check_in), end_of(calendar_of(check_in), due_on)):
        raise Invalid(closed, field="due_on")
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    sides = sides_of(owner, check_in.partnership.requisition) if owner else set()
    if owner is None or not sides:
        raise Invalid(gettext("Choose one of the partners."), field="owner")
    action = CheckInAction.objects.create(
        check_in=check_in, side=min(sides), owner=owner, text=text, due_on=due_on
    )
    _record_action("checkin.action_agreed", action, by=by, now=now)
    return action


@transaction.atomic
def set_action_done(*, action_id: int, done: bool, by: User, now: datetime) -> CheckInAction:
    """Either partner says that it is done, or that it is not after all."""
    place = CheckInAction.objects.filter(pk=action_id).values_list("check_in__partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = CheckInAction.objects.select_related("owner", "check_in__partnership__requisition__organisation")
    action = get_for(rows, action_id, user=by, permission="partners.hold_check_in", for_update=True)
    if done == (action.done_at is not None):
        return action
    action.done_at = now if done else None
    action.save(update_fields=["done_at"])
    _record_action("checkin.action_done" if done else "checkin.action_reopened", action, by=by, now=now)
    return action


def _record_action(verb: str, action: CheckInAction, *, by: User, now: datetime) -> None:
    data: dict[str, Any] = {
        "text": action.text,
        "owner": str(action.owner),
        "due": date_format(action.due_on, "l j F"),
    }
    record(verb, subject=action, by=by, now=now, data=data)
