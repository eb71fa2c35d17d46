"""A rule as one plain sentence, in the language of who reads it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ats.kernel.languages import listed
from ats.kernel.staff_words import gettext, ngettext
from candidates.automation.models import Rule, When

Said = Mapping[str, Any]
WHO = ("recruiter", "manager")


def sentence(rule: Rule) -> str:
    """When, if, then."""
    said = {"when": _when(rule), "then": then(rule.actions)}
    if not rule.conditions:
        return gettext("When %(when)s, then %(then)s.") % said
    return gettext("When %(when)s, if %(if)s, then %(then)s.") % {**said, "if": _if(rule)}


def _when(rule: Rule) -> str:
    role = rule.requisition.title if rule.requisition else gettext("any role")
    texts: dict[str, Callable[[], str]] = {
        When.ARRIVES: lambda: gettext("an application arrives for %(role)s"),
        When.ENTERS: lambda: gettext("somebody enters %(stage)s for %(role)s"),
        When.WAITED: lambda: gettext("somebody has waited %(days)s in %(stage)s for %(role)s"),
        When.FEEDBACK: lambda: gettext("the evidence of an interview for %(role)s is complete"),
        When.ACCEPTED: lambda: gettext("an offer for %(role)s is accepted"),
        When.DECLINED: lambda: gettext("an offer for %(role)s is declined"),
    }
    return texts[rule.when]() % {"role": role, "stage": rule.stage_said, "days": _days(rule.days)}


def _if(rule: Rule) -> str:
    parts = [condition(each) for each in rule.conditions]
    if not rule.any_of or len(parts) < 2:
        return listed(parts)
    *several, last = parts
    return gettext("%(several)s or %(last)s") % {"several": ", ".join(several), "last": last}


def condition(each: Said) -> str:
    texts: dict[str, Callable[[], str]] = {
        "answer_is": lambda: gettext("the answer to “%(question)s” is “%(said)s”"),
        "answer_is_not": lambda: gettext("the answer to “%(question)s” is not “%(said)s”"),
        "answer_has": lambda: gettext("the answer to “%(question)s” contains “%(said)s”"),
        "source_is": lambda: gettext("the source is %(said)s"),
        "department_is": lambda: gettext("the department is %(said)s"),
        "location_is": lambda: gettext("the location is %(said)s"),
        "tag_is": lambda: gettext("they have the tag “%(said)s”"),
        "tag_is_not": lambda: gettext("they do not have the tag “%(said)s”"),
        "days_at_least": lambda: gettext("they are in their stage for %(said)s working days or more"),
    }
    return texts[each["about"]]() % {"question": each.get("question", ""), "said": each["said"]}


def then(actions: Sequence[Said]) -> str:
    return listed(action(each) for each in actions)


def action(each: Said) -> str:
    """What is done, as the end of a sentence."""
    texts: dict[str, Callable[[], str]] = {
        "tag": lambda: gettext("add the tags %(tags)s"),
        "move": lambda: gettext("move them to %(said)s"),
        "task": lambda: gettext("ask %(who)s within %(days)s: “%(text)s”"),
        "notify": lambda: gettext("tell %(who)s"),
        "review": lambda: gettext("ask the hiring manager for a view"),
        "message": lambda: gettext("write to them: “%(subject)s”"),
        "reject": lambda: gettext("say no after a delay: %(said)s"),
    }
    manager = each.get("who") == "manager"
    facts = {
        "tags": listed(each.get("tags", ())),
        "who": gettext("the hiring manager") if manager else gettext("the recruiter"),
        "days": _days(each.get("days") or 0),
    }
    return texts[each["act"]]() % {**each, **facts}


def _days(number: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", number) % {"count": number}
