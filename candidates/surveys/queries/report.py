"""The report on respect: sums of figures that were counted week by week, in one statement, and what they say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import TextChoices

from ats.accounts.models import User
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import ApplicationState
from candidates.people.models import Source
from candidates.surveys.actions.publish import ALL
from candidates.surveys.domain import counting
from candidates.surveys.domain.coarse import SPLITS
from candidates.surveys.domain.counting import Bounded
from candidates.surveys.domain.disclosing import REST
from candidates.surveys.models import OF_RESPECT, WOULD, Change, Occasion, SurveyFigure, SurveyResponse, Would
from requisitions.models import Requisition, StageKind

MOST_WORDS = 12


class Period(TextChoices):
    QUARTER = "quarter", gettext_lazy("The last 13 weeks")
    YEAR = "year", gettext_lazy("The last 12 months")
    ALL = "all", gettext_lazy("All the time")


LASTS = {Period.QUARTER: timedelta(weeks=13), Period.YEAR: timedelta(days=365)}
SPLIT_NAMES = {
    "occasion": gettext_lazy("Moment"),
    "outcome": gettext_lazy("Outcome"),
    "stage": gettext_lazy("Stage"),
    "promise": gettext_lazy("Kept or broken promise"),
    "language": gettext_lazy("Language"),
    "marketing": gettext_lazy("Marketing's part"),
    "source": gettext_lazy("Source"),
    "partnership": gettext_lazy("Partnership"),
    "role": gettext_lazy("Role"),
}
ASKS = {
    "product": gettext_lazy("Products and services"),
    "organisation": gettext_lazy("Organisation"),
    "culture": gettext_lazy("Culture"),
    "again": gettext_lazy("Would apply again"),
    "refer": gettext_lazy("Would tell others to apply"),
    "buy": gettext_lazy("Would buy, or use it"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked at. One split at a time, and one group of it: no filters on top of each other."""

    organisation_id: int | None = None
    period: str = Period.YEAR
    split: str = "outcome"
    group: str | None = None


@dataclass(frozen=True)
class Part:
    """One answer to one question, as a part of a bar."""

    value: str
    label: str
    number: int
    percent: int
    begins: int


@dataclass(frozen=True)
class Group:
    """What some answers say together."""

    value: str
    name: str
    counts: Mapping[str, int]

    @property
    def day(self) -> date:
        """Of a point of time: the day on which it begins."""
        return date.fromisoformat(self.value)

    @property
    def number(self) -> int:
        return self.counts.get("number", 0)

    @cached_property
    def cnps(self) -> Bounded | None:
        return counting.cnps(self.counts)

    @cached_property
    def resentful(self) -> Bounded | None:
        return counting.share(self.counts.get("resentful", 0), self.counts.get("could_resent", 0))

    @cached_property
    def at(self) -> dict[str, float]:
        """Where its figure and the bounds stand on a line from -100 to 100, in percent."""
        found = self.cnps
        if found is None:
            return {}
        low, value, high = (round((each + 100) / 2, 1) for each in (found.low, found.value, found.high))
        return {"low": low, "value": value, "high": high, "wide": round(high - low, 1)}

    def bars(self) -> list[tuple[str, list[Part]]]:
        """Each question that somebody answered, with its answers."""
        asked = [(str(ASKS[name]), self.parts(name)) for name in (*OF_RESPECT, *WOULD)]
        return [(name, parts) for name, parts in asked if any(part.number for part in parts)]

    def parts(self, name: str) -> list[Part]:
        labels = Change if name in OF_RESPECT else Would
        said = counting.said(self.counts, name)
        whole, before, found = sum(number for _, number in said), 0, []
        for value, number in said:
            percent = round(100 * (before + number) / whole) if whole else 0
            begins = round(100 * before / whole) if whole else 0
            found.append(Part(value, str(labels(value).label), number, percent - begins, begins))
            before += number
        return found


@dataclass(frozen=True)
class Report:
    wanted: Wanted
    whole: Group
    over_time: Sequence[Group]
    groups: Sequence[Group]
    looked_at: Group | None = field(default=None)
    """The group that is looked at by itself, where one is."""


