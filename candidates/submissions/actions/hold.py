"""Keeping an application from the client's people until its candidate has said yes, and no longer."""

from collections.abc import Iterable
from datetime import datetime

from ats.accounts.models import RECRUITING, User
from candidates.applications.models import Application
from candidates.internal.models import KeptFrom
from candidates.submissions.models import Submission
from requisitions.models import Requisition


def of_the_client(role: Requisition) -> set[int]:
    """Everybody of the role's team who does not recruit, and whoever leads it on their side."""
    team = User.objects.filter(memberships__requisition=role).exclude(role__in=RECRUITING)
    found = set(team.values_list("pk", flat=True))
    manager = role.hiring_manager
    if manager is not None and manager.role not in RECRUITING:
        found.add(manager.pk)
    return found


def hold(application: Application) -> None:
    """In the transaction of who holds the application; what is kept already stays so."""
    _keep(application.pk, of_the_client(application.requisition))
    vars(application)["is_kept"] = True  # also where it was read before, and goes to who listens


def _keep(application_id: int, users: Iterable[int]) -> None:
    for user in sorted(users):
        KeptFrom.objects.get_or_create(application_id=application_id, user_id=user, until_put_forward=True)


def let_go(application: Application, *, now: datetime) -> None:
    """Their yes is there: in the transaction of who holds the application."""
    rows = KeptFrom.objects.in_force().until_put_forward().filter(application=application)
    rows.update(lifted_at=now, lifted_by=application.candidate, updated_at=now)
    vars(application).pop("is_kept", None)  # it may be kept for another reason still
    vars(application).pop("_kept_from", None)


def follow_team(requisition_id: int) -> None:
    """The team is another one: what waits for a yes is kept from whoever of the client is on it now."""
    waiting = list(
        Submission.objects.held()
        .filter(application__requisition=requisition_id)
        .order_by("application_id")
        .values_list("application_id", flat=True)
    )
    if not waiting:
        return
    users = of_the_client(Requisition.objects.select_related("hiring_manager").get(pk=requisition_id))
    for application_id in waiting:
        _keep(application_id, users)


def follow_person(user: User) -> None:
    """Somebody's part in the house is another one: who recruits from now on is no longer of the client."""
    if user.role in RECRUITING:
        KeptFrom.objects.in_force().until_put_forward().filter(user=user).delete()
        return
    roles = Submission.objects.held().filter(application__requisition__members__user=user)
    for role in sorted(set(roles.values_list("application__requisition", flat=True))):
        follow_team(role)


def follow_stand_in(application: Application, stand_in_id: int) -> None:
    """Who stands in for an applicant's manager is of the client as they are."""
    if User.objects.filter(pk=stand_in_id).exclude(role__in=RECRUITING).exists():
        _keep(application.pk, [stand_in_id])
