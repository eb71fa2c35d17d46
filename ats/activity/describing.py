"""The record in words, for the timelines of pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.activity import verbs
from ats.activity.models import Activity
from ats.kernel.kept import OWN, retold
from ats.kernel.languages import shipped
from ats.kernel.staff_words import gettext, gettext_noop

KEY = re.compile(r"\{([a-z_]+)\}")
UNKNOWN_VERB = verbs.Verb(
    name="", text=gettext_noop("did something that this version does not know"), icon="circle"
)


def _verb(activity: Activity) -> verbs.Verb:
    # A record outlives the code that wrote it: a verb that is gone must not break a page.
    return verbs.known().get(activity.verb, UNKNOWN_VERB)


def _filled(text: str, activity: Activity) -> str:
    """The text with the values of the data; what was erased, or never there, is an ellipsis."""
    return KEY.sub(lambda match: _value(match[1], activity.data.get(match[1], "…")), text)


def _value(key: str, value: Any) -> str:
    """Names and people's own words as they are; what the house has put on record in the reader's language."""
    return str(value) if key in OWN else retold(str(value))


def describe(activity: Activity) -> str:
    """What staff read, in their language, after the actor's name: "moved to Interview"."""
    return _filled(shipped(_verb(activity).text), activity).strip()


def actor_of(activity: Activity) -> str:
    """Who did it, for a reader; candidates' names are not in the record, so the page puts them in."""
    if activity.actor_kind == "candidate":
        return activity.actor_name or gettext("The candidate")
    return activity.actor_name or "Accord"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing on a timeline, as `parts/timeline.html` shows it."""

    at: datetime
    icon: str
    who: str
    text: str
    body: str = ""
    status: str = ""
    visibility: str = ""
    href: str = ""
    verb: str = ""


def entry(activity: Activity, *, candidate_name: str = "") -> Entry:
    verb = _verb(activity)
    who = actor_of(activity)
    if activity.actor_kind == "candidate" and candidate_name:
        who = candidate_name
    if stead := activity.data.get("for"):
        who = gettext("%(person)s (for %(other)s)") % {"person": who, "other": stead}
    if rule := activity.data.get("rule"):
        who = gettext("%(person)s, by the rule “%(rule)s”") % {"person": who, "rule": rule}
    return Entry(
        at=activity.occurred_at,
        icon=verb.icon,
        who=who,
        text=describe(activity),
        body=str(activity.data.get("body", "")) if verb.opened else "",
        verb=activity.verb,
    )


def entries(activities: Iterable[Activity], *, candidate_name: str = "") -> list[Entry]:
    """A timeline of these activities in their order; group it with the filter `by_day`."""
    return [entry(activity, candidate_name=candidate_name) for activity in activities]
