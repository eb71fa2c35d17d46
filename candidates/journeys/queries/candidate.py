"""The steps of one candidate: planned, over, and the tasks that came of them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ats.accounts.models import RECRUITING, User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.mail.models import OutgoingMail
from candidates.applications.models import Application
from candidates.compose import letters, quiet_hours
from candidates.follow_ups.domain.journeys import DECISION, STEPS
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.models import StepTask
from candidates.journeys.rules import STEP, VIEW_APPLICATION

MOST_OVER = 50


@dataclass(frozen=True)
class Planned:
    """`owed`: it can be neither left out nor moved; `not_yet`: why it will not be sent."""

    row: FollowUp
    owed: bool
    may_hurry: bool
    not_yet: str


@dataclass(frozen=True)
class Steps:
    """`messages`: what was written to them, the newest first, each with how far it has come."""

    planned: list[Planned]
    over: list[FollowUp]
    tasks: list[StepTask]
    messages: list[OutgoingMail]
    zone: str


def application_for(user: User, application_id: int) -> Application:
    """The application, for who may write to its candidate."""
    return get_for(Application.objects.whole(), application_id, user=user, permission=STEP)


def task_for(user: User, application_id: int, task_id: int) -> StepTask:
    """A task with its application: for who may write to the candidate, and for whom it was asked of."""
    rows = Application.objects.whole()
    application = get_for(rows, application_id, user=user, permission=VIEW_APPLICATION)
    task = application.step_tasks.select_related("owner", "done_by", "asked_by").filter(pk=task_id).first()
    if task is None or (task.owner_id != user.pk and not user.has_perm(STEP, application)):
        raise Missing("There is no such task.")
    task.application = application
    return task


def colleagues(application: Application) -> list[User]:
    """Who may be asked to do something about it: its team, and the recruiters, as far as they may see it."""
    members = Q(memberships__requisition=application.requisition_id)
    rows = (
        User.objects.filter(members | Q(role__in=RECRUITING), is_active=True)
        .distinct()
        .order_by("name", "pk")
    )
    return [user for user in rows if user.has_perm(VIEW_APPLICATION, application)]


def steps_of(application: Application) -> Steps:
    waiting = application.follow_ups.filter(state=FollowUpState.WAITING).order_by("due_at", "pk")
    over = application.follow_ups.exclude(state=FollowUpState.WAITING).select_related("mail")
    return Steps(
        planned=[_planned(row) for row in waiting],
        over=list(over.order_by("-settled_at", "-pk")[:MOST_OVER]),
        messages=list(_messages(application).order_by("-created_at", "-pk")[:MOST_OVER]),
        tasks=list(
            application.step_tasks.select_related("owner", "done_by").order_by(
                "done_at", "skipped_at", "due_at"
            )
        ),
        zone=quiet_hours.zone_for(application).key,
    )


def _messages(application: Application) -> QuerySet[OutgoingMail]:
    """What goes to its candidate, without the words."""
    rows = OutgoingMail.objects.filter(application_id=application.pk, role__in=letters.roles_to_candidates())
    return rows.defer("text", "html", "headers")


def message_of(application: Application, mail_id: int) -> OutgoingMail:
    mail = _messages(application).filter(pk=mail_id).first()
    if mail is None:
        raise Missing("There is no such message.")
    return mail


def _planned(row: FollowUp) -> Planned:
    house = STEPS.get(row.step)
    return Planned(
        row=row,
        owed=bool(house and house.owed),
        may_hurry=row.step != DECISION,
        not_yet=house.off if house else "",
    )
