"""The page of one partnership: its agreement, every commitment, its check-ins, what happened."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from ats.accounts.models import User
from ats.activity.describing import Entry
from ats.activity.describing import entries as described
from ats.activity.models import Activity
from candidates.models import Application
from partners.checkins.actions import in_words
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.queries import present_rhythm
from partners.commitments.kinds import KINDS
from partners.commitments.models import Commitment, CommitmentState
from partners.dashboard.queries import Theme, themes
from partners.partnerships.models import Partnership, PartnerSide
from partners.partnerships.queries import AgreementPage, agreement_page

MOST_COMMITMENTS = 12
MOST_CHECK_INS = 12
MOST_ENTRIES = 60

ICONS = {
    CommitmentState.DUE: "clock",
    CommitmentState.KEPT: "kept",
    CommitmentState.LATE: "late",
    CommitmentState.MISSED: "missed",
    CommitmentState.WAITING: "waiting",
    CommitmentState.RELEASED: "minus",
}


@dataclass(frozen=True)
class Line:
    """One commitment, said."""

    commitment: Commitment
    text: str
    state: str
    icon: str
    person: str


@dataclass(frozen=True)
class Details:
    partnership: Partnership
    agreement: AgreementPage
    themes: list[Theme]
    sides: list[tuple[PartnerSide, User | None, list[Line]]]
    check_ins: list[CheckIn]
    rhythm: str
    entries: list[Entry]


def details(partnership: Partnership, user: User) -> Details:
    commitments = [*_newest(partnership, "recruiter"), *_newest(partnership, "manager")]
    people = _people(user, commitments)
    requisition = partnership.requisition
    leaders = {PartnerSide.RECRUITER: requisition.recruiter, PartnerSide.MANAGER: requisition.hiring_manager}
    return Details(
        partnership=partnership,
        agreement=agreement_page(partnership, user),
        themes=themes(partnership),
        sides=[
            (
                side,
                leaders[side],
                [_line(row, people, partnership) for row in commitments if row.side == side],
            )
            for side in PartnerSide
        ],
        check_ins=list(
            partnership.check_ins.exclude(state=CheckInState.CANCELLED).order_by("-number")[:MOST_CHECK_INS]
        ),
        rhythm=in_words(present_rhythm(partnership)),
        entries=_entries(partnership),
    )


def _newest(partnership: Partnership, side: str) -> list[Commitment]:
    """Of one side, what is open first, then what came last."""
    still = Case(
        When(state=CommitmentState.MISSED, then=Value(0)),
        When(state=CommitmentState.DUE, then=Value(1)),
        When(state=CommitmentState.WAITING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Commitment.objects.filter(partnership=partnership, side=side).annotate(still=still)
    return list(rows.order_by("still", "-started_at", "-pk")[:MOST_COMMITMENTS])


def _people(user: User, commitments: list[Commitment]) -> dict[int, str]:
    wanted = {row.application_id for row in commitments if row.application_id}
    rows = Application.objects.visible_to(user).filter(pk__in=wanted).select_related("candidate")
    return {row.pk: str(row.candidate) for row in rows}


def _line(commitment: Commitment, people: dict[int, str], partnership: Partnership) -> Line:
    kind, state = KINDS[commitment.kind], CommitmentState(commitment.state)
    words = state.label
    if state == CommitmentState.WAITING:
        held = partnership.requisition.state == "on_hold"
        words = "waiting while the role is on hold" if held else f"waiting {kind.waits}".strip()
    elif state == CommitmentState.LATE:
        words = f"late by {hours(commitment.hours_late)}"
    return Line(
        commitment=commitment,
        text=kind.owed,
        state=words[0].upper() + words[1:],
        icon=ICONS[state],
        person=people.get(commitment.application_id or 0, ""),
    )


def hours(number: float) -> str:
    """Working hours in words: `40 min`, `3 working hours`, `2 working days`."""
    if number < 1:
        return f"{max(1, round(number * 60))} min"
    if number < 16:
        return f"{round(number)} working {'hour' if round(number) == 1 else 'hours'}"
    return f"{round(number / 8)} working days"


def _entries(partnership: Partnership) -> list[Entry]:
    rows = Activity.objects.filter(partnership_id=partnership.pk).order_by("-occurred_at", "-id")
    return described(rows[:MOST_ENTRIES])
