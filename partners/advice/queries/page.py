"""The advice on one role: what is to be looked at, what was done about it, and whether it was right."""

from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import permitted
from partners.advice.domain.hindsight import Hindsight, hindsight
from partners.advice.domain.rules import RULES, Rule
from partners.advice.models import Advice, AdviceState
from partners.advice.queries.standing import ORDER
from partners.advice.rules import SETTLE, reads_name
from partners.partnerships.models import Partnership

VIEW = "partners.view_partnership"
MOST_SHOWN = 40


@dataclass(frozen=True)
class Shown:
    row: Advice
    rule: Rule
    name: str
    """Whose load it is, for who may read that; empty else."""
    may_settle: bool
    hindsight: Hindsight | None

    @property
    def is_standing(self) -> bool:
        return self.row.state == AdviceState.STANDING and self.row.over_at is None


@dataclass(frozen=True)
class AdvicePage:
    partnership: Partnership
    standing: list[Shown]
    done: list[Shown]


def page(user: User, partnership_id: int, *, now: datetime) -> AdvicePage:
    """For who sees the partnership; three queries."""
    rows = Partnership.objects.visible_to(user).filter(pk=partnership_id).select_related("requisition")
    seen = rows.prefetch_related("requisition__members")
    partnership = permitted(Partnership, partnership_id, seen, user=user, permission=VIEW)
    found = shown(partnership, user, now=now)
    done = [each for each in found if not each.is_standing and each.row.state != AdviceState.STANDING]
    return AdvicePage(partnership, [each for each in found if each.is_standing], done)


def shown(partnership: Partnership, user: User, *, now: datetime) -> list[Shown]:
    """The most urgent first; one query."""
    rows = Advice.objects.filter(partnership=partnership, rule__in=RULES)
    return _shown(list(rows.select_related("person", "settled_by")), partnership, user, now=now)


def standing_shown(partnership: Partnership, user: User, *, now: datetime) -> list[Shown]:
    """What is to be looked at; one query."""
    rows = Advice.objects.standing().filter(partnership=partnership, rule__in=RULES)
    return _shown(list(rows.select_related("person")), partnership, user, now=now)


def _shown(rows: list[Advice], partnership: Partnership, user: User, *, now: datetime) -> list[Shown]:
    found = []
    for row in sorted(rows, key=lambda row: (ORDER[row.rule], -row.pk))[:MOST_SHOWN]:
        row.partnership = partnership
        found.append(
            Shown(
                row=row,
                rule=RULES[row.rule],
                name=str(row.person) if reads_name(user, row) else "",
                may_settle=row.over_at is None and user.has_perm(SETTLE, row),
                hindsight=hindsight(row, now=now),
            )
        )
    return found
