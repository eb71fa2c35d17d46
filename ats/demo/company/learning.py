"""How managers of the demo company learn the path: one has read it and tried the exercise, others are led there."""

from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.timeline import Role, Timeline
from partners.models import Partnership
from partners.path import actions


def tell(story: Timeline, role: Role, opened_at: datetime) -> None:
    """On the day after the data role opened its manager reads how we work together."""
    if role.plan.key == "data":
        story.at(opened_at + timedelta(hours=27), partial(_read, story, role))


def _read(story: Timeline, role: Role, now: datetime) -> None:
    by = story.house[role.plan.manager]
    actions.read(partnership_id=Partnership.objects.get(requisition=role.requisition).pk, by=by, now=now)
    actions.exercised(by=by, now=now)
