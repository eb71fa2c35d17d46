"""Asking a colleague to stand in, and ending it before its time."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.accounts.queries.succession import WHO_MAY, Part
from ats.activity.record import record
from ats.kernel.access import get_for, lock_all
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from partners.delegations import mails
from partners.delegations.actions import in_force
from partners.delegations.domain.chains import MOST_HOPS, Link, closes_a_circle, hops
from partners.delegations.models import LONGEST, Delegation
from partners.delegations.queries import links
from requisitions.models import Requisition, RequisitionState


@transaction.atomic
def delegate(*, to_id: int, begins_on: date, ends_on: date, by: User, now: datetime) -> Delegation:
    """From the first of these days to the last, a colleague does one's part; both days are those of `by`'s own zone.

    Nothing is passed on in a circle, nor more than twice. The colleague is told.
    """
    lock_all(User, {by.pk, to_id})
    to = User.objects.filter(pk=to_id, is_active=True).first()
    begins_at, ends_at = _times(begins_on, ends_on, by, now)
    if to is None or to == by:
        raise Invalid(gettext("Choose a colleague."), field="to")
    _check_may(to, by)
    _check_chain(Link(by.pk, to.pk, begins_at, ends_at), to)
    delegation = Delegation.objects.create(owner=by, delegate=to, begins_at=begins_at, ends_at=ends_at)
    data = {
        "delegate": str(to),
        "delegate_id": to.pk,
        "begins": date_format(begins_on, "j F Y"),
        "ends": date_format(ends_on, "j F Y"),
    }
    record("delegation.given", subject=delegation, by=by, now=now, data=data)
    mails.ask(delegation, now=now)
    if begins_at <= now:
        in_force.begin(delegation, now=now)
    return delegation


@transaction.atomic
def end(*, delegation_id: int, by: User, now: datetime) -> Delegation:
    """One of the two, or who oversees, ends it now; the other is told."""
    rows = Delegation.objects.select_related("owner", "delegate")
    theirs = get_for(rows, delegation_id, user=by, permission="partners.end_delegation")
    lock_all(User, {theirs.owner_id, theirs.delegate_id})
    delegation = get_for(rows, delegation_id, user=by, permission="partners.end_delegation", for_update=True)
    in_force.end(delegation, why=kept(f"{by} ended it."), by=by, now=now)
    return delegation


def _times(begins_on: date, ends_on: date, by: User, now: datetime) -> tuple[datetime, datetime]:
    today = now.astimezone(by.zone).date()
    if begins_on < today:
        raise Invalid(gettext("Choose today or a day ahead."), field="begins_on")
    if ends_on < begins_on:
        raise Invalid(gettext("The last day comes after the first."), field="ends_on")
    if (ends_on - begins_on).days >= LONGEST:
        said = gettext("At most %(days)s days: who is away for longer hands their roles over.") % {
            "days": LONGEST
        }
        raise Invalid(said, field="ends_on")
    begins = datetime.combine(begins_on, time(), tzinfo=by.zone)
    return max(begins, now), datetime.combine(ends_on + timedelta(days=1), time(), tzinfo=by.zone)


def _check_may(to: User, by: User) -> None:
    """Somebody who can do none of it is no help, and would not see what it is about."""
    going_on = Requisition.objects.exclude(
        state__in=[RequisitionState.FILLED, RequisitionState.CLOSED, RequisitionState.CANCELLED]
    )
    led = going_on.filter(Q(recruiter=by) | Q(hiring_manager=by))
    parts = {
        Part.RECRUITER if role.recruiter_id == by.pk else Part.MANAGER for role in led.only("recruiter_id")
    }
    if parts and not any(to.role in WHO_MAY[part] for part in parts):
        raise Invalid(
            gettext("%(to)s cannot do your part: their role in the house does not allow it.") % {"to": to},
            field="to",
        )


def _check_chain(new: Link, to: User) -> None:
    standing = links(new.begins_at, new.ends_at)
    if any(link.owner == new.owner for link in standing):
        raise Conflict(gettext("Somebody stands in for you in these days already: end that first."))
    if closes_a_circle(new, standing):
        raise Invalid(
            gettext("%(to)s is away too then, and it would come back to you. Choose somebody else.")
            % {"to": to},
            field="to",
        )
    if hops(new, standing) > MOST_HOPS:
        raise Invalid(
            gettext("It would be passed on more than %(MOST_HOPS)s times. Choose somebody else.")
            % {"MOST_HOPS": MOST_HOPS},
            field="to",
        )
