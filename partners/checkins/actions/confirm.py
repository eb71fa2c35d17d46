"""A partner says that they will be there."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import WrongState
from partners.checkins import workflow
from partners.checkins.actions.fetch import calendar_of, fetch
from partners.checkins.models import CheckIn, CheckInState
from partners.partnerships.rules import sides_of


@transaction.atomic
def confirm(*, check_in_id: int, by: User, now: datetime) -> CheckIn:
    """For their side and for this time: another time is confirmed anew. Said twice, it is said once."""
    check_in = fetch(check_in_id, by)
    if CheckInState(check_in.state) not in workflow.AHEAD or check_in.scheduled_at <= now:
        raise WrongState("This check-in does not lie ahead any more.")
    if mark_confirmed(check_in, by):
        when = date_format(check_in.scheduled_at.astimezone(calendar_of(check_in).zone), "l j F, H:i T")
        record(
            "checkin.confirmed",
            subject=check_in,
            by=by,
            now=now,
            data={"number": check_in.number, "when": when},
        )
    return check_in


def mark_confirmed(check_in: CheckIn, by: User) -> bool:
    """Whether that is new; the caller holds the row."""
    missing = [
        f"{side.value}_confirmed_for"
        for side in sides_of(by, check_in.partnership.requisition)
        if not check_in.is_confirmed(side)
    ]
    for name in missing:
        setattr(check_in, name, check_in.scheduled_at)
    if missing:
        check_in.save(update_fields=missing)
    return bool(missing)
