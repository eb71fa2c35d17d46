"""What each side of a partnership owes now: the one reading that dashboard, agenda and other pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from ats.kernel.prepared import Prepared
from ats.kernel.rows import answers
from ats.kernel.when import counted
from ats.organisation.domain import working_time
from candidates.scorecards.queries import debriefs_ready
from partners.checkins import workflow
from partners.checkins.models import CheckIn, CheckInAction, CheckInState
from partners.checkins.pages.cards import Card, Clock
from partners.commitments.domain.kinds import HIRE, KINDS
from partners.commitments.domain.measuring import counts_until
from partners.commitments.models import OWED
from partners.partnerships.domain import intake
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnerSide
from partners.partnerships.queries import status
from partners.partnerships.queries.status import Goal, Waiting
from requisitions.roles.workflow import LIVE

MOST_DEBRIEFS = 99
MANAGER, RECRUITER = PartnerSide.MANAGER.value, PartnerSide.RECRUITER.value


@dataclass(frozen=True)
class Group:
    """The commitments of one kind that are in one state."""

    kind: str
    side: str
    state: str
    count: int
    owed: int
    due: datetime | None
    until: datetime | None
    people: tuple[int, ...]


GROUPS = """
    SELECT kind, side, state, count(*), count(*) FILTER (WHERE is_owed),
           min(due_at) FILTER (WHERE is_owed), min(until_at) FILTER (WHERE is_owed),
           array_agg(application_id ORDER BY due_at, id) FILTER (WHERE is_owed AND application_id IS NOT NULL)
    FROM (SELECT *, state = ANY(%(owed)s) AND over_at IS NULL AND started_at <= %(now)s AS is_owed
          FROM partners_commitment WHERE partnership_id = %(partnership)s) AS commitments
    GROUP BY kind, side, state ORDER BY kind, state
"""


def groups(partnership_id: int, *, now: datetime) -> list[Group]:
    """All commitments of a partnership by kind and state, with what of them is still owed; one query."""
    values: dict[str, Any] = {
        "partnership": partnership_id,
        "now": now,
        "owed": [state.value for state in OWED],
    }
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, values)
        rows = cursor.fetchall()
    return [
        Group(kind, side, state, count, still, due, until, tuple(dict.fromkeys(people or ())))
        for kind, side, state, count, still, due, until, people in rows
    ]


def together(found: Iterable[Group]) -> list[Group]:
    """What is owed of each kind, whether its time is over or not; whoever is due first on top."""
    merged: dict[str, Group] = {}
    for group in sorted((each for each in found if each.owed), key=lambda each: (each.due, each.kind)):
        before = merged.get(group.kind)
        merged[group.kind] = (
            group
            if before is None
            else replace(before, owed=before.owed + group.owed, people=(*before.people, *group.people))
        )
    return list(merged.values())


ASKED = """
    SELECT seats.*, views.*, cards.*, EXISTS (
        SELECT FROM partners_checkinaction a JOIN partners_checkin c ON c.id = a.check_in_id
        WHERE c.partnership_id = %(partnership)s AND a.done_at IS NULL) AS actions FROM
    (SELECT count(*) AS seats, count(*) FILTER (WHERE state = 'filled') AS filled FROM requisitions_opening
     WHERE requisition_id = %(role)s AND state <> 'cancelled') AS seats,
    (SELECT array_agg(r.application_id ORDER BY r.due_at, r.id) AS views, min(r.due_at) AS views_due
     FROM candidates_review r JOIN candidates_application a ON a.id = r.application_id
     WHERE r.state = 'open' AND r.reviewer_id = %(manager)s AND a.state = 'active'
       AND a.requisition_id = %(role)s) AS views,
    (SELECT array_agg(s.application_id ORDER BY s.due_at, s.id) AS evidence, min(s.due_at) AS evidence_due
     FROM candidates_scorecard s JOIN candidates_interview i ON i.id = s.interview_id
     JOIN candidates_application a ON a.id = s.application_id
     WHERE s.state = 'draft' AND s.interviewer_id = %(manager)s AND i.starts_at <= %(now)s
       AND a.requisition_id = %(role)s) AS cards
