"""What the settings pages of journeys show."""

from dataclasses import dataclass
from datetime import datetime, time

from ats.kernel.kept import retold
from ats.kernel.languages import later
from ats.mail import roles
from ats.organisation.domain import names
from ats.organisation.models import HiringOrganisation
from candidates.follow_ups.domain.journeys import STEPS
from candidates.journeys.domain import sentences, simulating
from candidates.journeys.domain.simulating import Shown
from candidates.journeys.models import JourneyStep, Replan
from candidates.journeys.queries.steps import Whole
from candidates.promises import queries as promises

LANGUAGES = {
    code: later(names.language, name)
    for code, name in {
        "en": "English",
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "ar": "Arabic",
    }.items()
}
MORNING = time(10)


@dataclass(frozen=True)
class Line:
    """A step in the list."""

    step: JourneyStep
    when: str
    whom: str
    source: str
    not_yet: str
    """Why it is not taken yet, although it is on."""


@dataclass(frozen=True)
class Week:
    number: int
    shown: list[Shown]


def organisations() -> list[HiringOrganisation]:
    rows = HiringOrganisation.objects.filter(is_active=True).select_related("calendar")
    return list(rows.order_by("name"))


def lines(whole: Whole) -> list[Line]:
    return [
        Line(
            step=step,
            when=sentences.when(step),
            whom=sentences.for_whom(step, LANGUAGES),
            source=sentences.from_whom(step),
            not_yet=retold(STEPS[step.key].off) if step.key in STEPS else "",
        )
        for step in whole.steps
    ]


def time_line(
    steps: list[JourneyStep], *, way: str, organisation: HiringOrganisation, most: int, now: datetime
) -> list[Week]:
    """What a candidate who applied today at ten would get, week by week."""
    calendar = organisation.calendar
    start = datetime.combine(now.astimezone(calendar.zone).date(), MORNING, tzinfo=calendar.zone)
    shown = simulating.simulate(
        steps,
        way=way,
        calendar=calendar,
        start=start,
        most=most,
        zone=calendar.time_zone,
        last_date=promises.last_date(organisation),
    )
    weeks: dict[int, list[Shown]] = {}
    for each in shown:
        days = (each.at.astimezone(calendar.zone).date() - start.date()).days
        weeks.setdefault(days // 7 + 1, []).append(each)
    return [Week(number, entries) for number, entries in sorted(weeks.items())]


def replanning(organisation: HiringOrganisation) -> Replan | None:
    """How far the last change has come."""
    rows = Replan.objects.filter(journey__organisation=organisation, journey__is_current=True)
    return rows.select_related("journey").first()


def placeholders(step: JourneyStep) -> dict[str, str]:
    """What its words may use, with samples."""
    return roles.get(step.role).placeholders if step.role else {}
