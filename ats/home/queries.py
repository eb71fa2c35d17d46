"""What somebody of the recruiting team owes whom today, and what others owe them.

Each part is one query and bounded in what it reads: a day with a thousand debts costs what a quiet one costs.
No part joins the people it is about: one query at the end brings them for all parts together (`_introduce`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.approvals.models import Approval
from ats.approvals.queries import mine_to_decide
from ats.common.addresses import pages
from ats.common.rows import showing
from ats.home.there import CHECK_INS_AHEAD, TROUBLE, TROUBLE_LASTS, parts_there
from ats.mail.models import MailState, OutgoingMail
from candidates.interviews import day as interviews
from candidates.interviews.pools import wanting_substitutes
from candidates.models import (
    Application,
    BookingRequest,
    Interview,
    InterviewSeat,
    Message,
    Offer,
    OfferState,
    Promise,
    PromiseKind,
    Review,
    Scorecard,
)
from candidates.scorecards import queries as scorecards
from partners.models import CheckIn, CheckInState
from requisitions.models import Opening, OpeningState, Requisition, Side, StageKind, TeamMember
from requisitions.roles.workflow import LIVE

SHOWN = 15
MOST_SHOWN = 600
FEW = 6


VERBS: dict[str, str] = {StageKind.APPLIED: "Answer", StageKind.OFFER: "Write"}
"""What settles a debt in these stages; in the others it is a decision."""


@dataclass(frozen=True)
class Debt:
    """Somebody who waits for us: what was promised, what they wrote, and what settles it."""

    promise: Promise
    wrote: Message | None
    href: str
    interviews: str
    """The addresses of the application, and of its interviews."""

    @property
    def application(self) -> Application:
        return self.promise.application

    @property
    def verb(self) -> str:
        """What the button says that leads to where it is settled."""
        if self.wrote is not None or self.promise.kind == PromiseKind.ANSWER:
            return "Answer"
        if self.promise.side == Side.SCHEDULING:
            return "Find a time"
        if self.promise.side == Side.CANDIDATE:
            return "Remind"
        return VERBS.get(self.application.stage.kind, "Decide")

    @property
    def place(self) -> str:
        """The part of the application's page in which it is settled."""
        asked = self.wrote is not None or self.promise.kind == PromiseKind.ANSWER
        return "#write" if asked or self.verb in {"Write", "Remind"} else ""

    @property
    def way(self) -> str:
        """The address at which it is settled."""
        if self.verb == "Find a time":
            return self.interviews
        return f"{self.href}{self.place}"


@dataclass(frozen=True)
class Day:
    """A day: debts by how pressing they are, with how many there are of each beyond those that are shown."""

    late: list[Debt]
    today: list[Debt]
    later: list[Debt]
    count_late: int
    count_today: int
    count_later: int
    wrote: list[Message]
    untold: list[Application]
    troubled: list[tuple[OutgoingMail, Application]]
    reviews: list[Any]
    new: list[Any]
    check_ins: list[CheckIn]
    approvals: list[Approval]
    evidence: list[Scorecard]
    debriefs: list[tuple[Application, datetime]]
    """Where all evidence is in, and since when."""
    late_evidence: list[Scorecard]
    times: list[BookingRequest]
    """Candidates who said when they can, or whose times to choose from ran out."""
    meetings: list[Interview]
    to_send: list[Offer]
    """Approved, and not sent yet."""
    filled: list[Any]
    """Roles whose last seat is filled while people still wait: how many, and where."""
    wanting: list[InterviewSeat]

    @property
    def pressing(self) -> int:
        return self.count_late + self.count_today

    @property
    def first(self) -> Debt | None:
        return next(iter([*self.late, *self.today, *self.later]), None)

    @property
    def more(self) -> int:
        shown = len(self.late) + len(self.today) + len(self.later)
        return self.count_late + self.count_today + self.count_later - shown

    @property
    def count_new(self) -> int:
        return sum(row["n"] for row in self.new)

    @property
    def has_debts(self) -> bool:
        said = (self.wrote, self.untold, self.troubled, self.approvals, self.evidence)
        return any([*said, self.wanting, self.debriefs, self.times, self.to_send, self.filled])


