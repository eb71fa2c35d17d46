"""Reminding interviewers: at the end of the interview, when evidence is due, then each working day for a while."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.activity.record import record
from ats.duework import engine
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.models import ApplicationState
from candidates.scorecards import mails
from candidates.scorecards.actions.follow import ASKS, facts
from candidates.scorecards.models import Scorecard
from requisitions.roles.actions.act_by_mail import by_mail_link as role_link

BY_MAIL = "evidence"
"""The purpose of a link in a mail (`ats/by_mail`): one's own scorecard."""
DAILY = 3
"""After its time, so many reminders; then it is the recruiter's, who sees on their day who has not written."""

MOST = 2 + DAILY


def nudge(now: datetime) -> int:
    """One batch of reminders that are due."""
    rows = Scorecard.objects.to_nudge(now).select_related(
        "interviewer",
        "interview",
        "application__candidate",
        "application__requisition__organisation__calendar",
        "application__requisition__recruiter",
    )
    return engine.under_lock(rows.order_by("nudge_at", "pk"), _nudge, now=now)


def _nudge(card: Scorecard, now: datetime) -> None:
    card.interview.application = card.application
    card.nudge_at = _next(card, now)
    if not _is_wanted(card, now):
        card.save(update_fields=["nudge_at"])
        return
    card.nudges += 1
    if card.nudges >= MOST:
        card.nudge_at = None
    card.attempts, card.retry_at, card.last_error = 0, None, ""
    card.save(update_fields=["nudge_at", "nudges", "attempts", "retry_at", "last_error"])
    _write(card, now=now)
    data = facts(card, card.interview) | {"count": card.nudges}
    record("scorecard.nudged", subject=card, by=None, now=now, data=data)


def _is_wanted(card: Scorecard, now: datetime) -> bool:
    """The world as it is now: the interview is over, the candidate in play, the interviewer still here."""
    over = card.interview.state in ASKS and card.interview.ends_at <= now
    return over and card.application.state == ApplicationState.ACTIVE and card.interviewer.is_active


def _next(card: Scorecard, now: datetime) -> datetime:
    """When it is due, where that lies ahead; else the start of the next working day."""
    if card.interview.ends_at > now:
        return card.interview.ends_at
    if card.due_at > now:
        return card.due_at
    calendar = card.application.requisition.organisation.calendar
    day = working_time.next_working_day(calendar, now.astimezone(calendar.zone).date())
    return datetime.combine(day, calendar.day_starts, tzinfo=calendar.zone)


def _by_mail(card: Scorecard, *, now: datetime) -> str:
    """To write it from the mail, where that is allowed; empty elsewhere."""
    role = card.application.requisition
    return role_link(BY_MAIL, subject_id=card.pk, user=card.interviewer, role=role, now=now)


def _write(card: Scorecard, *, now: datetime) -> None:
    requisition = card.application.requisition
    due = card.due_at.astimezone(card.interviewer.zone)
    role = mails.WANTED if now < card.due_at else mails.LATE
    message = outbox.write(
        role,
        organisation=requisition.organisation,
        language=card.interviewer.language,
        values={
            "interviewer.first_name": card.interviewer.get_short_name(),
            "candidate.name": str(card.application.candidate),
            "interview.name": card.interview.name,
            "requisition.title": requisition.title,
            "due.day": date_format(due, "l j F, H:i"),
            "link": _by_mail(card, now=now) or settings.BASE_URL + reverse("scorecard", args=[card.pk]),
        },
    )
    outbox.queue(
        role,
        to=outbox.To(
            address=card.interviewer.email,
            name=card.interviewer.name,
            from_name=requisition.recruiter.name,
            reply_to=requisition.recruiter.email,
        ),
        message=message,
        # An interview that was held another time is reminded of anew.
        key=f"{role}:{card.pk}:{card.due_at.isoformat()}:{card.nudges}",
        now=now,
        # To staff: what is kept about the candidate is for their own messages.
        about=requisition.about(),
    )
