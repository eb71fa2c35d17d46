"""A step in the words of the page: when it comes, for whom, and what it is."""

from ats.kernel.kept import kept, retold
from ats.kernel.staff_words import gettext, pgettext
from ats.kernel.when import counted
from candidates.journeys.models import BACKWARDS, Act, Doer, JourneyStep, Sender, Trigger, Unit
from requisitions.models import StageKind

AFTER = {
    Trigger.APPLIED: kept("they applied"),
    Trigger.STAGE: kept("they reached the stage {stage}"),
    Trigger.BOOKED: kept("an interview was booked"),
    Trigger.BEFORE_INTERVIEW: kept("an interview"),
    Trigger.INTERVIEWED: kept("an interview"),
    Trigger.NO_NEWS: kept("the last news"),
    Trigger.OFFERED: kept("they got our offer"),
    Trigger.REJECTED: kept("they were told a no"),
    Trigger.WITHDREW: kept("they withdrew"),
    Trigger.HIRED: kept("they were hired and told"),
    Trigger.BEFORE_FIRST_DAY: kept("their first day"),
    Trigger.FIRST_DAY: kept("the morning of their first day"),
    Trigger.PROMISE: "",
    Trigger.DECIDED: kept("it was decided"),
}
OWED = {
    "acknowledgement": kept("At once, whenever they apply"),
    "holding_note": kept("When what was promised has not come in time"),
    "end_of_promise": kept("When too many dates in a row were not kept"),
    "new_date": kept("When somebody gives another date"),
    "reminder": kept("When the next move is theirs and does not come"),
    "decision": kept("When it is decided, once it can no longer be taken back"),
}
UNITS = {
    Unit.HOURS: ("working hour", "working hours"),
    Unit.DAYS: ("working day", "working days"),
    Unit.CALENDAR: ("day", "days"),
}


def when(step: JourneyStep) -> str:
    """`2 working days before an interview`."""
    if step.owed:
        return retold(OWED[step.key])
    facts = {"what": retold(AFTER[Trigger(step.trigger)].format(stage=_stage(step))), "span": _amount(step)}
    if step.trigger == Trigger.NO_NEWS:
        return gettext("%(span)s without news") % facts
    ahead = step.trigger in BACKWARDS
    if not step.amount:
        said = gettext("At the time of %(what)s") if ahead else gettext("At once after %(what)s")
        return said % facts
    return (gettext("%(span)s before %(what)s") if ahead else gettext("%(span)s after %(what)s")) % facts


def _amount(step: JourneyStep) -> str:
    return retold(counted(step.amount, *UNITS[Unit(step.unit)]))


def _stage(step: JourneyStep) -> str:
    return str(StageKind(step.stage_kind).label) if step.stage_kind else ""


def for_whom(step: JourneyStep, languages: dict[str, str]) -> str:
    """The conditions in words; empty where it is for everybody."""
    found = []
    if step.stage_kind and step.trigger != Trigger.STAGE:
        found.append(gettext("who came as far as %(stage)s") % {"stage": _stage(step)})
    if step.source:
        found.append(gettext("from %(source)s") % {"source": step.source})
    if step.location:
        found.append(gettext("in %(place)s") % {"place": step.location.name})
    if step.language:
        language = languages.get(step.language, step.language)
        found.append(pgettext("a language", "in %(language)s") % {"language": language})
    return ", ".join(found)


def from_whom(step: JourneyStep) -> str:
    if step.act == Act.TASK:
        is_managers = step.doer == Doer.MANAGER
        return (
            gettext("a task for the hiring manager") if is_managers else gettext("a task for the recruiter")
        )
    return gettext("from the team") if step.sender == Sender.TEAM else gettext("from the recruiter by name")
