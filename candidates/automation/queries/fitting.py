"""What keeps a rule from being on: something that it names is gone, or it would go round in a circle."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from ats.kernel.kept import kept
from ats.organisation.models import Department, Location
from candidates.applications.models import DispositionReason
from candidates.automation.domain.circles import Link, Place, circle, moves_of
from candidates.automation.domain.conditions import OF_ANSWERS
from candidates.automation.models import OF_A_STAGE, KnockOutChoice, Rule
from candidates.people.domain.keys import fold
from candidates.people.models import Source
from requisitions.models import Question, Stage
from requisitions.roles.workflow import LIVE


def misfit(rule: Rule) -> str:
    """The first thing that it names and that is no more, in words; empty: it fits."""
    if rule.requisition is not None and rule.requisition.state not in LIVE:
        return kept("The role that it is for has ended.")
    if not rule.owner.is_active or not rule.owner.oversees:
        return kept("Whoever it acts for may not do this any more: somebody else takes it over.")
    if rule.when in OF_A_STAGE and _is_gone(rule, rule.stage, rule.stage_kind):
        return stage_gone(rule.stage_said)
    for each in rule.conditions:
        if why := _of_condition(rule, each):
            return why
    for each in rule.actions:
        if why := _of_action(rule, each):
            return why
    return ""


def stage_gone(name: str) -> str:
    return kept(f"The stage {name} is no more.")


def _is_gone(rule: Rule, stage: int | None, kind: str) -> bool:
    rows = Stage.objects.filter(requisition__organisation=rule.organisation_id)
    if rule.requisition_id:
        rows = rows.filter(requisition=rule.requisition_id)
    return not (rows.filter(pk=stage) if stage else rows.filter(kind=kind)).exists()


_NAMED: dict[str, tuple[Any, Callable[[str], str]]] = {
    "source_is": (Source, lambda name: kept(f"The source {name} is no more.")),
    "department_is": (Department, lambda name: kept(f"The department {name} is no more.")),
    "location_is": (Location, lambda name: kept(f"The location {name} is no more.")),
}


def _of_condition(rule: Rule, each: dict[str, Any]) -> str:
    if each["about"] in OF_ANSWERS:
        name = each["question"]
        is_asked = any(
            fold(label) == fold(name) for label in labels(rule.organisation_id, rule.requisition_id)
        )
        return "" if is_asked else kept(f"The question {name} is asked no more.")
    if named := _NAMED.get(each["about"]):
        model, say = named
        return "" if model.objects.filter(pk=each["value"]).exists() else say(each["said"])
    return ""


def labels(organisation: int, requisition: int | None) -> list[str]:
    """The words of all questions that are asked there."""
    rows = Question.objects.filter(removed_at=None, post__requisition__organisation=organisation)
    if requisition:
        rows = rows.filter(post__requisition=requisition)
    return list(rows.exclude(kind="file").order_by("label").values_list("label", flat=True).distinct())


def _of_action(rule: Rule, each: dict[str, Any]) -> str:
    name = each.get("said", "")
    if each["act"] == "move" and _is_gone(rule, each.get("stage"), each.get("stage_kind", "")):
        return stage_gone(name)
    if each["act"] != "reject":
        return ""
    if not DispositionReason.objects.filter(code=each["reason"], is_active=True).exists():
        return kept(f"The reason {name} is no more.")
    if not KnockOutChoice.objects.filter(organisation=rule.organisation_id, is_allowed=True).exists():
        return kept("Rules may not say no here: nobody has chosen that, or it was taken back.")
    return ""


def round_trip(rule: Rule) -> list[str]:
    """The names of the rules on a way that leads from this one back to it."""
    others = list(
        Rule.objects.on().filter(organisation=rule.organisation_id).exclude(pk=rule.pk).order_by("pk")
    )
    links = [_link(each) for each in (rule, *others)]
    named = {place.stage for link in links for place in (*link.moves, link.begins) if place and place.stage}
    kinds = dict(Stage.objects.filter(pk__in=named).values_list("pk", "kind"))
    return circle(links[0], links[1:], kinds)


def _link(rule: Rule) -> Link:
    begins = Place(rule.stage, rule.stage_kind) if rule.when in OF_A_STAGE else None
    return Link(rule.pk, rule.name, rule.requisition_id, begins, moves_of(rule.actions))


def scope(rule: Rule) -> Q:
    """Of which applications it speaks."""
    if rule.requisition_id:
        return Q(requisition=rule.requisition_id)
    return Q(requisition__organisation=rule.organisation_id)
