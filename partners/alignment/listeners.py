"""What is heard from below: a brief is settled, what contradictions rest on has changed, somebody is gone."""

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.staff_words import gettext
from candidates.journeys.rules import speaking
from partners.alignment import actions
from partners.alignment.models import Contradiction, Signer, SigningFunction
from partners.alignment.queries import gate
from partners.partnerships.models import Partnership

__all__ = ["gate"]


@speaking
def signs_for_marketing(user: User, organisation_id: int | None) -> bool:
    """What is said of us to candidates is owned by whoever signs for marketing."""
    rows = Signer.objects.filter(person=user, function=SigningFunction.MARKETING)
    return (rows.filter(organisation=organisation_id) if organisation_id else rows).exists()


@subscribe("brief.settled")
def on_settled(activity: Activity) -> None:
    actions.ask(version_id=activity.subject_id, by=user_of(activity), now=activity.occurred_at)
    if activity.partnership_id is not None:
        actions.watch(partnership_id=activity.partnership_id, now=activity.occurred_at)


@subscribe("post.published_before_brief")
def on_published_before(activity: Activity) -> None:
    """What a lead publishes without a brief is looked through like what has one."""
    for place in _partnerships(activity):
        actions.watch(partnership_id=place, now=activity.occurred_at)


@subscribe(
    "requisition.changed",
    "post.published",
    "post.changed",
    "post.closed",
    "signature.given",
    "application.hired",
)
def on_changed(activity: Activity) -> None:
    if activity.requisition_id is not None:
        actions.hurry(now=activity.occurred_at, partnership__requisition=activity.requisition_id)


@subscribe("department.headed", "department.headless")
def on_head(activity: Activity) -> None:
    """Somebody else stands above both partners, or nobody."""
    actions.hurry(now=activity.occurred_at, partnership__requisition__department=activity.subject_id)


@subscribe("user.deactivated", "user.role_changed")
def on_somebody_gone(activity: Activity) -> None:
    """What they were to decide is decided by who stands above both now."""
    open_ones = Contradiction.objects.open().filter(decider=activity.subject_id)
    actions.hurry(now=activity.occurred_at, partnership__in=open_ones.values("partnership"))


@subscribe("partnership.closed")
def on_ended(activity: Activity) -> None:
    actions.stop(partnership_id=activity.subject_id, now=activity.occurred_at)


@subscribe("partnership.resumed")
def on_going_on(activity: Activity) -> None:
    actions.resume(partnership_id=activity.subject_id, now=activity.occurred_at)


@holder
def functions_held(user: User) -> list[Held]:
    """One query."""
    rows = (
        Signer.objects.filter(person=user).select_related("organisation").order_by("organisation", "function")
    )
    return [
        Held(
            gettext("the signature for %(function)s at %(organisation)s")
            % {"function": row.get_function_display(), "organisation": row.organisation},
            goes=gettext("to nobody, until an administrator names somebody"),
        )
        for row in rows
    ]


def _partnerships(activity: Activity) -> list[int]:
    return list(Partnership.objects.filter(requisition=activity.requisition_id).values_list("pk", flat=True))
