"""From which earlier role a brief can be filled in beforehand, and with what.

A room above may know more that is worth keeping, such as what a retrospective says to keep: it adds it to `keeps`.
"""

from collections.abc import Callable
from typing import Any

from ats.accounts.models import User
from partners.intake.domain import prefill
from partners.intake.domain.content import Content
from partners.intake.domain.prefill import Offered
from partners.intake.queries.brief import said_now, settled
from partners.intake.queries.page import ROWS, Intake
from partners.partnerships.models import Partnership

MOST = 12

Keep = Callable[[Partnership], Content]
_keeps: list[Keep] = []


def keeps(keep: Keep) -> Keep:
    """Let the decorated function say, by the codes of fields, what an ended partnership wants kept of its brief."""
    _keeps.append(keep)
    return keep


def earlier(user: User, partnership: Partnership) -> list[Partnership]:
    """Other roles of the same manager that this person may see, the newest first."""
    manager = partnership.requisition.hiring_manager_id
    if manager is None:
        return []
    rows: Any = Partnership.objects.visible_to(user).filter(requisition__hiring_manager=manager)
    return list(rows.exclude(pk=partnership.pk).select_related(*ROWS).order_by("-started_at", "-pk")[:MOST])


def words_of(partnership: Partnership) -> Content:
    """What an earlier brief says: as it was settled, else as it stands, and what its partners want kept."""
    version = settled(partnership)
    said = dict(version.content if version is not None else said_now(partnership))
    for keep in _keeps:
        said |= keep(partnership)
    return said


def offered(page: Intake, source: Partnership) -> list[Offered]:
    """What this brief can take over from that one."""
    return prefill.offered(words_of(source), page.said)