"""
"""Seats, and what is asked of the manager: for Django to ask each by itself costs more than the answers."""


@Prepared
def _agreements(*, partnership: int) -> QuerySet[Agreement]:
    live = (AgreementState.PROPOSED, AgreementState.ACCEPTED)
    rows = Agreement.objects.filter(partnership=partnership, state__in=live)
    shown = ("state", "version", "grace_days", "recruiter_accepted_at", "manager_accepted_at")
    return rows.only(*shown).order_by("-version")


@Prepared
def _check_ins(*, partnership: int) -> QuerySet[CheckIn]:
    rows = CheckIn.objects.filter(partnership=partnership).exclude(state=CheckInState.CANCELLED)
    shown = ("number", "state", "scheduled_at", "minutes", "agenda_at", "agenda_written_at")
    return rows.only(*shown, "recruiter_confirmed_for", "manager_confirmed_for").order_by("-number")[:2]


@dataclass(frozen=True)
class Known:
    """What a page has read of a partnership already, and what it is to be read with."""

    partnership: Partnership
    now: datetime

    @cached_property
    def waiting(self) -> dict[str, Waiting]:
        return status.waiting_for(self.partnership, now=self.now)

    @cached_property
    def asked(self) -> dict[str, Any]:
        role = self.partnership.requisition
        values = {
            "role": role.pk,
            "manager": role.hiring_manager_id,
            "now": self.now,
            "partnership": self.partnership.pk,
        }
        return answers(ASKED, values)

    @property
    def goal(self) -> Goal:
        return Goal(self.asked["seats"], self.asked["filled"])

    @cached_property
    def groups(self) -> list[Group]:
        return groups(self.partnership.pk, now=self.now)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Those that are proposed or in force, the newest first."""
        return _agreements(partnership=self.partnership.pk)

    @cached_property
    def check_ins(self) -> list[CheckIn]:
        """The newest that were not cancelled: the one ahead, if there is one, and the one before."""
        return _check_ins(partnership=self.partnership.pk)

    @property
    def ahead(self) -> CheckIn | None:
        return next((row for row in self.check_ins if row.state in workflow.AHEAD), None)

    @property
    def past(self) -> CheckIn | None:
        return next((row for row in self.check_ins if row.state not in workflow.AHEAD), None)

    @cached_property
    def agreed(self) -> bool:
        return any(row.state == AgreementState.ACCEPTED for row in self.agreements)

    @cached_property
    def grace(self) -> int:
        """As it binds now: of the version in force, else of the first that was proposed."""
        in_force = [row for row in self.agreements if row.state == AgreementState.ACCEPTED]
        return (in_force or self.agreements[-1:] or [Agreement()])[0].grace_days

    @cached_property
    def clock(self) -> Clock:
        return Clock(self.partnership.requisition.organisation.calendar, self.now)

    def is_near(self, due: datetime | None) -> bool:
        """Due by the end of the next working day, or past: what is owed nearly always is shown near its date."""
        return due is not None and due <= working_time.after_days(self.clock.calendar, self.now, 1)

    def until(self, kind: str, due: datetime | None) -> datetime | None:
        """Up to when what is asked counts as kept: as measured, or by the grace where it is not measured yet."""
        measured = [group.until for group in self.groups if group.kind == kind and group.until is not None]
        if due is None or due >= self.now:
            return due
        return min(measured) if measured else counts_until(self.clock.calendar, due, self.grace, [])


def owed(partnership: Partnership, *, now: datetime, known: Known | None = None) -> dict[str, list[Card]]:
    """What each side owes now, late first, then by date; nine queries, fewer where a page has read some."""
    known = known or Known(partnership, now)
    cards = list(_commitments(known))
    if partnership.requisition.state in LIVE:
        cards += [
            *_acceptances(known),
            *_views(known),
            *_evidence(known),
            *_debriefs(known),
            *_promises(known),
            *_meeting(known),
        ]
    cards += _actions(known)
    cards.sort(key=lambda card: (not card.late, _when(card)))
    return {side.value: [card for card in cards if card.side == side] for side in PartnerSide}


def move_of(cards: dict[str, list[Card]]) -> list[str]:
    """Whose move it is: of every side that is late, else of the one with the most urgent thing to do."""
    first = {side: mine[0] for side, mine in cards.items() if mine}
    late = [side for side, card in first.items() if card.late]
    if late or not first:
        return late
    return [min(first, key=lambda side: _when(first[side]))]


def _when(card: Card) -> float:
    return card.due_at.timestamp() if card.due_at else float("inf")


def _acceptances(known: Known) -> Iterable[Card]:
    newest = known.agreements[0] if known.agreements else None
    if newest is None or newest.state != AgreementState.PROPOSED:
        return
    for side in PartnerSide:
        if getattr(newest, f"{side}_accepted_at") is None:
            yield known.clock.card(
                code="agreement",
                side=side.value,
                said="Read and accept the agreement",
                due_at=None,
                href=reverse("partnership", args=[known.partnership.pk]),
                action="Read it",
            )


def _views(known: Known) -> Iterable[Card]:
    if known.asked["views"]:
        yield _asked(
            known,
            "views",
            kind="slate_reviewed",
            code="review",
            said="Give a view on {}",
            href=reverse("review_list"),
            action="Look",
        )


def _evidence(known: Known) -> Iterable[Card]:
    """What the manager saw and heard in interviews, and has not handed in."""
    if known.asked["evidence"]:
        yield _asked(
            known,
            "evidence",
            kind="evidence",
            code="evidence",
            said="Write down your evidence on {}",
            href=reverse("scorecard_list"),
            action="Write",
        )


