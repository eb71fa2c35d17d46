"""Slates: what is asked together, recorded together, and brought in one mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.models import DueTask, TaskState
from ats.duework.tasks import plan
from ats.kernel.access import lock_all
from ats.kernel.when import counted
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.internal.models import KeptFrom
from candidates.internal.queries import stands_in
from candidates.reviews import mails
from candidates.reviews.models import Review, Slate
from requisitions.models import Requisition, TeamRole
from requisitions.roles.actions.act_by_mail import by_mail_link as role_link

BY_MAIL = "review"
"""The purpose of a link in a mail (`ats/by_mail`): one view on one candidate."""
REVIEW_DAYS = 2
"""Working days for a view where no agreement says otherwise (the partners' package moves the date)."""

MAIL_TASK = "reviews.slate_mail"
GATHER = timedelta(minutes=1)
"""How long moves into a stage of review are gathered before the manager gets a mail about them."""


def without_open_review(applications: Sequence[Application], reviewer: User) -> list[Application]:
    asked = set(
        Review.objects.open()
        .filter(application__in=applications, reviewer=reviewer)
        .values_list("application_id", flat=True)
    )
    return [application for application in applications if application.pk not in asked]


def present(
    applications: Sequence[Application], *, reviewer: User, by: User, now: datetime, note: str
) -> Slate:
    """A new slate of these candidates, with a question about each to the reviewer."""
    requisition = applications[0].requisition
    slate = Slate.objects.create(requisition=requisition, presented_by=by, presented_at=now, note=note)
    for application in applications:
        _question(slate, application, reviewer=reviewer, by=by, now=now)
    data = {
        "slate": slate.pk,
        "candidates": counted(len(applications), "candidate", "candidates"),
        "applications": [application.pk for application in applications],
        "reviewer": str(reviewer),
        "reviewer_id": reviewer.pk,
    }
    record("slate.presented", subject=slate, by=by, now=now, data=data)
    return slate


def join_or_present(application: Application, *, reviewer: User, by: User, now: datetime) -> Slate:
    """Into the slate that this person is just putting together, or a new one whose mail waits a moment."""
    slate = _still_gathering(application.requisition, reviewer=reviewer, by=by)
    if slate is not None:
        _question(slate, application, reviewer=reviewer, by=by, now=now)
        return slate
    slate = present([application], reviewer=reviewer, by=by, now=now, note="")
    plan(MAIL_TASK, subject_id=slate.pk, due_at=now + GATHER, key=f"{MAIL_TASK}:{slate.pk}")
    return slate


def _still_gathering(requisition: Requisition, *, reviewer: User, by: User) -> Slate | None:
    """The slate of these two whose mail is not being written yet; its task is held until we are done."""
    slate = (
        Slate.objects.filter(requisition=requisition, presented_by=by, reviews__reviewer=reviewer)
        .order_by("-pk")
        .first()
    )
    waiting = DueTask.objects.filter(
        kind=MAIL_TASK, subject_id=slate.pk if slate else 0, state=TaskState.WAITING
    )
    return slate if waiting.select_for_update(no_key=True, skip_locked=True).exists() else None


def _question(slate: Slate, application: Application, *, reviewer: User, by: User, now: datetime) -> Review:
    requisition = application.requisition
    first = slate.reviews.first()
    review = Review.objects.create(
        application=application,
        slate=slate,
        reviewer=reviewer,
        requested_by=by,
        requested_at=now,
        due_at=first.due_at if first else due_at(requisition, now),
    )
    data = {
        "slate": slate.pk,
        "reviewer": str(reviewer),
        "reviewer_id": reviewer.pk,
        "side": side_of(reviewer, application),
    }
    record("review.asked", subject=review, by=by, now=now, data=data)
    return review


def side_of(reviewer: User, application: Application) -> str:
    """Whether this person is asked as the hiring manager, in their place, or as another of the team."""
    if reviewer.pk == application.requisition.hiring_manager_id:
        return "manager"
    return "stand_in" if stands_in(reviewer, application.pk) else "team"


def due_at(requisition: Requisition, now: datetime) -> datetime:
    return working_time.after_days(requisition.organisation.calendar, now, REVIEW_DAYS)


def with_those_who_left(requisition: Requisition) -> list[Review]:
    """Open questions to former hiring managers and to people who are off the team.

    Every answer is given under its application, and what a role owes is passed on under all of them: so all that
    are in play or not told are locked, in their order, and not only those that are asked about here.
    """
    all_of_it = Application.objects.active() | Application.objects.untold()
    lock_all(Application, all_of_it.filter(requisition=requisition).values_list("pk", flat=True))
    still_here = requisition.members.exclude(role=TeamRole.MANAGER).values("user")
    rows = Review.objects.open().filter(application__requisition=requisition)
    rows = rows.exclude(reviewer=requisition.hiring_manager).exclude(reviewer__in=still_here)
    stand_ins = KeptFrom.objects.in_force().filter(
        application=OuterRef("application"), stand_in=OuterRef("reviewer")
    )
    rows = rows.filter(~Exists(stand_ins))
    return list(rows.select_related("reviewer", "application__requisition").order_by("pk"))


def write_mail(slate: Slate, *, now: datetime) -> None:
    """One message that lists whoever of the slate still waits; none if nobody does."""
    reviews = list(
        slate.reviews.open()
        .select_related(
            "application__candidate",
            "application__requisition__organisation",
            "reviewer",
            "requested_by",
            "slate__requisition__organisation",
        )
        .order_by("pk")
    )
    if not reviews:
        return
    reviewer, presenter, requisition = reviews[0].reviewer, reviews[0].requested_by, slate.requisition
    due = min(review.due_at for review in reviews).astimezone(reviewer.zone)
    message = outbox.write(
        mails.SLATE,
        organisation=requisition.organisation,
        language=reviewer.language,
        values={
            "reviewer.first_name": reviewer.get_short_name(),
            "recruiter.name": str(presenter),
            "requisition.title": requisition.title,
            "slate.count": counted(len(reviews), "candidate", "candidates"),
            "slate.list": "\n".join(f"- {review.application.candidate}" for review in reviews),
            "slate.note": slate.note or "Their résumés and answers are on the page.",
            "due.day": date_format(due, "l j F"),
            "link": by_mail_link(reviews[0], now=now) or settings.BASE_URL + reverse("review_list"),
        },
    )
    outbox.queue(
        mails.SLATE,
        to=outbox.To(
            address=reviewer.email, name=reviewer.name, from_name=presenter.name, reply_to=presenter.email
        ),
        message=message,
        key=f"{mails.SLATE}:{slate.pk}:{reviewer.pk}",
        now=now,
        about=slate.about(),
    )


def by_mail_link(review: Review, *, now: datetime) -> str:
    """To answer from the mail, where that is allowed; empty elsewhere."""
    role = review.application.requisition
    return role_link(BY_MAIL, subject_id=review.pk, user=review.reviewer, role=role, now=now)
