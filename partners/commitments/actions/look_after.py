"""What partners agreed to do by a day, beside commitments: in the same reminder, and handed on by whoever leaves.

The rows are those of rooms above: they have a `text`, an `owner` on a `side`, `due_on`, `done_at` and `nudged_at`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.duework import readiness
from ats.duework.faults import apart
from ats.kernel.access import lock_all
from ats.organisation.domain import working_time
from partners.commitments.actions.remind import FARTHEST, leads, near, plan_digest
from partners.commitments.domain.asked import Asked
from partners.delegations.queries import acting_for
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of
from requisitions.models import Requisition

BATCH = 200
OLDEST = timedelta(days=30)
"""What was due longer ago is in no reminder any more; it stays on its page."""


@dataclass(frozen=True)
class Agreed:
    """One kind of such rows: those still to be done, and the way from one to its partnership, as a query has it."""

    ahead: Callable[[], QuerySet[Any]]
    partnership: str

    def due(self) -> readiness.Condition:
        """Something may come due soon; how soon is for each organisation's calendar to say."""
        return readiness.rows(
            self._untold, since=lambda now: now.date(), until=lambda now: (now + FARTHEST).date()
        )

    def _untold(self, *, since: date, until: date) -> QuerySet[Any]:
        return self.ahead().filter(nudged_at__isnull=True, due_on__range=(since, until))

    def note_near(self, now: datetime) -> int:
        """One batch of what comes due soon: its owner's next digest is planned; how many there were."""
        rows = self._untold(since=now.date(), until=(now + FARTHEST).date())
        by_owner: dict[User, list[Any]] = defaultdict(list)
        for row in self._whole(rows)[:BATCH]:
            if near(self._role(row).organisation, self._due_at(row), now=now):
                by_owner[row.owner].append(row)
        if not by_owner:
            return 0
        stand_ins = acting_for()
        return sum(self._note(mine, stand_ins.get(owner.pk, owner), now) for owner, mine in by_owner.items())

    def _note(self, rows: list[Any], reader: User, now: datetime) -> int:
        """One person's; where that fails it holds up nobody else."""

        def work() -> int:
            plan_digest(reader, self._role(rows[0]).organisation.calendar, now)
            untold = self.ahead().filter(pk__in=[row.pk for row in rows], nudged_at__isnull=True)
            return untold.update(nudged_at=now)

        return apart(f"What was agreed with {reader.pk}", work)

    def asked_of(self, people: Collection[int], now: datetime) -> list[Asked]:
        """What these people took on that is near or was missed; one query."""
        days = ((now - OLDEST).date(), (now + FARTHEST).date())
        found = []
        for row in self._whole(self.ahead().filter(owner__in=people, due_on__range=days)):
            role, due_at = self._role(row), self._due_at(row)
            if due_at < now or near(role.organisation, due_at, now=now):
                found.append(Asked(role.title, row.text, row.owner, due_at, is_past=due_at < now))
        return found

    @transaction.atomic
    def pass_on(self, *, user_id: int) -> int:
        """What somebody took on who is on that side no more is done by who leads it now; how many these were."""
        rows = self.ahead().filter(owner=user_id).order_by("pk")
        lock_all(Partnership, rows.values_list(self.partnership, flat=True))
        found = [row for row in self._whole(rows) if self._has_left(row)]
        for row in found:
            row.owner = leads(self._partnership(row), row.side) or self._role(row).recruiter
        rows.bulk_update(found, ["owner"])
        return len(found)

    def _has_left(self, row: Any) -> bool:
        return not row.owner.is_active or row.side not in sides_of(row.owner, self._role(row))

    def _whole(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        role = f"{self.partnership}__requisition"
        organisation = f"{role}__organisation"
        return rows.select_related(
            "owner",
            f"{organisation}__calendar",
            f"{organisation}__partnership_rules",
            f"{role}__recruiter",
            f"{role}__hiring_manager",
        ).order_by("due_on", "pk")

    def _partnership(self, row: Any) -> Partnership:
        found: Partnership = attrgetter(self.partnership.replace("__", "."))(row)
        return found

    def _role(self, row: Any) -> Requisition:
        return self._partnership(row).requisition

    def _due_at(self, row: Any) -> datetime:
        return working_time.end_of(self._role(row).organisation.calendar, row.due_on)
