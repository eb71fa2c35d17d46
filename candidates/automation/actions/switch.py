"""Switching a rule on, which needs a look at the past, and off, which stops what waits for it."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity import hearing
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.kept import kept, retold
from ats.kernel.staff_words import gettext
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from ats.organisation.models import HiringOrganisation
from candidates.automation.models import ActState, Rule, RuleAct, RuleState
from candidates.automation.queries import fitting
from candidates.automation.rules import WRITE
from requisitions.careers import cache

HEARER = "rules"
OPEN = (ActState.WAITING, ActState.DELAYED)


@transaction.atomic
def switch_on(*, rule_id: int, version: int, by: User, now: datetime) -> Rule:
    """From now on, in the name of whoever switches it on.

    Refused without a dry run of just this version, where something that it names is gone, and where rules would set
    each other off in a circle. Two that would only together make one wait for each other.
    """
    rule = get_for(Rule.objects.all(), rule_id, user=by, permission=WRITE, for_update=True)
    HiringOrganisation.objects.select_for_update(no_key=True).get(pk=rule.organisation_id)
    if rule.version != version:
        raise WrongState(gettext("Somebody else has changed this rule meanwhile. Look at it again."))
    if rule.is_on:
        return rule
    if not rule.dry_runs.filter(version=rule.version).exists():
        raise WrongState(gettext("Try it on the last 90 days first."))
    rule.owner = by
    if why := fitting.misfit(rule):
        raise Invalid(retold(why))
    if names := fitting.round_trip(rule):
        said = " → ".join(names)
        raise Invalid(
            gettext("It would go round in a circle: %(names)s. Change one of them.") % {"names": said}
        )
    if not Rule.objects.on().exists():
        hearing.begin(HEARER, now=now)
    rule.state, rule.on_since, rule.why_broken = RuleState.ON, now, ""
    rule.save(update_fields=["state", "on_since", "why_broken", "owner"])
    record("rule.switched_on", subject=rule, by=by, now=now, data={"title": rule.name})
    cache.forget()  # posts say what software does with applications
    return rule


@transaction.atomic
def switch_off(*, rule_id: int, by: User, now: datetime) -> Rule:
    rule = get_for(Rule.objects.all(), rule_id, user=by, permission=WRITE, for_update=True)
    if rule.state == RuleState.OFF:
        return rule
    _off(rule, RuleState.OFF, "")
    end_what_waits(rule, by=by, now=now)
    record("rule.switched_off", subject=rule, by=by, now=now, data={"title": rule.name})
    return rule


@transaction.atomic
def switch_off_broken(rule_id: int, *, now: datetime) -> bool:
    """Where it no longer fits: off, with the reason, and its owner is told. Whether it was so."""
    rows = Rule.objects.select_for_update(no_key=True)
    rule = rows.filter(pk=rule_id, state=RuleState.ON).first()
    if rule is None or not (why := fitting.misfit(rule)):
        return False
    _off(rule, RuleState.BROKEN, why)
    end_what_waits(rule, by=None, now=now)
    record("rule.broken", subject=rule, by=None, now=now, data={"title": rule.name, "why": why})
    tell(
        rule.owner,
        Kind.RULE,
        key=f"rule-broken:{rule.pk}:{rule.version}:{now:%Y%m%d%H%M%S}",
        text=kept("A rule of yours was switched off: something that it names is gone."),
        link=f"/rules/{rule.pk}/",
        now=now,
    )
    return True


def _off(rule: Rule, state: str, why: str) -> None:
    rule.state, rule.on_since, rule.why_broken = state, None, why[:300]
    rule.save(update_fields=["state", "on_since", "why_broken"])
    cache.forget()


def end_what_waits(rule: Rule, *, by: User | None, now: datetime) -> None:
    """What it had not done yet it does not do any more; the caller holds the rule, and so no worker is at it."""
    waiting = RuleAct.objects.filter(rule=rule, state__in=OPEN)
    why = kept("The rule was switched off or changed before.")
    waiting.update(state=ActState.CANCELLED, why=why, settled_at=now, settled_by=by)
