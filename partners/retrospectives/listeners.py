"""A role that ends is looked back at, and what is kept of it begins the next brief of its manager."""

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from partners.intake.domain.content import Content
from partners.intake.queries.prefill import keeps
from partners.partnerships.models import Partnership
from partners.retrospectives import actions, cards, queries

__all__ = ["cards"]  # shown once everything is loaded


@subscribe("partnership.closed")
def on_closed(activity: Activity) -> None:
    actions.open_for(partnership_id=activity.subject_id, now=activity.occurred_at)


@subscribe("partnership.resumed")
def on_resumed(activity: Activity) -> None:
    actions.set_aside(
        partnership_id=activity.subject_id,
        why=activity.data["why"],
        by=user_of(activity),
        now=activity.occurred_at,
    )


@keeps
def what_is_kept(partnership: Partnership) -> Content:
    return queries.kept_of(partnership)
