"""Rules as their readers see them: the list, one rule, and what it did."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef

from ats.accounts.models import User
from ats.activity import describing
from ats.activity.models import Activity
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.kept import kept
from candidates.applications.models import Application
from candidates.automation.domain import sentences
from candidates.automation.models import ActState, DryRun, Rule, RuleAct
from candidates.automation.queries import fitting

LATEST, HISTORY = 50, 30
FAILED = kept("Something went wrong with this one. It is noted, and nothing was done.")


def rules(user: User) -> list[tuple[Rule, str]]:
    rows = Rule.objects.visible_to(user).select_related("organisation", "requisition", "owner")
    return [(row, sentences.sentence(row)) for row in rows.order_by("organisation__name", "name", "pk")]


@dataclass(frozen=True)
class Report:
    """What a rule did: how many it fitted, what became of them, and what people made of it."""

    matched: int
    counts: dict[str, int]
    overturned: int
    reasons: list[tuple[str, int]] = field(default_factory=list)


def report(rule: Rule) -> Report:
    rows = RuleAct.objects.filter(rule=rule)
    counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    undone = Activity.objects.filter(
        verb="application.decision_undone",
        application_id=OuterRef("application"),
        occurred_at__gte=OuterRef("settled_at"),
    )
    overturned = rows.filter(Exists(undone), said_no=True).count()
    overturned += rows.filter(state=ActState.CANCELLED, settled_by__isnull=False).exclude(seen=None).count()
    why = rows.filter(state__in=[ActState.FAILED, ActState.CANCELLED]).exclude(why="")
    reasons: Counter[str] = Counter(dict(why.order_by().values_list("why").annotate(number=Count("pk"))))
    broken = rows.filter(attempts__gte=MAX_ATTEMPTS, state__in=[ActState.WAITING, ActState.DELAYED]).count()
    if broken:
        reasons[FAILED] += broken
    left_out = counts.get(ActState.NOT_MET, 0) + counts.get(ActState.WAITING, 0)
    return Report(sum(counts.values()) - left_out, counts, overturned, reasons.most_common(10))


def latest(rule: Rule, user: User) -> list[RuleAct]:
    """The newest that it fitted, of whom this reader may know."""
    rows = RuleAct.objects.filter(rule=rule, application__in=Application.objects.visible_to(user))
    rows = rows.exclude(state__in=[ActState.NOT_MET, ActState.WAITING])
    return list(rows.select_related("application__candidate", "application__stage").order_by("-pk")[:LATEST])


def dry_run(rule: Rule, user: User) -> tuple[DryRun | None, list[Application]]:
    """The newest of this version, and whom it would have touched, of whom this reader may know."""
    run = rule.dry_runs.filter(version=rule.version).select_related("by").order_by("-at", "-pk").first()
    if run is None:
        return None, []
    rows = Application.objects.visible_to(user).filter(pk__in=run.people)
    found = rows.select_related("candidate", "stage", "requisition").in_bulk()
    return run, [found[number] for number in run.people if number in found]


def history(rule: Rule) -> list[describing.Entry]:
    rows = Activity.objects.filter(subject_type="rule", subject_id=rule.pk, verb__startswith="rule.")
    mine = rows.filter(organisation_id=rule.organisation_id).order_by("-occurred_at", "-pk")
    return describing.entries(mine[:HISTORY])


def standing(rule: Rule) -> dict[str, Any]:
    """What keeps it from being switched on, if anything does."""
    if rule.is_on:
        return {"misfit": "", "circle": []}
    return {"misfit": fitting.misfit(rule), "circle": fitting.round_trip(rule)}


def planned_no(application: Application) -> RuleAct | None:
    """The no that a rule plans for them."""
    rows = RuleAct.objects.filter(application=application.pk, state=ActState.DELAYED)
    return rows.select_related("rule").order_by("due_at", "pk").first()
