"""A message to a candidate that was meant for their day does not leave in their night."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from ats.mail import roles
from ats.mail.models import OutgoingMail
from ats.mail.reading_hours import reads_at
from ats.organisation.models import HiringOrganisation, WorkingCalendar
from candidates.compose import quiet_hours
from candidates.people.models import Candidate
from requisitions.models import Requisition

UP_STILL = timedelta(hours=1)
"""So long after a message that was meant for the night, its reader is still up: they have just done something."""
TOO_CLOSE = timedelta(hours=3)
"""An interview that is so soon after they wake up: its messages do not wait for the morning."""


Meeting = Callable[[Collection[int], datetime, datetime], Iterable[tuple[int, datetime]]]
_meeting: list[Meeting] = []


def meeting(finder: Meeting) -> Meeting:
    """Let the decorated function say what begins when, in these applications, between two moments."""
    _meeting.append(finder)
    return finder


@reads_at
def when_candidates_read(mails: Sequence[OutgoingMail], now: datetime) -> dict[int, datetime]:
    """When each of these may be tried that goes to a candidate, in a fixed number of queries."""
    to_candidates = [mail for mail in mails if _is_to_candidate(mail)]
    if not to_candidates:
        return {}
    candidates = Candidate.objects.without_words().in_bulk({mail.candidate_id for mail in to_candidates})
    calendars, places = _calendars(to_candidates), _places(to_candidates)
    found: dict[int, datetime] = {}
    for mail in to_candidates:
        candidate, calendar = candidates.get(mail.candidate_id), calendars.get(mail.organisation_id)
        if candidate is not None and calendar is not None:
            place = places.get(mail.requisition_id, "")
            found[mail.pk] = _next_hour(mail, candidate, calendar, place, now)
    return _without_the_urgent(to_candidates, found, now)


def _is_to_candidate(mail: OutgoingMail) -> bool:
    return mail.candidate_id is not None and mail.role in roles.to_candidates()


def _calendars(mails: Sequence[OutgoingMail]) -> dict[int | None, WorkingCalendar]:
    """By organisation; for None, where a message belongs to no organisation, the first one's."""
    rows = HiringOrganisation.objects.select_related("calendar").order_by("pk")
    found: dict[int | None, WorkingCalendar] = {row.pk: row.calendar for row in rows}
    if any(mail.organisation_id is None for mail in mails) and found:
        found[None] = next(iter(found.values()))
    return found


def _places(mails: Sequence[OutgoingMail]) -> dict[int | None, str]:
    """The time zones of the posts' places, by requisition."""
    wanted = {mail.requisition_id for mail in mails if mail.requisition_id}
    rows = Requisition.objects.filter(pk__in=wanted, location__isnull=False)
    return dict(rows.values_list("pk", "location__time_zone")) if wanted else {}


def _next_hour(
    mail: OutgoingMail, candidate: Candidate, calendar: WorkingCalendar, place: str, now: datetime
) -> datetime:
    """Now, or their next morning; what was meant for working hours keeps to working days."""
    zone, meant = quiet_hours.zone_of(candidate, calendar, place), mail.not_before
    if quiet_hours.awake(meant, zone) != meant and now - meant < UP_STILL:
        return now
    role = roles.get(mail.role)
    if role.decision and quiet_hours.at_work(meant, zone, calendar) == meant:
        return quiet_hours.at_work(now, zone, calendar)
    return quiet_hours.awake(now, zone)


def _without_the_urgent(
    mails: Sequence[OutgoingMail], found: dict[int, datetime], now: datetime
) -> dict[int, datetime]:
    about = {
        mail.pk: mail.application_id
        for mail in mails
        if found.get(mail.pk, now) > now and mail.role.startswith("interview.")
    }
    if not about:
        return found
    latest = max(found[pk] for pk in about) + TOO_CLOSE
    starts: dict[int, list[datetime]] = {}
    for application_id, starts_at in _meeting[0]({*filter(None, about.values())}, now, latest):
        starts.setdefault(application_id, []).append(starts_at)
    urgent = {
        pk
        for pk, application_id in about.items()
        if any(starts_at < found[pk] + TOO_CLOSE for starts_at in starts.get(application_id or 0, ()))
    }
    return {pk: moment for pk, moment in found.items() if pk not in urgent}
