"""What the page of a check-in shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from ats.accounts.models import User
from ats.kernel import when
from ats.kernel.access import Kept, get_for
from ats.kernel.kept import retold
from ats.kernel.prepared import Prepared
from candidates.models import Application
from partners.checkins import actions, workflow
from partners.checkins.domain.agreed import Standing, standing
from partners.checkins.domain.schedule import Rhythm
from partners.checkins.models import CheckIn, CheckInAction, CheckInReason, CheckInState
from partners.checkins.pages import cards
from partners.checkins.queries import agenda, changes
from partners.checkins.queries.changes import Change
from partners.partnerships.models import Partnership, PartnerSide
from partners.partnerships.queries import status
from partners.partnerships.rules import SIDE_OF_ROLE, read_team, sides_of
from requisitions.models import Requisition

Row = dict[str, Any]


Agreed = tuple[CheckInAction, Standing]


@dataclass(frozen=True)
class CheckInPage:
    check_in: CheckIn
    takes_part: bool
    sides: list[Row]
    counts: dict[str, dict[str, int]]
    candidates: list[Row]
    funnel: list[Row]
    moved: str
    change: Change | None
    """What happened since the agenda was written."""
    actions: list[Agreed]
    """Agreed in this check-in."""
    earlier: list[Agreed]
    """Agreed before, and still open."""
    people: list[User]
    """Who can take something on."""
    may_confirm: bool
    is_time: bool
    """Whether its time has come: what is to be said of it then is that they have met."""
    because: list[str]
    """What it is to speak about: why it was raised, and what else was put on its agenda."""

    @property
    def ahead(self) -> bool:
        return CheckInState(self.check_in.state) in workflow.AHEAD

    @property
    def cancelled(self) -> bool:
        return self.check_in.state == CheckInState.CANCELLED


CHECK_IN = Kept(
    lambda: CheckIn.objects.select_related(
        "partnership__requisition__organisation__calendar",
        "partnership__requisition__recruiter",
        "partnership__requisition__hiring_manager",
        "partnership__requisition__location",
    )
)


def check_in_page(user: User, check_in_id: int, *, now: datetime) -> CheckInPage:
    """Four queries, two for the names of an agenda, and where one is out and ahead, what it takes to say what changed
    since."""
    check_in = get_for(CHECK_IN, check_in_id, user=user, permission="partners.view_check_in")
    requisition = check_in.partnership.requisition
    read_team(requisition)
    facts, change = check_in.agenda or {}, changes.since(check_in, now=now)
    agreed = _agreed(check_in=check_in.pk, partnership=check_in.partnership_id)
    mine = sides_of(user, requisition)
    return CheckInPage(
        check_in=check_in,
        takes_part=bool(mine),
        sides=_sides(facts, requisition, change) if facts else [],
        counts={side: facts["sides"][side]["counts"] for side in facts.get("sides", {})},
        candidates=_named(user, facts.get("candidates", []), change, as_of=check_in.agenda_written_at),
        funnel=_funnel(facts, change),
        change=change,
        moved=agenda.moves_in_words(facts.get("moved", {})),
        actions=_standing((row for row in agreed if row.check_in_id == check_in.pk), requisition, now=now),
        earlier=_standing((row for row in agreed if row.check_in_id != check_in.pk), requisition, now=now),
        people=partners_of(requisition),
        may_confirm=any(not check_in.is_confirmed(side) for side in mine)
        and actions.lies_ahead(check_in, now),
        is_time=check_in.scheduled_at <= now,
        because=_because(check_in, facts),
    )


@Prepared
def _agreed(*, check_in: int, partnership: int) -> QuerySet[CheckInAction]:
    """In this check-in, and before it what is still open."""
    earlier = Q(check_in__partnership=partnership, done_at__isnull=True)
    rows = CheckInAction.objects.filter(Q(check_in=check_in) | earlier).select_related("owner")
    return rows.order_by("due_on", "pk")


@Prepared
def _raised(*, check_in: int) -> QuerySet[CheckInReason]:
    return CheckInReason.objects.filter(check_in=check_in)


def _standing(rows: Iterable[CheckInAction], requisition: Requisition, *, now: datetime) -> list[Agreed]:
    calendar = requisition.organisation.calendar
    return [(action, standing(calendar, action.due_on, action.done_at, now)) for action in rows]


def _because(check_in: CheckIn, facts: Row) -> list[str]:
    """As it was written down, and what was raised since."""
    raised = [reason.said for reason in _raised(check_in=check_in.pk)]
    return list(dict.fromkeys([*facts.get("because", []), *raised]))


def rhythm_page(user: User, partnership_id: int) -> tuple[Partnership, dict[str, Any]]:
    """The partnership, for who leads a side of it, and how the two meet at present."""
    rows = Partnership.objects.select_related(
        "requisition__organisation__calendar", "requisition__recruiter", "requisition__hiring_manager"
    )
    partnership = get_for(rows, partnership_id, user=user, permission="partners.agree")
    return partnership, vars(present_rhythm(partnership))


def present_rhythm(partnership: Partnership) -> Rhythm:
    """As the partners chose it, or as their check-ins have come so far."""
    if chosen := actions.rhythm_of(partnership):
        return chosen
    calendar = partnership.requisition.organisation.calendar
    last = partnership.check_ins.order_by("-number").first()
    local = (last.scheduled_at if last else partnership.started_at).astimezone(calendar.zone)
    return Rhythm(max(1, partnership.check_in_every_days // 7), local.weekday(), local.time())


def partners_of(requisition: Requisition) -> list[User]:
    """Everybody who works on one of the two sides, its leaders first."""
    leaders = [person for person in (requisition.recruiter, requisition.hiring_manager) if person]
    members = [member.user for member in requisition.members.all() if member.role in SIDE_OF_ROLE]
    return list(dict.fromkeys(person for person in [*leaders, *members] if person.is_active))


def _sides(facts: Row, requisition: Requisition, change: Change | None) -> list[Row]:
    """The agenda's steps with the names of today, and what became of each since."""
    names = cards.names_of(
        pk for side in facts["sides"].values() for step in side["next"] for pk in step.get("people", [])[:4]
    )
    return [_side(facts, side, requisition, names, change) for side in PartnerSide]


