"""The occasions of a partnership as its page says them: one line for each, with its names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.kernel.when import day
from ats.organisation.domain import working_time
from candidates.models import Application
from partners.checkins.pages.cards import in_working_time, listed
from partners.checkins.queries import owing
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.measuring import EXCUSABLE, OPEN
from partners.commitments.domain.obligations import ESCALATED
from partners.commitments.models import OWED, Commitment, CommitmentState, Court
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of

ICONS = {
    CommitmentState.DUE: "clock",
    CommitmentState.KEPT: "kept",
    CommitmentState.LATE: "late",
    CommitmentState.MISSED: "missed",
    CommitmentState.WAITING: "waiting",
    CommitmentState.EXCUSED: "check",
    CommitmentState.RELEASED: "minus",
}
WITH = {
    Court.RECRUITER: gettext_lazy("the recruiter"),
    Court.MANAGER: gettext_lazy("the hiring manager"),
    Court.CANDIDATE: gettext_lazy("the candidate"),
    Court.SIGNERS: gettext_lazy("who signs the brief"),
    Court.HOLD: gettext_lazy("on hold"),
}


WAITING_FOR = {
    Court.RECRUITER: gettext_lazy("waiting for the recruiter"),
    Court.MANAGER: gettext_lazy("waiting for the hiring manager"),
    Court.CANDIDATE: gettext_lazy("waiting for the candidate"),
    Court.SIGNERS: gettext_lazy("waiting for who signs the brief"),
}


@dataclass(frozen=True)
class Pass:
    """With whom the move was, since when, and for how long in working time."""

    whose: str
    since: datetime
    long: str


@dataclass(frozen=True)
class Line:
    """One occasion, said: what, about whom, and how it stands."""

    commitment: Commitment
    text: str
    state: str
    icon: str
    href: str
    """Where it can be done; empty once it is not owed any more."""
    passes: list[Pass]
    """Empty where it was with one of them all the time."""
    may_be_excused: bool
    reason: str
    """With which it was excused."""
    escalated: str
    """To whom it went up the line, and when."""


class Lines:
    """Says commitments; two queries for all of them, whatever there are."""

    def __init__(
        self, partnership: Partnership, user: User, commitments: Sequence[Commitment], *, now: datetime
    ) -> None:
        self.partnership, self.now = partnership, now
        self.calendar = partnership.requisition.organisation.calendar
        wanted = {number for row in commitments for number in row.applications}
        rows = Application.objects.visible_to(user).filter(pk__in=wanted).select_related("candidate")
        self.names = {row.pk: row.candidate.name for row in rows}
        self.said = _said(partnership, commitments)
        self.escalations = {said["key"]: said for said in self.said.values() if "to" in said}
        self.asked = {
            row.pk: self.said[_number(row)]
            for row in commitments
            if row.kind == "evidence" and _number(row) in self.said
        }
        self.sides = sides_of(user, partnership.requisition)

    def of(self, commitments: Sequence[Commitment]) -> list[Line]:
        """A line for each occasion; interviewers of one interview who stand alike are one."""
        alike: dict[Any, list[Commitment]] = defaultdict(list)
        for row in commitments:
            interview = self.asked.get(row.pk, {}).get("interview_id")
            alike[(interview, row.state, row.due_at, row.over_at) if interview else row.pk].append(row)
        return [self._line(rows) for rows in alike.values()]

    def _line(self, rows: list[Commitment]) -> Line:
        row = rows[0]
        state = self._state(row)
        return Line(
            commitment=row,
            text=self._text(rows),
            state=state[0].upper() + state[1:],
            icon=ICONS[CommitmentState(row.state)],
            href=owing.place(row.kind, row.applications, self.partnership) if _is_owed(row) else "",
            passes=self._passes(row),
            may_be_excused=bool(self.sides) and row.side not in self.sides and row.state in EXCUSABLE,
            reason=self.said.get(row.excused_by or 0, {}).get("reason", ""),
            escalated=self._escalated(row),
        )

    def _passes(self, row: Commitment) -> list[Pass]:
        """With whom the move was from when to when; the last until it was settled, or until now."""
        if len(row.passes) < 2:
            return []
        begins = [datetime.fromisoformat(moment) for moment, _ in row.passes]
        ends = [*begins[1:], row.settled_at or row.over_at or max(self.now, begins[-1])]
        return [
            Pass(
                str(WITH[Court(whose)]),
                begin,
                in_working_time(self.calendar, working_time.hours_between(self.calendar, begin, end)),
            )
            for (_, whose), begin, end in zip(row.passes, begins, ends, strict=True)
        ]

    def _escalated(self, row: Commitment) -> str:
        to = self.escalations.get(row.key, {}).get("to", "")
        if not row.escalated_at or not to:
            return ""
        return gettext("%(person)s was told %(day)s") % {
            "person": to,
            "day": day(row.escalated_at, now=self.now),
        }

    def _text(self, rows: list[Commitment]) -> str:
        row, asked = rows[0], self.asked.get(rows[0].pk)
        people = [self.names[number] for number in row.applications if number in self.names]
        whom = listed(people, len(row.applications)) if people else ""
        if asked:
            writers = [self.asked[each.pk]["interviewer"] for each in rows if each.pk in self.asked]
            facts = {"interview": asked["interview"], "whom": whom, "writers": listed(writers, len(writers))}
            if whom:
                return gettext("Evidence from %(interview)s with %(whom)s: %(writers)s") % facts
            return gettext("Evidence from %(interview)s: %(writers)s") % facts
        if row.kind == "slate_reviewed" and whom:
            return gettext("Give a view on {}").format(whom)
        owed = str(KINDS[row.kind].owed)
        return f"{owed}: {whom}" if whom else owed

    def _state(self, row: Commitment) -> str:
        state, due = CommitmentState(row.state), day(row.due_at, now=self.now)
        if state in OPEN:
            return self._open(row, due)
        if state == CommitmentState.EXCUSED:
            return gettext("excused by the other side, was due %(day)s") % {"day": due}
        if state == CommitmentState.LATE:
            time = in_working_time(self.calendar, row.hours_late)
            return gettext("late by %(time)s, %(day)s") % {"time": time, "day": self._settled(row)}
        if state == CommitmentState.KEPT and row.settled_at and row.settled_at > row.due_at:
            return gettext("kept within the grace, %(day)s") % {"day": self._settled(row)}
        return f"{state.label[:1].lower()}{state.label[1:]}, {self._settled(row)}"

    def _open(self, row: Commitment, due: str) -> str:
        if row.state == CommitmentState.WAITING:
            return self._waiting(row)
        if row.state == CommitmentState.MISSED:
            if row.over_at:
                past = day(row.over_at, now=self.now)
                return gettext("missed, was due %(day)s, past since %(past)s") % {"day": due, "past": past}
            return gettext("missed, was due %(day)s") % {"day": due}
        if row.started_at > self.now:
            begun = day(row.started_at, now=self.now)
            return gettext("from %(begun)s, due %(day)s") % {"begun": begun, "day": due}
        if row.due_at >= self.now:
            return gettext("due %(day)s") % {"day": due}
        return gettext("was due %(day)s, still counts as kept") % {"day": due}

    def _waiting(self, row: Commitment) -> str:
        if row.court == Court.HOLD:
            return gettext("waiting while the role is on hold")
        if row.court in (Court.CANDIDATE, Court.SIGNERS):
            return str(WAITING_FOR[Court(row.court)])
        kind = KINDS[row.kind]
        other = Court.RECRUITER if row.court == Court.RECRUITER else Court.MANAGER
        return str(kind.waits or WAITING_FOR[other])

    def _settled(self, row: Commitment) -> str:
        return day(row.settled_at, now=self.now) if row.settled_at else ""


def _is_owed(row: Commitment) -> bool:
    return row.state in OWED and row.over_at is None


def _number(row: Commitment) -> int:
    """The activity that set an occasion going whose key says so."""
    return int(row.key.rpartition(":")[2])


def _said(partnership: Partnership, commitments: Sequence[Commitment]) -> dict[int, dict[str, Any]]:
    """What the record says of them, by activity: of whose evidence, why something was excused."""
    wanted = {_number(row) for row in commitments if row.kind == "evidence"}
    wanted |= {row.excused_by for row in commitments if row.excused_by}
    gone_up = [row.key for row in commitments if row.escalated_at]
    rows = Activity.objects.filter(
        Q(pk__in=wanted) | Q(partnership_id=partnership.pk, verb=ESCALATED, data__key__in=gone_up)
    )
    return dict(rows.values_list("pk", "data"))
