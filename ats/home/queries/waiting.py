"""Who waits too long, who has not heard, and how well we keep our word: read for one page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncWeek

from ats.accounts.models import User
from ats.home import queries
from ats.home.domain import lines
from ats.home.domain.rows import Row, Whom, debt
from ats.home.queries.whom import whom
from ats.kernel.rows import showing
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.models import HiringOrganisation
from ats.web.addresses import pages
from candidates.models import KeptFrom, Message, Promise, PromiseState, waits_too_long
from candidates.promises.queries import By, Told, told_by_law
from candidates.promises.rules import SEE_BY_LAW
from requisitions.models import Requisition, Side

GROUPS = {
    "recruiter": gettext_lazy("By recruiter"),
    "role": gettext_lazy("By role"),
    "partner": gettext_lazy("By hiring manager"),
}
MOST = 300
"""People that are named on one page; the counts are of all."""
WEEKS = 12
MOST_CHANGED = 2
"""How often a date may be changed in a row before the lead sees it."""

NAMED = (
    *(
        "kind",
        "what",
        "side",
        "state",
        "due_at",
        "broken_before",
        "waiting_since",
        "changed_before",
        "reason",
    ),
    *("owner__name", "application_id"),
)


@dataclass
class Group:
    """People who wait, under whoever or whatever they have in common."""

    name: str
    rows: list[Row] = field(default_factory=list)
    since: datetime | None = None


@dataclass(frozen=True)
class Week:
    """What fell due in one week: how much of it was kept, broken, or given another date before."""

    starts: datetime
    kept: int
    broken: int
    changed: int

    @property
    def total(self) -> int:
        return self.kept + self.broken + self.changed

    @property
    def share(self) -> int | None:
        """In percent, never rounded up to a hundred; None where nothing fell due."""
        return self.kept * 100 // self.total if self.total else None


@dataclass(frozen=True)
class Waiting:
    count: int
    groups: list[Group]
    untold: list[Row]
    came_back: list[Row]
    changed: list[Row]
    weeks: list[Week]
    by_law: list[Told]
    """Whom law wants told within days, or wanted told by now; for whoever oversees."""
    organisations: dict[int, str] = field(default_factory=dict)
    """For which they work, by name, where they are several."""
    organisation: int | None = None

    @property
    def is_calm(self) -> bool:
        return not (self.count or self.untold or self.came_back or self.changed or self.by_law)


def waiting(user: User, *, by: str, now: datetime, organisation: int | None = None) -> Waiting:
    """Everybody whom the user may know of; ten queries, however many wait; more where law names a day, and one where
    they work for several organisations: then each line says for which it is, and one can look at one alone."""
    known = Requisition.objects.visible_to(user).values_list("pk", "organisation")
    its_roles = queries.Roles(dict(known), organisation)
    roles = its_roles.numbers
    # Of all whom the user may know, and not of the role alone: an application may be kept from them.
    kept = list(KeptFrom.objects.in_force().filter(user=user).values_list("application", flat=True))
    rows = Promise.objects.filter(application__requisition__in=roles)
    rows = rows.exclude(application__in=kept) if kept else rows
    late = rows.waiting_too_long(now)
    first = F("waiting_since").asc(nulls_last=True)
    shown: list[Promise] = list(showing(late, *NAMED).order_by(first, "due_at", "pk")[:MOST])
    twice = rows.open().filter(changed_before__gte=MOST_CHANGED).exclude(waits_too_long(now))
    changed: list[Promise] = list(showing(twice, *NAMED).order_by("-changed_before", "due_at", "pk")[:MOST])
    untold = queries.untold(roles, most=MOST, kept=kept)
    troubled = [mail for mail in queries.troubled(roles, now, most=MOST) if mail.application_id not in kept]
    unreached = [row for row in queries.unreached(roles, most=MOST) if row.application_id not in kept]
    owed = (promise.application_id for promise in (*shown, *changed))
    lost = (row.application_id for row in unreached)
    numbers = [*owed, *lost, *(mail.application_id for mail in troubled), *untold]
    about = whom(numbers, named=bool(its_roles.several))
    wrote = _wrote(about)
    debts = _debts([*shown, *changed], about, wrote)
    return Waiting(
        count=len(shown) if len(shown) < MOST else late.count(),
        groups=_grouped(shown, debts, about, by),
        untold=lines.untold(untold, about),
        came_back=[*lines.unreached(unreached, about), *lines.troubled(troubled, about)],
        changed=[_changed(promise, debts) for promise in changed],
        weeks=_weeks(rows, now=now),
        by_law=_by_law(user, now),
        organisations=_named(its_roles.several),
        organisation=its_roles.only,
    )


def _named(organisations: set[int]) -> dict[int, str]:
    if not organisations:
        return {}
    rows = HiringOrganisation.objects.filter(pk__in=organisations).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def _by_law(user: User, now: datetime) -> list[Told]:
    if not user.has_perm(SEE_BY_LAW):
        return []
    return [line for line in told_by_law(user, now=now) if line.stands in {By.MISSED, By.NEAR}]


def _wrote(numbers: Iterable[int]) -> dict[int, Message]:
    rows = Message.objects.unanswered().filter(application__in=list(numbers)).order_by("-said_at")
    found = showing(rows, "body", "said_at", "application_id")
    return {message.application_id: message for message in found if message.application_id is not None}


def _debts(promises: list[Promise], about: dict[int, Whom], wrote: dict[int, Message]) -> dict[int, Row]:
    page, arranged = pages("application"), pages("application_interviews")
    found = {}
    for promise in promises:
        found[promise.pk] = debt(
            promise,
            about[promise.application_id],
            wrote.get(promise.application_id),
            href=page(promise.application_id),
            interviews=arranged(promise.application_id),
        )
    return found


def _grouped(promises: list[Promise], debts: dict[int, Row], about: dict[int, Whom], by: str) -> list[Group]:
    """Groups by how many wait in them, then by how long."""
    groups: dict[str, Group] = defaultdict(lambda: Group(""))
    for promise in promises:
        group = groups[_in_common(about[promise.application_id], by)]
        group.rows.append(debts[promise.pk])
        group.since = min(filter(None, (group.since, promise.waiting_since or promise.due_at)))
    for name, group in groups.items():
        group.name = name
    return sorted(groups.values(), key=lambda group: (-len(group.rows), group.since))


def _in_common(person: Whom, by: str) -> str:
    if by == "role":
        return person.line
    if by == "partner":
        return person.partner or gettext("No hiring manager")
    return person.recruiter


def _changed(promise: Promise, debts: dict[int, Row]) -> Row:
    row = debts[promise.pk]
    row.promise = None
    row.what = gettext("Date changed %(number)s times: %(reason)s") % {
        "number": promise.changed_before,
        "reason": promise.reason,
    }
    return row


def _weeks(rows: "QuerySet[Promise]", *, now: datetime) -> list[Week]:
    """What fell due in the last weeks, the newest first; one query."""
    found = (
        rows.filter(due_at__gte=now - timedelta(weeks=WEEKS), due_at__lt=now)
        .exclude(side=Side.CANDIDATE)
        .filter(state__in=[PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CHANGED])
        .values(starts=TruncWeek("due_at"))
        .annotate(
            kept=Count("pk", filter=Q(state=PromiseState.KEPT)),
            broken=Count("pk", filter=Q(state=PromiseState.BROKEN)),
            changed=Count("pk", filter=Q(state=PromiseState.CHANGED)),
        )
        .order_by("-starts")
    )
    return [Week(**row) for row in found]
