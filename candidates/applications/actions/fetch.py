"""Fetching an application for an action, and what every change of one has in common."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel import writing
from ats.kernel.access import Kept, get_all_for, get_for, lock
from ats.kernel.errors import Conflict, Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.applications.models import Application
from requisitions.models import RequisitionState
from requisitions.roles.workflow import LIVE

MOVE = "candidates.move_application"
DECIDE = "candidates.decide_application"
FILL = "candidates.fill_seat"
NOTE = "candidates.note_application"
TO_ASK_FOR = {
    DECIDE: gettext_lazy("Ask %(recruiter)s to decide about %(name)s."),
    FILL: gettext_lazy("Ask %(recruiter)s to offer %(name)s a seat or hire them."),
}
"""What not everybody may do who serves the candidate: they read whom to ask for it."""

WHOLE = Kept(Application.objects.whole)
TO_MOVE = Kept(Application.objects.to_move)

PLACED = Kept(lambda: Application.objects.select_related("requisition"))

DECISIVE = (
    "application.moved",
    "application.rejected",
    "application.hired",
    "application.withdrawn",
    "application.decision_undone",
)


def locked(
    application_id: int,
    *,
    user: User,
    permission: str,
    version: int | None = None,
    rows: Kept[Application] = WHOLE,
    requisition_id: int | None = None,
) -> Application:
    """The application, whole and locked, of this requisition if one is given.

    `Conflict` if it is no longer the `version` that the person saw; `NotAllowed` where they serve the candidate
    and this is others' to do.
    """
    serving = MOVE if permission in TO_ASK_FOR else permission
    application = get_for(rows, application_id, user=user, permission=serving, for_update=True)
    if rows is WHOLE and application.candidate.anonymised_at is not None:
        raise WrongState(gettext("Their data were erased: there is nobody left to decide or to write about."))
    if serving != permission:
        check_may(application, user, permission)
    if requisition_id is not None and application.requisition_id != requisition_id:
        raise Missing(gettext("No such application of this role."))
    if version is not None and version != application.version:
        raise Conflict(what_happened_last(application))
    return application


def locked_to_move(application_ids: Iterable[int], *, user: User) -> dict[int, Application]:
    """Those of these applications that `user` may move, locked, with what a move needs of each."""
    return get_all_for(
        Application.objects.to_move(), application_ids, user=user, permission=MOVE, for_update=True
    )


def check_may(application: Application, user: User, permission: str) -> None:
    """`NotAllowed`, with whom to ask, where somebody serves the candidate and this is others' to do."""
    if not user.has_perm(permission, application):
        whom = {"recruiter": application.requisition.recruiter, "name": application.candidate.name}
        raise NotAllowed(TO_ASK_FOR[permission] % whom)


def relocked(application: Application) -> Application:
    """The same application as it is now, locked: for who has fetched and permitted it already."""
    lock(Application, application.pk)
    return Application.objects.whole().get(pk=application.pk)


def found(application_id: int) -> Application | None:
    """The application by its id, as the record knows it, for a listener."""
    return Application.objects.whole().filter(pk=application_id).first()


def keep_open(requisition_id: int) -> None:
    """Hold the requisition in play until this transaction ends; `WrongState` if it is over.

    Many may hold it at once. Its end waits for them, and then sees everybody who came in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM requisitions_requisition WHERE id = %s FOR SHARE", [requisition_id])
        state = RequisitionState(cursor.fetchone()[0])
    if state not in LIVE:
        raise WrongState(
            gettext("This role is %(state)s: nobody can be in play for it.") % {"state": state.label.lower()}
        )


def keep_open_for(application_id: int, *, user: User) -> None:
    """`keep_open` for the role of this application; before the application itself is locked, as its end does.

    `Missing` where `user` does not serve it: whether its role is over is nothing to them.
    """
    keep_open(get_for(PLACED, application_id, user=user, permission=MOVE).requisition_id)


def what_happened_last(application: Application) -> str:
    """Who did what with it, in a sentence for somebody who acts on an older picture."""
    last = (
        Activity.objects.filter(application_id=application.pk, verb__in=DECISIVE)
        .order_by("-occurred_at", "-id")
        .first()
    )
    name = application.candidate.name
    if last is None:
        return gettext("%(name)s was changed in the meantime; look again.") % {"name": name}
    who = last.actor_name or (name if last.actor_kind == "candidate" else gettext("Somebody"))
    return {
        "application.moved": gettext("%(who)s has just moved %(name)s to %(stage)s."),
        "application.rejected": gettext("%(who)s has just decided not to go on with %(name)s."),
        "application.hired": gettext("%(who)s has just hired %(name)s."),
        "application.withdrawn": gettext("%(name)s has just withdrawn."),
        "application.decision_undone": gettext("%(who)s has just taken back the decision on %(name)s."),
    }[last.verb] % {"who": who, "name": name, "stage": last.data.get("to_stage")}


def save(application: Application, *, now: datetime, fields: Iterable[str], **values: Any) -> None:
    """Write these values and `fields`, with the version raised and the moment noted."""
    for name, value in values.items():
        setattr(application, name, value)
    application.version += 1
    application.last_activity_at = now
    writing.update(application, *fields, *values, "version", "last_activity_at")


def save_all(applications: Sequence[Application], *, now: datetime, fields: Iterable[str]) -> None:
    """`save` for many, whose `fields` have their new values already, in one statement."""
    for application in applications:
        application.version += 1
        application.last_activity_at = now
    writing.update_all(applications, *fields, "version", "last_activity_at")


def touched(application: Application, *, now: datetime) -> None:
    """Something happened with it that is no move and no decision: a message, a note."""
    application.last_activity_at = max(now, application.last_activity_at)
    application.save(update_fields=["last_activity_at"])


def places(application: Application) -> dict[str, Any]:
    """The stage as the record keeps it: names, not rows that may change."""
    stage = application.stage
    return {"stage_id": stage.pk, "stage": stage.name, "kind": stage.kind}
