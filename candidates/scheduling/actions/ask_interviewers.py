"""Asking those who are to sit in an interview when they can, and what they say."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.calendars.domain.spans import Span
from ats.kernel.access import get_for, lock, lock_all
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.prepared import Prepared
from ats.kernel.staff_words import gettext
from ats.kernel.when import counted, day_in
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.actions.fetch import touched
from candidates.applications.models import Application
from candidates.applications.workflow import check_active
from candidates.interviews.actions import seat
from candidates.scheduling import mails, workflow
from candidates.scheduling.domain import given
from candidates.scheduling.models import AvailabilityRequest, AvailabilityRequestQuerySet, AvailabilityState
from candidates.scheduling.queries import availability
from candidates.scheduling.queries.availability_requests import GIVE, check_wanted, terms_of
from requisitions.models import PlannedInterview
from requisitions.roles.actions.act_by_mail import by_mail_link as role_link

BY_MAIL = "availability"
"""The purpose of a link in a mail (`ats/by_mail`): one's times for one interview."""
ANSWER_DAYS, MOST_ANSWER_DAYS = 2, 5
"""Working days until times are overdue, as a rule, and at most: they are asked for within two weeks."""
MOST_GIVEN = 20
LOST = "they are not to sit in it any more"


@transaction.atomic
def ask(
    *,
    application_id: int,
    planned_id: int,
    interviewer_id: int,
    by: User,
    now: datetime,
    days: int = ANSWER_DAYS,
) -> AvailabilityRequest:
    """Ask somebody who is to sit in this interview of the plan when they can in the next two weeks.

    They are to say so within so many working `days`, from 1 to `MOST_ANSWER_DAYS`, and get one mail. Who has given
    times is asked anew, and those count no longer.
    """
    application = seat.arranged(application_id, by)
    check_active(application.state)
    (planned,) = availability.planned_of(application, [planned_id])
    if application.interviews.ahead().filter(planned=planned).exists():
        raise Conflict(gettext("%(planned)s is booked already: move it instead.") % {"planned": planned.name})
    interviewer = availability.may_sit_in(application, planned).filter(pk=interviewer_id).first()
    if interviewer is None:
        said = gettext("Only people of the plan, its pool or the hiring team can be asked.")
        raise Invalid(said, field="interviewer")
    if not 1 <= days <= MOST_ANSWER_DAYS:
        raise Invalid(
            gettext("Choose from 1 to %(most)s working days.") % {"most": MOST_ANSWER_DAYS}, field="days"
        )
    _make_room(application, interviewer, by=by, now=now)
    request = AvailabilityRequest.objects.create(
        application=application,
        planned=planned,
        interviewer=interviewer,
        asked_by=by,
        asked_at=now,
        due_at=working_time.after_days(application.calendar, now, days),
    )
    _record("availability.asked", request, by=by, now=now)
    _write(request, now=now)
    touched(application, now=now)
    return request


def _make_room(application: Application, interviewer: User, *, by: User, now: datetime) -> None:
    before = application.availability_requests.live().filter(interviewer=interviewer).first()
    if before is None:
        return
    if before.state == AvailabilityState.OPEN:
        raise Conflict(
            gettext("%(interviewer)s is asked already, and has not said yet.") % {"interviewer": interviewer}
        )
    before.application = application
    _close(before, why="they are asked again", by=by, now=now)


@transaction.atomic
def give(*, request_id: int, times: Sequence[Span], by: User, now: datetime) -> AvailabilityRequest:
    """Whoever was asked says when they can; also again, and then the later times count alone."""
    _hold(request_id)
    request = get_for(AvailabilityRequest.objects.whole(), request_id, user=by, permission=GIVE)
    check_wanted(request)
    workflow.check_availability(request.state, AvailabilityState.GIVEN)
    if not times or len(times) > MOST_GIVEN:
        raise Invalid(
            gettext("Give at least one time at which you can, and at most %(most)s.") % {"most": MOST_GIVEN},
            field="times",
        )
    wrong = given.problems(times, terms_of(request, now=now))
    if wrong:
        raise Invalid(next(iter(wrong.values())), field="times")
    request.state, request.given_at = AvailabilityState.GIVEN, now
    request.times = given.kept(sorted(times))
    request.save(update_fields=["state", "times", "given_at"])
    _record("availability.given", request, by=by, now=now, times=request.times)
    touched(request.application, now=now)
    return request