def _side(
    facts: Row, side: PartnerSide, requisition: Requisition, names: dict[int, str], change: Change | None
) -> Row:
    became = change.steps if change else {}
    person = requisition.recruiter if side == PartnerSide.RECRUITER else requisition.hiring_manager
    return {
        "side": side.value,
        "label": side.label,
        "person": person,
        "steps": [
            step
            | {
                "text": _said(step, names),
                "due_at": _moment(step["due_at"]),
                "became": (said := became.get((side.value, changes.key_of(step)), "")),
                "is_done": said == str(changes.DONE),
            }
            for step in facts["sides"][side.value]["next"]
        ],
        "counts": facts["sides"][side.value]["counts"],
        "new": list(change.owed.get(side.value, ())) if change else [],
    }


def _said(step: Row, names: dict[int, str]) -> str:
    people = step.get("people") or []
    known = [names[pk] for pk in people if pk in names]
    return retold(step["said"]).format(cards.listed(known, len(people))) if known else step["text"]


def _funnel(facts: Row, change: Change | None) -> list[Row]:
    """The steps as they were, with how many are there now where that differs."""
    steps = status.shares(facts.get("funnel", []))
    if change is None or len(change.funnel) != len(steps):
        return steps
    return [
        step | {"now": now if now != step["count"] else None}
        for step, now in zip(steps, change.funnel, strict=True)
    ]


def _named(user: User, rows: Iterable[Row], change: Change | None, *, as_of: datetime | None) -> list[Row]:
    """The agenda's candidates with their names as they are today; who was erased is left out."""
    rows = list(rows)
    if not rows:
        return []
    visible = Application.objects.visible_to(user).filter(pk__in=[row["application"] for row in rows])
    known = {application.pk: application for application in visible.select_related("candidate", "stage")}
    became = change.people if change else {}
    return [
        row
        | {
            "application": known[row["application"]],
            "due_at": _moment(row["due_at"]),
            "became": became.get(row["application"], ""),
            "waits": _waits(row, as_of),
        }
        for row in rows
        if row["application"] in known
    ]


def _waits(row: Row, as_of: datetime | None) -> str:
    """How long they had waited in vain when the agenda was written; empty where no broken date lay behind."""
    broken = row.get("broken") or 0
    return when.waits(broken, _moment(row.get("since")), now=as_of) if broken and as_of else ""


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
