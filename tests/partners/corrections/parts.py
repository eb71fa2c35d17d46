"""A correction begun, and what was missed before it."""

from datetime import date, datetime, timedelta

from partners.corrections import actions
from partners.corrections.actions import Change, Named
from partners.models import Commitment
from tests.factories import NOW

AGAIN = date(2026, 12, 8)
LATER = datetime(2026, 12, 8, 9, tzinfo=NOW.tzinfo)


def changes(role, **facts):
    given = {"lever": "channel", "due_on": date(2026, 11, 27)} | facts
    return [
        Change(text="Write to the people of the last role", owner_id=role.recruiter_id, **given),
        Change(text="Take nights out of the must-haves", owner_id=role.hiring_manager_id, **given),
    ]


def start(role, *, challenge=None, by=None, now=NOW, **facts):
    facts = {"changes": changes(role), "look_again_on": AGAIN} | facts
    return actions.start(
        partnership_id=role.partnership.pk,
        challenge=challenge or Named("Nobody applies", "new_candidates"),
        by=by or role.recruiter,
        now=now,
        **facts,
    )


def missed(role, kind, side, number, at=NOW - timedelta(days=3)):
    for place in range(number):
        Commitment.objects.create(
            partnership=role.partnership,
            key=f"made-up:{kind}:{place}",
            kind=kind,
            side=side,
            state="missed",
            started_at=at,
            started_by=1,
            due_at=at,
            until_at=at,
        )