def day_of(user: User, *, whole_team: bool, now: datetime, shown: int = SHOWN) -> Day:
    """The day of `user`, or of everybody whose work they may see; twenty queries, and fewer on quiet days."""
    roles = list(_roles(user, whole_team=whole_team, now=now).values_list("pk", flat=True))
    owed = _owed(user, roles, whole_team=whole_team)
    tonight = _tonight(now)
    there = parts_there(user, roles, now=now, tonight=tonight)
    counts = owed.aggregate(
        # Of the date, so that the index on owner and date is all that is read.
        late=Count("due_at", filter=Q(due_at__lt=now)),
        today=Count("due_at", filter=Q(due_at__gte=now, due_at__lt=tonight)),
        later=Count("due_at", filter=Q(due_at__gte=tonight)),
    )
    first = list(showing(owed, *DEBT).order_by("due_at", "pk")[: min(shown, MOST_SHOWN)])
    wrote = _unanswered(roles) if there["wrote"] else []
    untold = _untold(roles) if there["untold"] else []
    troubled = _troubled(roles, now) if there["troubled"] else []
    evidence = _evidence(scorecards.owed_by(user, now=now)) if there["evidence"] else []
    debriefs = scorecards.debriefs_ready(roles, most=FEW) if there["debriefs"] else {}
    late_evidence = _evidence(scorecards.late_in(roles, now=now)) if there["late_evidence"] else []
    times = _times(roles, now) if there["times"] else []
    meetings = _meetings(interviews.of_today(roles, now=now, until=tonight)) if there["meetings"] else []
    to_send = _to_send(roles) if there["to_send"] else []
    wanting = _wanting(roles) if there["wanting"] else []
    about = _introduce(
        [*first, *wrote, *evidence, *late_evidence, *times, *meetings, *to_send],
        [seat.interview for seat in wanting],
        numbers=[*untold, *debriefs, *(mail.application_id for mail in troubled if mail.application_id)],
    )
    answered = {message.application_id: message for message in wrote}
    page, arranged = pages("application"), pages("application_interviews")
    debts = [
        Debt(
            promise,
            answered.pop(promise.application_id, None),
            href=page(promise.application_id),
            interviews=arranged(promise.application_id),
        )
        for promise in first
    ]
    return Day(
        late=[debt for debt in debts if debt.promise.due_at < now],
        today=[debt for debt in debts if now <= debt.promise.due_at < tonight],
        later=[debt for debt in debts if debt.promise.due_at >= tonight],
        count_late=counts["late"],
        count_today=counts["today"],
        count_later=counts["later"],
        wrote=list(answered.values()),
        untold=[about[number] for number in untold],
        troubled=[(mail, about[mail.application_id]) for mail in troubled if mail.application_id in about],
        reviews=_reviews(roles) if there["reviews"] else [],
        new=_new(roles, since=now - timedelta(days=1)),
        check_ins=_check_ins(roles, now) if there["check_ins"] else [],
        approvals=_approvals(user) if there["approvals"] else [],
        evidence=evidence,
        debriefs=[(about[number], since) for number, since in debriefs.items()],
        late_evidence=late_evidence,
        times=times,
        meetings=meetings,
        to_send=to_send,
        filled=_filled(roles) if there["filled"] else [],
        wanting=wanting,
    )


def _introduce(*groups: Iterable[Any], numbers: Iterable[int]) -> dict[int, Application]:
    """Give each of these rows its application, with what a line of the page says of it; those of `numbers` too.

    One query for all parts of the page: the same joins in each of them take longer to plan than to answer.
    """
    rows = [row for group in groups for row in group]
    wanted = {row.application_id for row in rows} | set(numbers)
    found = showing(Application.objects.all(), *WHOM).in_bulk(wanted) if wanted else {}
    for row in rows:
        row.application = found[row.application_id]
    return found


def _times(roles: list[int], now: datetime) -> list[BookingRequest]:
    return list(showing(interviews.to_settle(roles, now=now), "state", "application_id")[:FEW])


def _wanting(roles: list[int]) -> list[InterviewSeat]:
    """Seats in interviews ahead that somebody else has to take, the next interview first."""
    rows = wanting_substitutes().filter(interview__application__requisition__in=roles)
    fields = (
        "reply",
        "user__name",
        "user__email",
        "user__is_active",
        "interview__name",
        "interview__starts_at",
        "interview__application_id",
    )
    return list(showing(rows, *fields).order_by("interview__starts_at", "pk")[:FEW])


def _approvals(user: User) -> list[Approval]:
    fields = ("label", "due_at", "request__title", "request__requested_by__name")
    return list(showing(mine_to_decide(user).select_related(None), *fields)[:FEW])


DEBT = ("kind", "what", "side", "state", "due_at", "broken_before", "application_id", "owner__name")
WHOM = (
    "state", "decided_at", "stage__kind",
    "candidate__first_name", "candidate__last_name", "requisition__title",
)  # fmt: skip


def _evidence(rows: QuerySet[Scorecard]) -> list[Scorecard]:
    fields = ("due_at", "application_id", "interview__name", "interviewer__name")
    return list(showing(rows.select_related(None), *fields)[:FEW])


def _meetings(rows: QuerySet[Interview]) -> list[Interview]:
    return list(showing(rows, "name", "starts_at", "ends_at", "application_id")[:FEW])


