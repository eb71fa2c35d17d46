"""What a page reads of a partnership to say what each side owes: once, however many parts of it ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ats.kernel.prepared import Prepared
from ats.kernel.rows import answers, listed
from ats.organisation.domain import working_time
from candidates.models import KEPT_FROM_ANYBODY
from partners.checkins import workflow
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.pages.cards import Clock
from partners.commitments.domain.measuring import counts_until
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnerSide
from partners.partnerships.queries import status
from partners.partnerships.queries.status import Goal, Standing, Waiting


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
    SELECT kind, side, state, every.count, coalesce(owed.count, 0), owed.due, owed.until, owed.people
    FROM (SELECT kind, side, state, count(*) FROM partners_commitment
          WHERE partnership_id = %(partnership)s GROUP BY kind, side, state) AS every
    LEFT JOIN (
        SELECT kind, side, state, count(*), min(due_at) AS due, min(until_at) AS until,
               array_agg(application_id ORDER BY due_at, id) FILTER (WHERE application_id IS NOT NULL) AS people
        FROM partners_commitment
        WHERE partnership_id = %(partnership)s AND state IN ('due', 'missed') AND over_at IS NULL
          AND started_at <= %(now)s
        GROUP BY kind, side, state) AS owed USING (kind, side, state)
    ORDER BY kind, state
"""
"""Few are still owed, and only those have to be put in order; of a large role, sorting all of them took longest."""


def groups(partnership_id: int, *, now: datetime) -> list[Group]:
    """All commitments of a partnership by kind and state, with what of them is still owed; one query."""
    values = {"partnership": partnership_id, "now": now}
    return [
        Group(kind, side, state, count, still, due, until, tuple(dict.fromkeys(people or ())))
        for kind, side, state, count, still, due, until, people in listed(GROUPS, values)
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


ASKED = f"""
    SELECT seats.*, views.*, cards.*, meets.*, EXISTS (
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
       AND a.requisition_id = %(role)s) AS cards,
    (SELECT array_agg(q.application_id ORDER BY q.due_at, q.id) AS times, min(q.due_at) AS times_due,
            (array_agg(q.id ORDER BY q.due_at, q.id))[1] AS times_first
     FROM candidates_availabilityrequest q JOIN candidates_application a ON a.id = q.application_id
     WHERE q.state = 'open' AND q.interviewer_id = %(manager)s AND a.state = 'active'
       AND a.requisition_id = %(role)s AND a.id NOT IN {KEPT_FROM_ANYBODY}) AS meets
"""  # noqa: S608
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
    said = [f"{side}_{what}_for" for side in PartnerSide.values for what in ("confirmed", "cannot")]
    return rows.only(*shown, *said).order_by("-number")[:2]


@dataclass(frozen=True)
class Known:
    """What a page has read of a partnership already, and what it is to be read with."""

    partnership: Partnership
    now: datetime
    since: datetime | None = None
    """From when on new applicants are counted, where they are."""

    @cached_property
    def standing(self) -> Standing:
        return status.standing(self.partnership, now=self.now, since=self.since)

    @property
    def waiting(self) -> dict[str, Waiting]:
        return self.standing.waiting

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
