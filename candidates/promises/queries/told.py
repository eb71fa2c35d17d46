"""Who was told by when law wants it, by whom and by which way: read from the record, a line for each person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, TextChoices
from django.utils import timezone

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import MailState, OutgoingMail
from ats.organisation.domain.duty import Duty
from ats.organisation.models import Location
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.models import FollowUp
from candidates.interviews.models import Interview, InterviewState
from candidates.promises import outer
from requisitions.models import Requisition

ACCEPTED = "yes"
"""The channel of whoever said yes to an offer themselves."""
UNDECIDED_MAILS = ("promise.holding_note", "promise.ended")
"""Letters that say that no decision has been made; reminders of the candidate's own move do where law wants it."""
DECIDED_MAILS = (*DECISION_MAILS, "offer.sent")
NEAR = timedelta(days=10)
"""So long before the last day somebody who does not know stands on top."""


class By(TextChoices):
    """How it stands with a person who is to be told."""

    MISSED = "missed", gettext_lazy("Not told, and the day is over")
    NEAR = "near", gettext_lazy("To be told soon")
    OPEN = "open", gettext_lazy("Not told yet")
    LATE = "late", gettext_lazy("Told, too late")
    IN_TIME = "in_time", gettext_lazy("Told in time")
    WITHDREW = "withdrew", gettext_lazy("They withdrew")


ORDER = list(By)


@dataclass(frozen=True)
class Told:
    """One person's line. `said`: whether it was decided, as they were told."""

    application: Application
    duty: Duty
    last_interview: date
    until: date
    over_at: datetime
    """The end of that day, where the office is."""
    told_at: datetime | None
    who: str
    channel: str
    said: str
    stands: By


@dataclass(frozen=True)
class Telling:
    at: datetime
    who: str
    channel: str
    said: str


def told_by_law(user: User, *, now: datetime) -> list[Told]:
    """Everybody with an interview in a place whose law sets a day, the urgent first.

    Whoever withdrew before the day need not be told. One query where no place sets a day, else six.
    """
    today = timezone.localdate(now)
    places = [
        place.pk
        for place in Location.objects.select_related("organisation")
        if outer.duty_at(place.jurisdiction, place.organisation, on=today) is not None
    ]
    if not places:
        return []
    rows_of_roles = Requisition.objects.visible_to(user).filter(location__in=places)
    roles = {role.pk: role for role in rows_of_roles.select_related("location", "organisation__calendar")}
    ends = _ends(list(roles))
    rows = {
        row.pk: row
        for row in Application.objects.visible_to(user).filter(pk__in=list(ends)).select_related("candidate")
    }
    tellings = _tellings(list(rows))
    lines = []
    for pk, row in rows.items():
        row.requisition = roles[row.requisition_id]
        duty = outer.duty_for(row.requisition, on=today)
        assert duty is not None
        lines.append(_line(row, duty, ends[pk], tellings[pk], now))
    lines.sort(key=lambda line: (ORDER.index(line.stands), line.until, line.application.pk))
    return lines


def _ends(role_ids: list[int]) -> dict[int, list[datetime]]:
    """When the interviews of each application ended that were held."""
    held = Interview.objects.filter(
        application__requisition__in=role_ids, state=InterviewState.HELD
    ).values_list("application", "ends_at")
    found: dict[int, list[datetime]] = defaultdict(list)
    for application, end in held:
        found[application].append(end)
    return found


def _tellings(application_ids: list[int]) -> dict[int, list[Telling]]:
    """What each of them was told of a decision, or of none, in order."""
    found: dict[int, list[Telling]] = defaultdict(list)
    reminders = FollowUp.objects.filter(
        application__in=application_ids, step=journeys.REMINDER, payload__by_law=True
    )
    mails = OutgoingMail.objects.filter(
        Q(role__in=UNDECIDED_MAILS + DECIDED_MAILS) | Q(pk__in=reminders.values("mail")),
        application_id__in=application_ids,
        state=MailState.SENT,
        sent_at__isnull=False,
    ).values_list("application_id", "sent_at", "from_name", "role")
    for application, at, who, role in mails:
        assert application is not None
        assert at is not None
        said = "decided" if role in DECIDED_MAILS else "undecided"
        found[application].append(Telling(at, who, "mail", said))
    spoken = Activity.objects.filter(verb="application.told", application_id__in=application_ids)
    for entry in spoken:
        if not entry.data.get("mail_id"):
            channel = entry.data.get("channel", "call")
            spoke = Telling(entry.occurred_at, entry.actor_name, channel, "decided")
            found[entry.application_id or 0].append(spoke)
    # Whoever accepts an offer knows, whatever became of the letter that brought it.
    accepted = Application.objects.filter(
        pk__in=application_ids, state=ApplicationState.HIRED, told_at__isnull=False
    )
    for pk, at in accepted.values_list("pk", "told_at"):
        assert at is not None
        found[pk].append(Telling(at, "", ACCEPTED, "decided"))
    for each in found.values():
        each.sort(key=lambda telling: telling.at)
    return found


def _line(
    row: Application, duty: Duty, ends: Iterable[datetime], tellings: Iterable[Telling], now: datetime
) -> Told:
    calendar = row.requisition.organisation.calendar
    last = outer.last_interview(ends, duty.days or 0)
    assert last is not None
    day = last.astimezone(calendar.zone).date()
    date_set = outer.OuterDate(duty, day + timedelta(days=duty.days or 0), calendar)
    first = next((each for each in tellings if each.at >= last), None)
    return Told(
        application=row,
        duty=duty,
        last_interview=day,
        until=date_set.day,
        over_at=date_set.over_at,
        told_at=first.at if first else None,
        who=first.who if first else "",
        channel=first.channel if first else "",
        said=first.said if first else "",
        stands=_stands(row, first, date_set.over_at, now),
    )


def _stands(row: Application, first: Telling | None, over_at: datetime, now: datetime) -> By:
    if first is not None:
        return By.IN_TIME if first.at < over_at else By.LATE
    if row.state == ApplicationState.WITHDRAWN and row.decided_at is not None and row.decided_at < over_at:
        return By.WITHDREW
    if over_at <= now:
        return By.MISSED
    return By.NEAR if over_at - NEAR <= now else By.OPEN
