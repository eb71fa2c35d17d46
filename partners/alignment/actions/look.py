"""Looking through a role: what contradicts itself is raised, by figures and in nobody's name.

What no longer does closes by itself.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.organisation.domain import working_time
from partners.alignment import mails, workflow
from partners.alignment.actions.fetch import hold
from partners.alignment.domain.contradictions import RULES, Finding
from partners.alignment.models import Contradiction, ContradictionState, Look
from partners.alignment.queries.figures import find
from partners.alignment.queries.people import Above, above, rules_of
from partners.partnerships.models import Partnership, PartnershipState

AGAIN = timedelta(days=1)
"""So often a role is looked through without anything having changed: medians move by themselves."""
GONE = kept("the figures contradict each other no longer")
ENDED = "the role has ended"


@transaction.atomic
def look(*, partnership_id: int, now: datetime) -> list[Contradiction]:
    """Look through one role now; what is open afterwards."""
    partnership = hold(partnership_id)
    if partnership is None:
        return []
    if partnership.state != PartnershipState.ACTIVE:
        return _stop(partnership, now=now)
    revision = partnership.brief.revision
    found = find([partnership_id], now=now)[partnership_id]
    still = {row.rule: row for row in _open(partnership)}
    who = above(partnership.requisition) if found else None
    kept = []
    for code in RULES:
        row = _follow(still.get(code), found.get(code), partnership, code, who, now=now)
        kept += [row] if row is not None else []
    Look.objects.filter(partnership=partnership).update(due_at=now + AGAIN, revision=revision)
    return kept


def watch(*, partnership_id: int, now: datetime) -> None:
    """From here on this role is looked through: somebody stands behind what it says."""
    Look.objects.update_or_create(partnership_id=partnership_id, defaults={"due_at": now})


def hurry(*, now: datetime, **which: Any) -> None:
    """Something has changed on which contradictions of these roles may rest: they are looked at soon."""
    Look.objects.filter(due_at__gt=now, **which).update(due_at=now)


def _follow(
    row: Contradiction | None,
    finding: Finding | None,
    partnership: Partnership,
    code: str,
    who: Above | None,
    *,
    now: datetime,
) -> Contradiction | None:
    """One rule of one role: raised, told anew, passed on or closed; what is open of it afterwards."""
    if finding is None or who is None:
        if row is not None:
            close(row, GONE, now=now)
        return None
    if row is None:
        is_settled = _is_settled(partnership, code, finding, now=now)
        return None if is_settled else _raise(partnership, code, finding, who, now=now)
    _tell_anew(row, finding, now=now)
    if row.decider_id != (who.person.pk if who.person else None):
        _pass_on(row, who, now=now)
    elif row.above != who.capacity[:200]:
        row.above = who.capacity[:200]
        row.save(update_fields=["above"])
    return row


def _open(partnership: Partnership) -> list[Contradiction]:
    rows = Contradiction.objects.open().filter(partnership=partnership)
    lock_all(Contradiction, rows.values_list("pk", flat=True))
    found = list(rows.select_related("decider").order_by("pk"))
    for row in found:
        row.partnership = partnership
    return found


def _is_settled(partnership: Partnership, code: str, finding: Finding, *, now: datetime) -> bool:
    """Whether somebody has decided about exactly this: accepted, or resolved a short while ago."""
    same = Contradiction.objects.filter(partnership=partnership, rule=code, key=finding.key)
    last = same.exclude(state=ContradictionState.GONE).order_by("-settled_at", "-pk").first()
    if last is None:
        return False
    if last.state == ContradictionState.ACCEPTED:
        return True
    return last.again_at is not None and now < last.again_at


def _raise(
    partnership: Partnership, code: str, finding: Finding, who: Above, *, now: datetime
) -> Contradiction:
    due = due_at(partnership, now)
    row = Contradiction.objects.create(
        partnership=partnership,
        rule=code,
        said=finding.said,
        key=finding.key,
        raised_at=now,
        due_at=due,
        remind_at=due,
        decider=who.person,
        above=who.capacity[:200],
    )
    record("contradiction.raised", subject=row, by=None, now=now, data=told(row))
    mails.raised(row, now=now)
    return row


def _tell_anew(row: Contradiction, finding: Finding, *, now: datetime) -> None:
    """Its figures have moved: whoever read the others decides about these."""
    is_other = row.key != finding.key
    if is_other or row.said != finding.said:
        row.key, row.said = finding.key, finding.said
        row.save(update_fields=["key", "said"])
    if is_other:
        record("contradiction.changed", subject=row, by=None, now=now, data=told(row))


def _pass_on(row: Contradiction, who: Above, *, now: datetime) -> None:
    """Somebody else stands above both partners now, with time of their own."""
    row.decider, row.above, row.reminders = who.person, who.capacity[:200], 0
    row.due_at = row.remind_at = due_at(row.partnership, now)
    row.save(update_fields=["decider", "above", "reminders", "due_at", "remind_at"])
    person = str(who.person or "nobody")
    record("contradiction.handed_on", subject=row, by=None, now=now, data=told(row) | {"person": person})
    mails.raised(row, now=now)


def close(row: Contradiction, why: str, *, now: datetime) -> None:
    """It closes by itself, on record."""
    workflow.check(row.state, ContradictionState.GONE)
    row.state, row.settled_at, row.reason, row.remind_at = ContradictionState.GONE, now, why, None
    row.save(update_fields=["state", "settled_at", "reason", "remind_at"])
    record("contradiction.gone", subject=row, by=None, now=now, data=told(row) | {"reason": why})
    mails.take_back_raised([row], now=now)


def _stop(partnership: Partnership, *, now: datetime) -> list[Contradiction]:
    """The role has ended: nothing of it is to be decided any more."""
    for row in _open(partnership):
        close(row, ENDED, now=now)
    Look.objects.filter(partnership=partnership).delete()
    return []


def due_at(partnership: Partnership, now: datetime) -> datetime:
    organisation = partnership.requisition.organisation
    return working_time.after_days(organisation.calendar, now, rules_of(organisation.pk).decide_days)


def told(row: Contradiction) -> dict[str, Any]:
    """What activities say of a contradiction."""
    return {"rule": row.rule, "title": ours(str)(RULES[row.rule].title), "said": row.said}
