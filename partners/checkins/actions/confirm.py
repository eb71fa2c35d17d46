"""A partner says that they will be there."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from partners.checkins import workflow
from partners.checkins.actions.fetch import calendar_of, fetch
from partners.checkins.models import CheckIn, CheckInState
from partners.partnerships.models import PartnerSide
from partners.partnerships.rules import sides_of


@transaction.atomic
def confirm(*, check_in_id: int, by: User, now: datetime) -> CheckIn:
    """For their side and for this time: another time is confirmed anew. Said twice, it is said once."""
    check_in = fetch(check_in_id, by)
    if not lies_ahead(check_in, now):
        raise WrongState(gettext("This check-in does not lie ahead any more."))
    if mark_confirmed(check_in, by):
        record_said("checkin.confirmed", check_in, by=by, now=now)
    return check_in


def lies_ahead(check_in: CheckIn, now: datetime) -> bool:
    return CheckInState(check_in.state) in workflow.AHEAD and check_in.scheduled_at > now


def record_said(verb: str, check_in: CheckIn, *, by: User, now: datetime) -> None:
    """What somebody said of coming, and of which time."""
    when = date_format(check_in.scheduled_at.astimezone(calendar_of(check_in).zone), "l j F, H:i T")
    record(verb, subject=check_in, by=by, now=now, data={"number": check_in.number, "when": when})


def mark_confirmed(check_in: CheckIn, by: User) -> bool:
    """Whether that is new; the caller holds the row."""
    sides = sides_of(by, check_in.partnership.requisition)
    return mark_said(check_in, sides, confirmed=check_in.scheduled_at, cannot=None)


def mark_said(
    check_in: CheckIn, sides: Iterable[PartnerSide], *, confirmed: datetime | None, cannot: datetime | None
) -> bool:
    """Of coming at the time that it has: a yes, a no, or neither. Whether that is news; the caller holds the row."""
    news: dict[str, datetime | None] = {}
    for side in sides:
        if check_in.is_confirmed(side) != bool(confirmed) or check_in.cannot(side) != bool(cannot):
            news |= {f"{side.value}_confirmed_for": confirmed, f"{side.value}_cannot_for": cannot}
    for name, moment in news.items():
        setattr(check_in, name, moment)
    if news:
        check_in.save(update_fields=list(news))
    return bool(news)
