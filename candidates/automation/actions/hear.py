"""What happened sets rules off: read from the record afterwards, so that no page waits for a rule."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from ats.activity import hearing
from ats.activity.models import Activity
from ats.kernel.kept import kept
from candidates.applications.models import Application
from candidates.automation.actions.switch import HEARER, switch_off_broken
from candidates.automation.models import ActState, Rule, RuleAct, When
from candidates.automation.queries.past import VERBS
from candidates.scorecards.models import Scorecard
from requisitions.models import Stage

OF = {verb: when for when, verb in VERBS.items()}
CHANGES = ("stage.removed", "pipeline.laid", "post.changed", "requisition.ended")
"""After which something that a rule names may be gone."""
HEARD = (*OF, *CHANGES)
DEEPEST = 5
"""So many rules may lead from one to the next."""


@transaction.atomic
def hear(now: datetime) -> int:
    """One batch; how many things were heard. What they set off stands in rows, each once."""
    if hearing.is_quiet(HEARER, HEARD, now):
        return 0
    activities = hearing.heard(HEARER, HEARD, now)
    rules = list(Rule.objects.on().order_by("pk"))
    if any(each.verb in CHANGES for each in activities):
        rules = [rule for rule in rules if not switch_off_broken(rule.pk, now=now)]
    happened = [each for each in activities if each.verb in OF and each.application_id]
    kinds = _kinds(happened) if rules else {}
    interviews = _complete(happened) if rules else {}
    rows = [
        row
        for activity in happened
        for rule in rules
        for row in _set_off(rule, activity, kinds, interviews, now)
    ]
    there = set(_still_there({row.application_id for row in rows}))
    RuleAct.objects.bulk_create([row for row in rows if row.application_id in there], ignore_conflicts=True)
    return len(activities)


def _still_there(numbers: set[int]) -> Iterator[int]:
    yield from Application.objects.filter(pk__in=numbers).values_list("pk", flat=True)


def _kinds(activities: list[Activity]) -> dict[int, str]:
    moved = {each.data.get("to_stage_id") for each in activities if each.verb == "application.moved"}
    return dict(Stage.objects.filter(pk__in=moved - {None}).values_list("pk", "kind"))


def _complete(activities: list[Activity]) -> dict[int, int]:
    """By the scorecard the interview, where nobody owes evidence of it any more."""
    cards = [each.subject_id for each in activities if each.verb == "scorecard.handed_in"]
    if not cards:
        return {}
    of = dict(Scorecard.objects.filter(pk__in=cards).values_list("pk", "interview"))
    owed = Scorecard.objects.owed().filter(interview__in=of.values())
    still = set(owed.values_list("interview", flat=True))
    return {card: interview for card, interview in of.items() if interview not in still}


def _set_off(
    rule: Rule, activity: Activity, kinds: dict[int, str], interviews: dict[int, int], now: datetime
) -> Iterator[RuleAct]:
    if OF[activity.verb] != rule.when or not _is_meant(rule, activity):
        return
    occasion = f"{rule.when}:{activity.pk}"
    entered = None
    if rule.when == When.ENTERS:
        stage = activity.data.get("to_stage_id")
        if (rule.stage and stage != rule.stage) or (not rule.stage and kinds.get(stage) != rule.stage_kind):
            return
        entered, occasion = activity.occurred_at, f"entered:{stage}:{activity.occurred_at.isoformat()}"
    if rule.when == When.FEEDBACK:
        if activity.subject_id not in interviews:
            return
        occasion = f"feedback:{interviews[activity.subject_id]}"
    chain = [*activity.data.get("rule_chain", [])]
    row = RuleAct(
        rule=rule,
        application_id=activity.application_id or 0,
        occasion=occasion,
        entered_at=entered,
        chain=chain,
        version=rule.version,
        noticed_at=now,
        due_at=now,
    )
    if rule.pk in chain or len(chain) >= DEEPEST:
        row.state, row.settled_at = ActState.FAILED, now
        row.why = kept("Rules led to each other in a circle: it was left there.")
    yield row


def _is_meant(rule: Rule, activity: Activity) -> bool:
    if rule.on_since is None or activity.occurred_at < rule.on_since:
        return False
    if rule.requisition_id:
        return activity.requisition_id == rule.requisition_id
    return activity.organisation_id == rule.organisation_id