def _asked(known: Known, what: str, *, kind: str, **facts: str) -> Card:
    """What is asked of the manager about candidates, the one due first on top."""
    people, due = tuple(dict.fromkeys(known.asked[what])), known.asked[f"{what}_due"]
    return known.clock.card(
        side=MANAGER, due_at=due, until_at=known.until(kind, due), people=people, count=len(people), **facts
    )


def _debriefs(known: Known) -> Iterable[Card]:
    """Where all evidence is in, the manager decides; candidate by candidate, the longest complete first."""
    waiting = tuple(debriefs_ready([known.partnership.requisition_id], most=MOST_DEBRIEFS))
    if waiting:
        yield known.clock.card(
            code="debrief",
            side=MANAGER,
            said="Decide on the evidence about {}",
            due_at=None,
            href=reverse("debrief", args=[waiting[0]]),
            action="Decide",
            people=waiting,
            count=len(waiting),
        )


def _commitments(known: Known) -> Iterable[Card]:
    """Once a role has ended, what was missed with it is past; candidates are still to be told, and met again."""
    live = known.partnership.requisition.state in LIVE
    for group in together(known.groups):
        kind = KINDS[group.kind]
        if group.kind == "weekly_update" and not known.is_near(group.due):
            continue
        if kind.asked or not (live or group.kind == "candidates_told" or kind.theme == HIRE):
            continue
        said = kind.about or kind.owed
        if group.kind == "intake":
            lacking = intake.missing(known.partnership.requisition)
            said = f"Say what the role needs: {', '.join(lacking)}" if lacking else said
        yield known.clock.card(
            code=group.kind,
            side=group.side,
            said=said,
            due_at=group.due,
            until_at=group.until,
            href=place(group.kind, group.people, known.partnership),
            action=kind.action,
            people=group.people,
            count=len(group.people),
        )


def in_words(kind: str, whom: str) -> str:
    """What is owed in the imperative, with whom it is about where that is known."""
    known = KINDS[kind]
    return known.about.format(whom) if whom and known.about else known.owed


LISTS = {"decision": "review_list", "slate_reviewed": "review_list", "evidence": "scorecard_list"}


def place(kind: str, people: Sequence[int], partnership: Partnership) -> str:
    """Where it is done: at the candidate who has waited longest, else where it is begun."""
    if kind == "intake":
        return reverse("intake", args=[partnership.pk])
    if kind == "published":
        return reverse("requisition", args=[partnership.requisition_id])
    if kind in {"weekly_update", "data_before", "check_in"}:
        return reverse("partnership", args=[partnership.pk])
    if kind in LISTS:
        return reverse(LISTS[kind])
    if not people:
        return board(partnership)
    after = "/partners/outcomes/of" if KINDS[kind].theme == HIRE else "/applications"
    return f"{after}/{people[0]}/"


def board(partnership: Partnership, narrowed: str = "") -> str:
    """The board's address, which the contract keeps."""
    return f"/requisitions/{partnership.requisition_id}/board/{narrowed}"


def _promises(known: Known) -> Iterable[Card]:
    ours = known.waiting[RECRUITER]
    if ours.count:
        people = counted(ours.count, "candidate who waits", "candidates who wait")
        late = f", {ours.late} of them too long" if ours.late else ""
        # Where somebody waits too long the board shows them, else whom the recruiter owes the next step.
        owner = known.partnership.requisition.recruiter_id
        narrowed = "?overdue=on" if ours.late else f"?owner={owner}"
        card = known.clock.card(
            code="promises",
            side=RECRUITER,
            said=f"Give word to {people}{late}",
            due_at=ours.first_due,
            href=board(known.partnership, narrowed),
            action="Answer",
        )
        yield replace(card, late=card.late or ours.late > 0)


def _meeting(known: Known) -> Iterable[Card]:
    meeting = known.ahead
    if meeting is None or meeting.state != CheckInState.READY:
        return
    over = meeting.scheduled_at < known.now
    for side in PartnerSide:
        card = known.clock.card(
            code="check_in",
            side=side.value,
            said="Write down what came of the check-in" if over else "Meet for the check-in",
            due_at=meeting.scheduled_at,
            href=reverse("check_in", args=[meeting.pk]),
            action="Open",
        )
        yield replace(card, late=False, lateness="", in_grace=False)


def _actions(known: Known) -> list[Card]:
    if not known.asked["actions"]:
        return []
    rows = CheckInAction.objects.filter(check_in__partnership=known.partnership, done_at__isnull=True)
    return [
        known.clock.card(
            code="action",
            side=side,
            said=text.replace("{", "{{").replace("}", "}}"),
            due_at=working_time.end_of(known.clock.calendar, due_on),
            href=reverse("check_in", args=[check_in]),
            action="Open",
        )
        for side, text, due_on, check_in in rows.order_by("due_on", "pk").values_list(
            "side", "text", "due_on", "check_in_id"
        )
    ]
