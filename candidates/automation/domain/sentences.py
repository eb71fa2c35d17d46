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
    said = {"role": role, "stage": rule.stage_said}
    match rule.when:
        case When.ARRIVES:
            return gettext("an application arrives for %(role)s") % said
        case When.ENTERS:
            return gettext("somebody enters %(stage)s for %(role)s") % said
        case When.WAITED:
            days = ngettext("%(count)s working day", "%(count)s working days", rule.days)
            said["days"] = days % {"count": rule.days}
            return gettext("somebody has waited %(days)s in %(stage)s for %(role)s") % said
        case When.FEEDBACK:
            return gettext("the evidence of an interview for %(role)s is complete") % said
        case When.ACCEPTED:
            return gettext("an offer for %(role)s is accepted") % said
        case _:
            return gettext("an offer for %(role)s is declined") % said


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
    who = gettext("the hiring manager") if each.get("who") == "manager" else gettext("the recruiter")
    match each["act"]:
        case "tag":
            return gettext("add the tags %(tags)s") % {"tags": listed(each["tags"])}
        case "move":
            return gettext("move them to %(stage)s") % {"stage": each["said"]}
        case "task":
            days = ngettext("%(count)s working day", "%(count)s working days", each["days"])
            facts = {"who": who, "what": each["text"], "days": days % {"count": each["days"]}}
            return gettext("ask %(who)s within %(days)s: “%(what)s”") % facts
        case "notify":
            return gettext("tell %(who)s") % {"who": who}
        case "review":
            return gettext("ask the hiring manager for a view")
        case "message":
            return gettext("write to them: “%(subject)s”") % {"subject": each["subject"]}
        case _:
            return gettext("say no after a delay: %(reason)s") % {"reason": each["said"]}
