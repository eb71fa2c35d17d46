"""Writing a rule down, changing and removing it. A rule that was changed is off, and has to be tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.automation.actions.switch import end_what_waits
from candidates.automation.models import LONGEST_NAME, MOST_DAYS, OF_A_STAGE, Rule, RuleState, When
from candidates.automation.rules import WRITE
from candidates.people.domain.keys import one_line
from requisitions.models import Requisition

MOST_PARTS = 6
CHANGING = ("name", "when", "stage", "stage_kind", "stage_said", "days", "any_of", "conditions", "actions")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A rule as somebody wrote it; what it names was found already (`pages/forms.py`, `queries/naming.py`)."""

    name: str
    when: str
    stage: Mapping[str, Any] = field(default_factory=dict)
    days: int = 0
    any_of: bool = False
    conditions: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def write(
    *, organisation_id: int, requisition_id: int | None, written: Written, by: User, now: datetime
) -> Rule:
    """A new rule, off; it acts in the name of whoever wrote it."""
    organisation = HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).first()
    if organisation is None or not by.has_perm(WRITE) or not by.may_work_for(organisation_id):
        raise Missing(gettext("There is no such organisation."))
    roles = Requisition.objects.visible_to(by).filter(organisation=organisation_id)
    role = roles.filter(pk=requisition_id).first() if requisition_id else None
    if requisition_id and role is None:
        raise Invalid(gettext("There is no such role."), field="requisition")
    rule = Rule(organisation=organisation, requisition=role, owner=by)
    _take(rule, written)
    rule.save()
    record("rule.written", subject=rule, by=by, now=now, data={"title": rule.name})
    return rule


@transaction.atomic
def change(*, rule_id: int, version: int, written: Written, by: User, now: datetime) -> Rule:
    """Off until it was tried again; a no that waits for it is stopped. `Conflict` where somebody else was faster."""
    rule = get_for(Rule.objects.all(), rule_id, user=by, permission=WRITE, for_update=True)
    if rule.version != version:
        raise Conflict(gettext("Somebody else has changed this rule meanwhile. Look at it again."))
    before = [getattr(rule, name) for name in CHANGING]
    _take(rule, written)
    if before == [getattr(rule, name) for name in CHANGING]:
        return rule
    end_what_waits(rule, by=by, now=now)
    rule.version += 1
    rule.state, rule.on_since, rule.why_broken, rule.owner = RuleState.OFF, None, "", by
    rule.save(update_fields=[*CHANGING, "version", "state", "on_since", "why_broken", "owner"])
    record("rule.changed", subject=rule, by=by, now=now, data={"title": rule.name})
    return rule


@transaction.atomic
def remove(*, rule_id: int, by: User, now: datetime) -> None:
    """It goes with its report; what it did stays in everybody's history."""
    rule = get_for(Rule.objects.all(), rule_id, user=by, permission=WRITE, for_update=True)
    record("rule.removed", subject=rule, by=by, now=now, data={"title": rule.name})
    rule.delete()


def _take(rule: Rule, written: Written) -> None:
    name = one_line(written.name)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(
            gettext("Give it a name of at most %(most)s letters.") % {"most": LONGEST_NAME}, field="name"
        )
    if written.when not in When.values:
        raise Invalid(gettext("Say when it begins."), field="when")
    of_stage = written.when in OF_A_STAGE
    if of_stage and not written.stage:
        raise Invalid(gettext("Say which stage."), field="stage")
    waits = written.when == When.WAITED
    if waits and not 1 <= written.days <= MOST_DAYS:
        raise Invalid(gettext("From 1 to %(most)s working days.") % {"most": MOST_DAYS}, field="days")
    if not written.actions:
        raise Invalid(gettext("Say what it does."), field="actions")
    if max(len(written.actions), len(written.conditions)) > MOST_PARTS:
        raise Invalid(gettext("Nobody understands a rule as long as that."), field="actions")
    acts = [each["act"] for each in written.actions]
    if acts.count("reject") + acts.count("move") > 1:
        raise Invalid(gettext("Nobody can be moved twice, or moved and told no."), field="actions")
    place = written.stage if of_stage else {}
    rule.name, rule.when, rule.any_of = name, written.when, written.any_of
    rule.stage, rule.stage_kind = place.get("stage"), place.get("stage_kind", "")
    rule.stage_said = place.get("said", "")[:80]
    rule.days = written.days if waits else 0
    rule.conditions, rule.actions = written.conditions, written.actions