@transaction.atomic
def take_back(*, request_id: int, application_id: int, by: User, now: datetime) -> AvailabilityRequest:
    """Whoever arranges the interview needs these times no longer."""
    application = seat.arranged(application_id, by)
    request = application.availability_requests.filter(pk=request_id).first()
    if request is None:
        raise Missing(
            gettext("Nobody was asked %(request_id)s for application %(application_id)s.")
            % {"request_id": request_id, "application_id": application_id}
        )
    request.application = application
    _close(request, why="it was taken back", by=by, now=now)
    return request


def end_for_application(
    application_id: int, *, why: str, by: CanAct | None, now: datetime, planned_ids: Iterable[int] = ()
) -> None:
    """Nothing is asked any more about this application, whose lock the caller holds; or not for these interviews."""
    live = _live_ones(application=application_id)
    if not live:  # as nearly always
        return
    rows = AvailabilityRequest.objects.filter(pk__in=live).select_related(
        "application", "interviewer", "planned"
    )
    wanted = set(planned_ids)
    for request in rows.order_by("pk"):
        if not wanted or request.planned_id in wanted:
            _close(request, why=why, by=by, now=now)


@Prepared
def _live_ones(*, application: int) -> "QuerySet[AvailabilityRequest, int]":
    rows = AvailabilityRequest.objects.live().filter(application=application).order_by("pk")
    return rows.select_for_update(no_key=True).values_list("pk", flat=True)


def end_where_lost(rows: AvailabilityRequestQuerySet, *, by: CanAct | None, now: datetime) -> None:
    """Nobody is asked any more who is not to sit in the interview any more, or whose interview left the plan."""
    concerned = list(rows.live().values_list("pk", "application"))
    if not concerned:
        return
    lock_all(Application, {application for _, application in concerned})
    live = AvailabilityRequest.objects.live().whole().filter(pk__in=[pk for pk, _ in concerned])
    for request in live.order_by("pk"):
        there = availability.may_sit_in(request.application, request.planned)
        if request.planned.retired or not there.filter(pk=request.interviewer_id).exists():
            _close(request, why=LOST, by=by, now=now)


def _hold(request_id: int) -> None:
    """Lock the row under its application's lock, which everything that ends it takes first."""
    rows = AvailabilityRequest.objects.filter(pk=request_id)
    lock(Application, rows.values_list("application", flat=True).first() or 0)
    lock(AvailabilityRequest, request_id)


def _close(request: AvailabilityRequest, *, why: str, by: CanAct | None, now: datetime) -> None:
    workflow.check_availability(request.state, AvailabilityState.CLOSED)
    request.state, request.settled_at = AvailabilityState.CLOSED, now
    request.save(update_fields=["state", "settled_at"])
    _record("availability.closed", request, by=by, now=now, why=why)


def side_of(request: AvailabilityRequest) -> str:
    """Whose move the answer is: the recruiting team asks its own people as well."""
    return "recruiter" if request.interviewer.recruits else "manager"


def _record(
    verb: str, request: AvailabilityRequest, *, by: CanAct | None, now: datetime, **more: object
) -> None:
    data = {
        "request_id": request.pk,
        "interviewer": str(request.interviewer),
        "interviewer_id": request.interviewer_id,
        "side": side_of(request),
        "name": request.planned.name,
        "planned_id": request.planned_id,
    }
    record(verb, subject=request, by=by, now=now, data=data | more, **request.application.about())


def _write(request: AvailabilityRequest, *, now: datetime) -> None:
    requisition, reader = request.application.requisition, request.interviewer
    planned: PlannedInterview = request.planned
    message = outbox.write(
        mails.TIMES_WANTED,
        organisation=requisition.organisation,
        language=reader.language,
        values={
            "interviewer.first_name": reader.get_short_name(),
            "recruiter.name": str(request.asked_by),
            "candidate.name": str(request.application.candidate),
            "interview.name": planned.name,
            "interview.minutes": counted(planned.minutes, "minute", "minutes"),
            "requisition.title": requisition.title,
            "due.day": day_in(request.due_at, reader.zone),
            "link": _by_mail(request, now=now)
            or settings.BASE_URL + reverse("give_availability", args=[request.pk]),
        },
    )
    asker = request.asked_by
    outbox.queue(
        mails.TIMES_WANTED,
        to=outbox.To(address=reader.email, name=reader.name, from_name=asker.name, reply_to=asker.email),
        message=message,
        key=f"{mails.TIMES_WANTED}:{request.pk}",
        now=now,
        # To staff: what is kept about the candidate is for their own messages.
        about=requisition.about(),
    )


def _by_mail(request: AvailabilityRequest, *, now: datetime) -> str:
    """To give them from the mail, where that is allowed; empty elsewhere."""
    role = request.application.requisition
    return role_link(BY_MAIL, subject_id=request.pk, user=request.interviewer, role=role, now=now)