def _tonight(now: datetime) -> datetime:
    """The end of the day, where the viewer is."""
    local = timezone.localtime(now)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _roles(user: User, *, whole_team: bool, now: datetime) -> "QuerySet[Requisition]":
    """The roles whose day this is: all that one sees, or those that one runs; not those long over."""
    rows = Requisition.objects.visible_to(user)
    if not whole_team:
        on_team = Exists(TeamMember.objects.filter(requisition=OuterRef("pk"), user=user))
        rows = rows.filter(Q(recruiter=user) | on_team)
    return rows.filter(Q(state__in=LIVE) | Q(ended_at__gte=now - TROUBLE_LASTS))


def _owed(user: User, roles: list[int], *, whole_team: bool) -> "QuerySet[Promise]":
    """What is promised to candidates and is our side's to do: mine, or anybody's of these roles."""
    rows = Promise.objects.open()
    if whole_team or user.role == Role.COORDINATOR:
        return rows.filter(application__requisition__in=roles).exclude(side=Side.MANAGER)
    return rows.filter(owner=user)


def _unanswered(roles: list[int]) -> list[Message]:
    """What candidates wrote, oldest first."""
    rows = Message.objects.unanswered().filter(application__requisition__in=roles)
    return list(showing(rows, "body", "said_at", "application_id").order_by("said_at", "pk")[:SHOWN])


def _untold(roles: list[int]) -> list[int]:
    """Decided without a word to the candidate."""
    rows = Application.objects.untold().filter(requisition__in=roles)
    return list(rows.order_by("decided_at", "pk").values_list("pk", flat=True)[:FEW])


def _troubled(roles: list[int], now: datetime) -> list[OutgoingMail]:
    """Messages to candidates that did not arrive, where no later one did."""
    later = OutgoingMail.objects.filter(
        candidate_id=OuterRef("candidate_id"),
        created_at__gt=OuterRef("created_at"),
        state__in=[MailState.QUEUED, MailState.SENDING, MailState.SENT],
    )
    return list(
        OutgoingMail.objects.filter(
            ~Exists(later),
            state__in=TROUBLE,
            requisition_id__in=roles,
            application_id__isnull=False,
            created_at__gte=now - TROUBLE_LASTS,
        )
        .only("state", "subject", "application_id")
        .order_by("-created_at")[:FEW]
    )


def _reviews(roles: list[int]) -> list[Any]:
    """Whom of the managers one waits for: how many to review, in which role, and since when it is due."""
    rows = Review.objects.open().filter(application__requisition__in=roles)
    grouped = rows.values(
        "reviewer",
        name=F("reviewer__name"),
        role=F("application__requisition__title"),
        requisition=F("application__requisition"),
    )
    return list(grouped.annotate(n=Count("pk"), due_at=Min("due_at")).order_by("due_at")[:FEW])


def _to_send(roles: list[int]) -> list[Offer]:
    """Offers, or next versions of one, that everybody agrees to and their candidate does not have yet."""
    rows = Offer.objects.filter(
        Q(state=OfferState.APPROVED) | Q(next_state=OfferState.APPROVED), application__requisition__in=roles
    )
    return list(showing(rows, "updated_at", "application_id").order_by("updated_at", "pk")[:FEW])


def _filled(roles: list[int]) -> list[Any]:
    """Every seat is taken, and somebody is still in play: they are owed word."""
    seats = Opening.objects.filter(requisition=OuterRef("requisition"))
    rows = Application.objects.active().filter(
        ~Exists(seats.filter(state=OpeningState.OPEN)),
        Exists(seats.filter(state=OpeningState.FILLED)),
        requisition__in=roles,
    )
    grouped = rows.values("requisition", title=F("requisition__title"))
    return list(grouped.annotate(n=Count("pk")).order_by("-n", "title")[:FEW])


def _new(roles: list[int], *, since: datetime) -> list[Any]:
    """New applications, role by role."""
    rows = Application.objects.active().filter(requisition__in=roles, applied_at__gte=since)
    grouped = rows.values("requisition", title=F("requisition__title"))
    return list(grouped.annotate(n=Count("pk")).order_by("-n", "title")[:FEW])


def _check_ins(roles: list[int], now: datetime) -> list[CheckIn]:
    """The conversations with partners in the week ahead, and those that are not written down yet."""
    rows = CheckIn.objects.filter(
        partnership__requisition__in=roles,
        state__in=[CheckInState.PLANNED, CheckInState.READY],
        scheduled_at__lt=now + CHECK_INS_AHEAD,
    )
    role = "partnership__requisition__"
    shown = showing(rows, "scheduled_at", f"{role}title", f"{role}hiring_manager__name")
    return list(shown.order_by("scheduled_at")[:FEW])
