"""A step in the words of the page: when it comes, for whom, and what it is."""

from ats.kernel.when import counted
from candidates.journeys.models import BACKWARDS, Act, Doer, JourneyStep, Sender, Trigger, Unit
from requisitions.models import StageKind

AFTER = {
    Trigger.APPLIED: "they applied",
    Trigger.STAGE: "they reached the stage {stage}",
    Trigger.BOOKED: "an interview was booked",
    Trigger.BEFORE_INTERVIEW: "an interview",
    Trigger.INTERVIEWED: "an interview",
    Trigger.NO_NEWS: "the last news",
    Trigger.OFFERED: "they got our offer",
    Trigger.REJECTED: "they were told a no",
    Trigger.WITHDREW: "they withdrew",
    Trigger.HIRED: "they were hired and told",
    Trigger.BEFORE_FIRST_DAY: "their first day",
    Trigger.FIRST_DAY: "the morning of their first day",
    Trigger.PROMISE: "",
    Trigger.DECIDED: "it was decided",
}
OWED = {
    "acknowledgement": "At once, whenever they apply",
    "holding_note": "When what was promised has not come in time",
    "new_date": "When somebody gives another date",
    "reminder": "When the next move is theirs and does not come",
    "decision": "When it is decided, once it can no longer be taken back",
}
UNITS = {
    Unit.HOURS: ("working hour", "working hours"),
    Unit.DAYS: ("working day", "working days"),
    Unit.CALENDAR: ("day", "days"),
}


def when(step: JourneyStep) -> str:
    """`2 working days before an interview`."""
    if step.owed:
        return OWED[step.key]
    what = AFTER[Trigger(step.trigger)].format(stage=_stage(step))
    if step.trigger == Trigger.NO_NEWS:
        return f"{_amount(step)} without news"
    if not step.amount:
        return f"At once after {what}" if step.trigger not in BACKWARDS else f"At the time of {what}"
    return f"{_amount(step)} {'before' if step.trigger in BACKWARDS else 'after'} {what}"


def _amount(step: JourneyStep) -> str:
    return counted(step.amount, *UNITS[Unit(step.unit)])


def _stage(step: JourneyStep) -> str:
    return str(StageKind(step.stage_kind).label) if step.stage_kind else ""


def for_whom(step: JourneyStep, languages: dict[str, str]) -> str:
    """The conditions in words; empty where it is for everybody."""
    found = []
    if step.stage_kind and step.trigger != Trigger.STAGE:
        found.append(f"who came as far as {_stage(step)}")
    if step.source:
        found.append(f"from {step.source}")
    if step.location:
        found.append(f"in {step.location.name}")
    if step.language:
        found.append(f"in {languages.get(step.language, step.language)}")
    return ", ".join(found)


def from_whom(step: JourneyStep) -> str:
    if step.act == Act.TASK:
        return "a task for the " + ("hiring manager" if step.doer == Doer.MANAGER else "recruiter")
    return "from the team" if step.sender == Sender.TEAM else "from the recruiter by name"
