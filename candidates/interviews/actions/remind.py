"""Reminders a day and an hour before an interview, to both sides; looked at again when they are due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from ats.duework import tasks
from ats.duework.models import DueTask
from ats.kernel.languages import later
from ats.mail import outbox
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal.queries import kept_people
from candidates.interviews import mails
from candidates.interviews.models import Interview, InterviewState, SeatKind
from candidates.interviews.queries import calendar_files, facts
from candidates.interviews.queries.facts import candidate_zone

KIND = "interview.remind"
BEFORE = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


def plan(interview: Interview, *, now: datetime) -> None:
    """Those that still lie well ahead: nobody is reminded of what they have just booked."""
    forget(interview, now=now)
    for name, before in BEFORE.items():
        if interview.starts_at - now < before * 1.25:
            continue
        tasks.plan(
            KIND,
            subject_id=interview.pk,
            due_at=interview.starts_at - before,
            key=f"{KIND}:{interview.pk}:{interview.sequence}:{name}",
            payload={"before": name, "starts_at": interview.starts_at.isoformat()},
        )


def forget(interview: Interview, *, now: datetime) -> None:
    tasks.cancel(KIND, subject_id=interview.pk, now=now)


@tasks.task_kind(KIND)
def remind(task: DueTask, now: datetime) -> None:
    interview = Interview.objects.filter(pk=task.subject_id, state=InterviewState.BOOKED).first()
    name = task.payload["before"]
    if interview is None or interview.starts_at != parse_datetime(task.payload["starts_at"]):
        return
    if interview.starts_at - now < BEFORE[name] / 2:  # so late that its words would be wrong
        return
    application = Application.objects.whole().get(pk=interview.application_id)
    if application.state == "active":
        _send(interview, application, name=name, now=now)


def _send(interview: Interview, application: Application, *, name: str, now: datetime) -> None:
    seats = facts.seats_of(interview)
    key = f"interview:{interview.pk}:{interview.sequence}:remind-{name}"
    row = _row(interview, application, name=name)
    if row:
        letters.queue(
            mails.REMINDER,
            application=application,
            key=f"{key}:candidate",
            now=now,
            not_after=interview.starts_at,
            extra=facts.told(facts.row_for_candidate, row, application)
            | {"interview.soon": later(_soon, interview, candidate_zone(application), now)},
        )
    kept = kept_people(application.pk)
    for seat in (each for each in seats if each.user.is_active and each.user_id not in kept):
        person, sits_in = seat.user, seat.kind == SeatKind.SHADOW
        values = facts.for_interviewer(interview, application, seats, reader=person, sits_in=sits_in)
        outbox.queue(
            mails.STAFF_REMINDER,
            to=letters.to_user(person),
            message=outbox.write(
                mails.STAFF_REMINDER,
                organisation=application.requisition.organisation,
                language=person.language,
                values=values
                | {
                    "interview.soon": _soon(interview, person.zone, now),
                    "link": calendar_files.page(interview),
                },
            ),
            key=f"{key}:{person.pk}",
            now=now,
            not_after=interview.starts_at,
            about=application.about(),
        )


def _row(interview: Interview, application: Application, *, name: str) -> list[facts.Part]:
    """This one and what follows on the same day; nothing where the reminder of an earlier one has said it all.

    An hour before it, an earlier one counts only if it ends no longer ago: they are with us then.
    """
    zone = candidate_zone(application)
    day = interview.starts_at.astimezone(zone).date()
    rows = application.interviews.ahead().order_by("starts_at", "pk")
    there = [each for each in rows if each.starts_at.astimezone(zone).date() == day]
    since = interview.starts_at - BEFORE[name]
    if any(each.starts_at < interview.starts_at and each.ends_at > since for each in there):
        return []
    return [(each, facts.seats_of(each)) for each in there if each.starts_at >= interview.starts_at]


def _soon(interview: Interview, zone: ZoneInfo, now: datetime) -> str:
    if interview.starts_at - now <= BEFORE["hour"]:
        return gettext("In an hour")
    same_day = interview.starts_at.astimezone(zone).date() == now.astimezone(zone).date()
    return gettext("Today") if same_day else gettext("Tomorrow")
