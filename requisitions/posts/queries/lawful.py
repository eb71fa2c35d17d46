"""What the law of its place wants a post to say, and what of that is wanting."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from ats.organisation.domain import duties
from ats.organisation.domain.duties import Duty, Kind
from ats.organisation.domain.places import name_of
from requisitions.posts.models import JobPost, PostState
from requisitions.roles.domain.pay import amount
from requisitions.roles.models import PayPeriod, Requisition
from requisitions.roles.queries.readiness import Gap

IN_A_YEAR = {
    PayPeriod.YEAR: Decimal(1),
    PayPeriod.MONTH: Decimal(12),
    PayPeriod.DAY: Decimal(260),
    PayPeriod.HOUR: Decimal(2080),
}
"""How much of a period a year has, at five days and forty hours a week."""


def wanted(role: Requisition, now: datetime) -> list[Duty]:
    """The statements that the law of its place wants now; no query where location and organisation are fetched."""
    place = role.jurisdiction
    if not any(duty.kind in duties.STATEMENTS for duty in duties.at(place)):
        return []
    there = role.location.time_zone if role.location else "UTC"
    here = now.astimezone(ZoneInfo(there)).date()
    return duties.statements_required(place, employees=role.organisation.employees, on=here)


def wanting(post: JobPost, now: datetime) -> list[Gap]:
    """What it does not say and has to, each with the rule; whether software screens is computed, and never wanting."""
    return [gap for duty in wanted(post.requisition, now) if (gap := _gap(post, duty)) is not None]


def _gap(post: JobPost, duty: Duty) -> Gap | None:
    if duty.kind is Kind.PAY:
        return _too_wide(post.requisition, duty)
    if duty.kind is Kind.VACANCY and not post.vacancy:
        return Gap(_by(duty, gettext("Say whether there is a vacancy to fill.")), "vacancy")
    if duty.kind is Kind.FILL_BY and post.fill_by is None:
        return Gap(_by(duty, gettext("Say by when the job is to be filled.")), "fill_by")
    return None


def _too_wide(role: Requisition, duty: Duty) -> Gap | None:
    """A range that is wider than the place allows; in another currency nobody can hold it against the law's."""
    if duty.pay is None or role.pay_min is None or role.pay_max is None:
        return None
    if role.pay_currency != duty.pay.currency:
        return None
    times = IN_A_YEAR[PayPeriod(role.pay_period)]
    low, high = role.pay_min * times, role.pay_max * times
    if high > duty.pay.unless_above or high - low <= duty.pay.widest:
        return None
    said = gettext("Narrow the pay to a range of at most %(widest)s a year.") % {
        "widest": amount(duty.pay.widest, duty.pay.currency)
    }
    return Gap(_by(duty, said), "pay_min")


def _by(duty: Duty, said: str) -> str:
    """What to do, and the rule that wants it."""
    rule = {"said": said, "place": name_of(duty.place), "source": duty.source}
    return gettext("%(said)s The law of %(place)s wants it (%(source)s).") % rule


def live_and_wanting(user: User, now: datetime) -> list[tuple[JobPost, list[Gap]]]:
    """Posts that are out and do not say what the law of their place wants by now; one query.

    They were published before the rule began, or before the organisation was large enough.
    """
    countries = duties.countries_of_statements()
    rows = JobPost.objects.visible_to(user).live().filter(requisition__location__country__in=countries)
    posts = rows.select_related("requisition__location", "requisition__organisation__calendar")
    found = [(post, wanting(post, now)) for post in posts.order_by("title", "pk")]
    return [(post, gaps) for post, gaps in found if gaps]


def of_live_posts(role: Requisition, now: datetime) -> list[Gap]:
    """What the posts of this role that are out would want, as its facts are now."""
    if not wanted(role, now):
        return []
    posts = role.posts.filter(state=PostState.PUBLISHED)
    return [gap for post in posts for gap in wanting(_with(post, role), now)]


def _with(post: JobPost, role: Requisition) -> JobPost:
    post.requisition = role
    return post
