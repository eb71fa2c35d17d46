"""Putting a declined request on record."""

from datetime import timedelta
from typing import Any

from ats.accounts.models import User
from partners.declined import actions
from partners.models import DeclinedReader, DeclinedRequest
from tests.factories import NOW

MARK = "Quagmirefeld"
"""Stands in everything that whoever asked must not read."""


def declined(by: User, asker: User | None, **facts: Any) -> DeclinedRequest:
    """A record of `by` about what `asker` asked."""
    places = {
        name: facts.pop(name)
        for name in ("requisition_id", "application_id", "kept_from", "wants_support")
        if name in facts
    }
    said = {
        "asked_at": NOW - timedelta(hours=2),
        "asked_how": "talk",
        "asked": f"{MARK}: nobody over 40.",
        "subject": f"Age {MARK}",
        "ground": "illegal",
        "rule": f"AGG § 7 {MARK}",
        "alternative": f"Look at what they have done. {MARK}",
        "asked_by_name": "" if asker else "Robin Client",
    } | facts
    asked_by = asker.pk if asker else None
    return actions.decline(actions.Declined(**said), by=by, now=NOW, asked_by_id=asked_by, **places)


def name(*, hr: tuple[User, ...] = (), following: tuple[User, ...] = ()) -> None:
    """Who sees them, as rows."""
    for part, people in (("hr", hr), ("next", following)):
        for position, user in enumerate(people):
            DeclinedReader.objects.create(user=user, part=part, position=position)


def seen_by(user: User) -> list[int]:
    return sorted(DeclinedRequest.objects.visible_to(user).values_list("pk", flat=True))