def respect(wanted: Wanted, user: User, now: datetime) -> Report:
    """The figures of what this person wants to see."""
    rows = _figures(wanted, now)
    names = _names(wanted.split, {value for split, value, *_ in rows if split == wanted.split}, user)
    by_value: dict[str, list[Mapping[str, int]]] = defaultdict(list)
    by_time: dict[date, list[Mapping[str, int]]] = defaultdict(list)
    whole: list[Mapping[str, int]] = []
    shown = wanted.group if wanted.group in names else None
    for split, counted_as, day, counts in rows:
        value = counted_as if counted_as in names else REST
        if split == ALL:
            whole.append(counts)
        if split == wanted.split:
            by_value[value].append(counts)
        if (split == wanted.split and value == shown) if shown is not None else split == ALL:
            by_time[_begins(day, wanted.period)].append(counts)
    groups = [Group(value, names.get(value, ""), counting.total(each)) for value, each in by_value.items()]
    groups.sort(key=lambda group: (group.value == REST, -group.number, group.name))
    points = [Group(day.isoformat(), "", counting.total(each)) for day, each in sorted(by_time.items())]
    return Report(
        wanted=wanted,
        whole=Group(ALL, "", counting.total(whole)),
        over_time=points,
        groups=groups,
        looked_at=next((group for group in groups if group.value == shown), None),
    )


def _figures(wanted: Wanted, now: datetime) -> list[tuple[str, str, date, Mapping[str, int]]]:
    rows = SurveyFigure.objects.filter(split__in=[ALL, wanted.split], organisation__is_active=True)
    if wanted.organisation_id is not None:
        rows = rows.filter(organisation=wanted.organisation_id)
    if lasts := LASTS.get(Period(wanted.period)):
        rows = rows.filter(published_on__gt=(now - lasts).date())
    return list(rows.values_list("split", "value", "published_on", "counts"))


def _begins(day: date, period: str) -> date:
    """The point of the line that a day belongs to: its week, its month or its quarter."""
    if period == Period.QUARTER:
        return day
    month = day.month if period == Period.YEAR else day.month - (day.month - 1) % 3
    return date(day.year, month, 1)


def _names(split: str, values: Iterable[str], user: User) -> dict[str, str]:
    """What the groups of a split are called; those that this person does not see are among the rest."""
    named = {value for value in values if value}
    found = _NAMED[split](named, user) if split in _NAMED else {}
    found = {value: name for value, name in found.items() if value in named}
    return found | {REST: gettext("The rest, in groups too small to show")}


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _roles(values: set[str], user: User) -> dict[str, str]:
    rows = Requisition.objects.visible_to(user).filter(pk__in=[int(value) for value in values])
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}


def _sources(values: set[str], _user: User) -> dict[str, str]:
    rows = Source.objects.filter(pk__in=[int(value) for value in values])
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def _partnerships(values: set[str], _user: User) -> dict[str, str]:
    pairs = {value: value.split(":") for value in values}
    numbers = {int(each) for pair in pairs.values() for each in pair if each.isdigit()}
    people = {str(person.pk): str(person) for person in User.objects.filter(pk__in=numbers)}
    missing = gettext("nobody")
    return {
        value: gettext("%(recruiter)s with %(manager)s")
        % {"recruiter": people.get(recruiter, missing), "manager": people.get(manager, missing)}
        for value, (recruiter, manager) in pairs.items()
    }


_NAMED = {
    "occasion": lambda _values, _user: _labels(Occasion),
    "outcome": lambda _values, _user: _labels(ApplicationState),
    "stage": lambda _values, _user: _labels(StageKind),
    "promise": lambda _values, _user: {
        "kept": gettext("No promise was broken"),
        "broken": gettext("A promise was broken"),
    },
    "marketing": lambda _values, _user: {
        "with": gettext("With words of marketing"),
        "without": gettext("Without"),
    },
    "language": lambda _values, _user: {code: str(name) for code, name in settings.LANGUAGES},
    "source": _sources,
    "partnership": _partnerships,
    "role": _roles,
}
assert set(_NAMED) == set(SPLITS) == set(SPLIT_NAMES)


def words(wanted: Wanted, *, tag: str, now: datetime) -> list[SurveyResponse]:
    """What was written, in no order within a week; the groups of a split say nothing of single answers."""
    rows = SurveyResponse.objects.words().filter(organisation__is_active=True)
    if wanted.organisation_id is not None:
        rows = rows.filter(organisation=wanted.organisation_id)
    if lasts := LASTS.get(Period(wanted.period)):
        rows = rows.filter(published_on__gt=(now - lasts).date())
    if tag:
        rows = rows.filter(tags__contains=[tag])
    return list(rows.only("words", "tags", "published_on").order_by("-published_on", "pk")[:MOST_WORDS])


def organisations() -> list[tuple[int, str]]:
    rows = HiringOrganisation.objects.filter(is_active=True).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))
