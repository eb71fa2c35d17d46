"""What a rule would have done in the last 90 days: read from the record, and from the stays that are over or last."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import QuerySet

from ats.activity.models import Activity
from ats.organisation.domain import working_time
from candidates.applications.models import Application, ApplicationState
from candidates.automation.domain.conditions import fits
from candidates.automation.models import Rule, When
from candidates.automation.queries.facts import facts_of
from candidates.scorecards.models import Scorecard
from requisitions.models import Stage

PAST = timedelta(days=90)
MOST = 5_000
"""More occasions are not looked through: the newest are."""
SHOWN, BATCH = 200, 500
VERBS = {
    When.ARRIVES: "application.received",
    When.ENTERS: "application.moved",
    When.FEEDBACK: "scorecard.handed_in",
    When.ACCEPTED: "offer.accepted",
    When.DECLINED: "offer.declined",
}
LEAVING = ("application.moved", "application.rejected", "application.hired", "application.withdrawn")


@dataclass
class Past:
    """How often it would have been set off, and whom it would have touched; `not_now` have left play since."""

    occasions: int = 0
    matched: list[int] = field(default_factory=list)
    not_now: int = 0
    is_cut: bool = False


def past(rule: Rule, *, now: datetime) -> Past:
    """Conditions are asked as they stand now: what somebody answered stays, tags and days may be others by now."""
    found = Past()
    numbers = list(_occasions(rule, now))
    found.is_cut, numbers = len(numbers) > MOST, numbers[:MOST]
    found.occasions = len(numbers)
    once = list(dict.fromkeys(numbers))
    for begin in range(0, len(once), BATCH):
        some = once[begin : begin + BATCH]
        rows = Application.objects.whole().filter(pk__in=some, candidate__anonymised_at=None).in_bulk()
        facts = facts_of(rows.values(), now=now)
        for number in some:
            if number in facts and fits(rule.conditions, facts[number], any_of=rule.any_of):
                found.matched.append(number)
                found.not_now += rows[number].state != ApplicationState.ACTIVE
    return found


def _recorded(rule: Rule, since: datetime) -> QuerySet[Activity]:
    rows = Activity.objects.filter(occurred_at__gte=since)
    if rule.requisition_id:
        return rows.filter(requisition_id=rule.requisition_id)
    return rows.filter(organisation_id=rule.organisation_id)


def _occasions(rule: Rule, now: datetime) -> Iterator[int]:
    """Applications, newest occasion first, one more than are looked through."""
    since = now - PAST
    if rule.when == When.WAITED:
        yield from _stays(rule, since, now)
        return
    rows = _recorded(rule, since).filter(verb=VERBS[When(rule.when)])
    if rule.when == When.ENTERS:
        stages = _stages(rule)
        newest = rows.order_by("-occurred_at", "-pk").values_list("application_id", "data__to_stage_id")
        there = (number for number, stage in newest.iterator() if number and stage in stages)
        yield from islice(there, MOST + 1)
        return
    newest = rows.order_by("-occurred_at", "-pk").values_list("application_id", "subject_id")
    seen = list(newest[: MOST + 1])
    if rule.when == When.FEEDBACK:
        cards = [subject for _, subject in seen]
        open_ = set(
            Scorecard.objects.filter(interview__scorecards__in=cards)
            .owed()
            .values_list("interview", flat=True)
        )
        of = dict(Scorecard.objects.filter(pk__in=cards).values_list("pk", "interview"))
        seen = [(number, card) for number, card in seen if of.get(card) not in open_]
        seen = list({of.get(card): (number, card) for number, card in reversed(seen)}.values())[::-1]
    yield from [number for number, _ in seen if number]


def _stages(rule: Rule) -> set[int]:
    if rule.stage:
        return {rule.stage}
    rows = Stage.objects.filter(requisition__organisation=rule.organisation_id, kind=rule.stage_kind)
    if rule.requisition_id:
        rows = rows.filter(requisition=rule.requisition_id)
    return set(rows.values_list("pk", flat=True))


def _stays(rule: Rule, since: datetime, now: datetime) -> list[int]:
    """Who stayed there so long: those who are there still, and those who left within the time."""
    calendar, stages = rule.organisation.calendar, _stages(rule)

    def is_long(begin: datetime, end: datetime) -> bool:
        return working_time.after_days(calendar, begin, rule.days) <= end

    there = Application.objects.filter(stage__in=stages, state=ApplicationState.ACTIVE)
    found = [
        (now, number)
        for number, begin in there.order_by("-stage_entered_at", "-pk").values_list("pk", "stage_entered_at")[
            : MOST + 1
        ]
        if is_long(begin, now)
    ]
    first = dict(Stage.objects.filter(pk__in=stages, kind="applied").values_list("requisition", "pk"))
    came: dict[int, tuple[int | None, datetime]] = {}
    rows = _recorded(rule, since).filter(
        verb__in=["application.received", "application.added", *LEAVING], application_id__isnull=False
    )
    facts = rows.order_by("occurred_at", "pk").values_list(
        "application_id", "requisition_id", "occurred_at", "data__to_stage_id", "data__from_stage_id"
    )
    for number, role, at, to, left in facts.iterator():
        stage, begin = came.get(number or 0, (left, since))
        if stage in stages and is_long(begin, at):
            found.append((at, number or 0))
        came[number or 0] = (to or first.get(role or 0), at)
    return [number for _, number in sorted(found, reverse=True)]
