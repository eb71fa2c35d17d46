"""What somebody of the recruiting team owes whom today, and what others owe them.

Each part is one query and bounded in what it reads: a day with a thousand debts costs what a quiet one costs.
No part joins the people it is about: one query at the end brings them for all parts together (`whom`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.approvals.models import Approval
from ats.approvals.queries import mine_to_decide
from ats.home.domain.rows import Owed
from ats.home.queries.non_empty import CHECK_INS_AHEAD, GLAD_FOR, TROUBLE, TROUBLE_LASTS
from ats.kernel.rows import answers, listed, showing
from ats.mail.models import MailState, OutgoingMail
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.models import (
    OURS_WAITS_TOO_LONG,
    WAITS_TOO_LONG,
    AnotherWay,
    Application,
    AvailabilityRequest,
    BookingRequest,
    FeedbackRequest,
    Interview,
    InterviewSeat,
    Message,
    Offer,
    OfferState,
    ProposedTime,
    Review,
    StepTask,
)
from candidates.scheduling.queries import availability_requests
from candidates.scheduling.queries import day as scheduling
from partners.models import CheckIn, CheckInState, Contradiction, PartnershipState, Signature
from requisitions.models import Opening, OpeningState
from requisitions.roles.queries.sight import IN_TEAM, VISIBLE, viewer
from requisitions.roles.workflow import LIVE

SHOWN = 15
MOST_SHOWN = 600
FEW = 6


def accepted(roles: list[int], now: datetime) -> list[Offer]:
    """Offers whose candidates said yes in the last days."""
    rows = Offer.objects.filter(
        state=OfferState.ACCEPTED, settled_at__gte=now - GLAD_FOR, application__requisition__in=roles
    )
    return list(showing(rows, "settled_at", "application_id").order_by("-settled_at", "pk")[:FEW])


def times(roles: list[int], now: datetime) -> list[BookingRequest]:
    return list(showing(scheduling.to_settle(roles, now=now), "state", "application_id")[:FEW])


def availability(user: User, roles: list[int], now: datetime) -> list[AvailabilityRequest]:
    """What one is asked when one can; and who of others is overdue with it, or has said."""
    rows = availability_requests.to_settle(user, roles, now=now)
    shown = ("state", "due_at", "application_id", "interviewer_id", "interviewer__name", "interviewer__email")
    return list(showing(rows, *shown)[:FEW])


def proposed(roles: list[int], now: datetime) -> list[ProposedTime]:
    """Other times that people of interviews ahead propose, the next interview first."""
    rows = ProposedTime.objects.open().filter(
        interview__application__requisition__in=roles, interview__starts_at__gt=now
    )
    fields = (
        "seat__user__name",
        "seat__user__email",
        "interview__name",
        "interview__starts_at",
        "interview__application_id",
    )
    return list(showing(rows, *fields).order_by("interview__starts_at", "pk")[:FEW])


def wanting(roles: list[int]) -> list[InterviewSeat]:
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


OF_A_ROLE = ("title", "recruiter__name", "organisation_id")


def approvals(user: User) -> list[Approval]:
    fields = ("label", "due_at", "request__title", "request__requested_by__name", "request__about_ids")
    return list(showing(mine_to_decide(user).select_related(None), *fields)[:FEW])


def to_sign(user: User) -> list[Signature]:
    """Briefs that wait for one's signature, the first due on top."""
    role = "version__partnership__requisition"
    rows = Signature.objects.open().filter(person=user, version__partnership__state=PartnershipState.ACTIVE)
    fields = ("function", "due_at", "version__number", *(f"{role}__{name}" for name in OF_A_ROLE))
    return list(showing(rows, *fields).order_by("due_at", "pk")[:FEW])


def contradictions(user: User) -> list[Contradiction]:
    """What one decides above both partners, the first due on top."""
    role = "partnership__requisition"
    rows = Contradiction.objects.open().filter(decider=user)
    fields = ("rule", "due_at", *(f"{role}__{name}" for name in OF_A_ROLE))
    return list(showing(rows, *fields).order_by("due_at", "pk")[:FEW])


EVIDENCE = """
    SELECT s.id, s.application_id, s.due_at, i.name, coalesce(nullif(u.name, ''), u.email)
    FROM candidates_scorecard s
    JOIN candidates_interview i ON i.id = s.interview_id AND i.starts_at <= %(now)s
    JOIN ats_user u ON u.id = s.interviewer_id
    WHERE s.state = 'draft' AND {whose} ORDER BY s.due_at, s.id LIMIT %(few)s
"""
"""Of interviews that have begun: until then nobody owes anything."""
OWN = "s.interviewer_id = %(user)s"
LATE_IN_ROLES = """s.due_at < %(now)s AND
        (SELECT requisition_id FROM candidates_application WHERE id = s.application_id) = ANY(%(roles)s)"""
"""The role is looked up for each of the few that are late: roles have many more applications."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scorecard that is not handed in, as a line shows it."""

    pk: int
    application_id: int
    due_at: datetime
    interview: str
    interviewer: str


def evidence(user: User, now: datetime) -> list[Evidence]:
    """What one has to write oneself, the one due first on top."""
    found = listed(EVIDENCE.format(whose=OWN), {"user": user.pk, "now": now, "few": FEW})
    return [Evidence(*row) for row in found]


def late_evidence(roles: list[int], now: datetime) -> list[Evidence]:
    """Whose evidence is late in these roles, longest first."""
    found = listed(EVIDENCE.format(whose=LATE_IN_ROLES), {"roles": roles, "now": now, "few": FEW})
    return [Evidence(*row) for row in found]


def meetings(rows: QuerySet[Interview]) -> list[Interview]:
    return list(showing(rows, "name", "starts_at", "ends_at", "application_id")[:FEW])


def tonight(now: datetime) -> datetime:
    """The end of the day, where the viewer is."""
    local = timezone.localtime(now)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


ROLES = f"""
    SELECT r.id, r.organisation_id FROM requisitions_requisition r
    WHERE (r.state = ANY(%(live)s) OR r.ended_at >= %(recently)s) AND {VISIBLE}
      AND (%(whole_team)s OR r.recruiter_id = %(user)s OR {IN_TEAM})
"""  # noqa: S608
"""Whose day it is may see the role, and runs it or has a part in it."""


@dataclass(frozen=True)
class Roles:
    """Roles, each with the number of its organisation; and of which alone they are looked at, where one was chosen.

    Whoever works for several organisations reads with each line for which it is, and can look at one alone.
    """

    places: Mapping[int, int]
    chosen: int | None = None

    @property
    def several(self) -> set[int]:
        """The organisations, where they are more than one."""
        found = set(self.places.values())
        return found if len(found) > 1 else set()

    @property
    def only(self) -> int | None:
        return self.chosen if self.chosen in self.several else None

    @property
    def numbers(self) -> list[int]:
        return [role for role, place in self.places.items() if self.only in {None, place}]


def roles(user: User, *, whole_team: bool, now: datetime, organisation: int | None = None) -> Roles:
    """The roles whose day this is: all that one sees, or those that one runs; not those long over."""
    values = {
        **viewer(user),
        "live": [str(state.value) for state in LIVE],
        "recently": now - TROUBLE_LASTS,
        "whole_team": whole_team,
    }
    return Roles(dict(listed(ROLES, values)), organisation)


MINE = "p.owner_id = %(user)s"
OF_ONE = """ AND p.application_id IN (
        SELECT id FROM candidates_application WHERE requisition_id = ANY(%(roles)s))"""
"""Of one's own promises those for one organisation, whose roles are given."""
OF_ROLES = "p.side <> 'manager' AND a.requisition_id = ANY(%(roles)s)"
NOT_KEPT = " AND p.application_id <> ALL(%(kept)s)"
"""Only where somebody is kept from the reader: without it, indexes alone tell what one owes."""

OWED = """
    WITH managers AS (
        SELECT p.id, p.due_at, p.waiting_since FROM candidates_promise p
        JOIN candidates_application a ON a.id = p.application_id AND a.requisition_id = ANY(%(roles)s)
        WHERE p.state = 'open' AND p.side = 'manager' AND p.owner_id <> %(user)s AND {managers_late}{not_kept}
    )
    SELECT ours.late + (SELECT count(*) FROM managers) AS late, ours.today, ours.later,
    ARRAY(SELECT id FROM (
              SELECT p.id, p.due_at, p.waiting_since FROM candidates_promise p {join}
              WHERE p.state = 'open' AND {whose} AND {late}
              UNION ALL SELECT id, due_at, waiting_since FROM managers) AS waiting
          ORDER BY waiting_since NULLS LAST, due_at, id LIMIT %(shown)s) AS first,
    ARRAY(SELECT p.id FROM candidates_promise p {join} WHERE p.state = 'open' AND {whose} AND NOT {late}
          ORDER BY p.due_at, p.id LIMIT %(shown)s) AS next
    FROM (SELECT count(*) FILTER (WHERE {late}) AS late,
                 count(*) FILTER (WHERE NOT {late} AND p.due_at < %(tonight)s) AS today,
                 count(*) FILTER (WHERE NOT {late} AND p.due_at >= %(tonight)s) AS later
          FROM candidates_promise p {join} WHERE p.state = 'open' AND {whose}) AS ours
"""
"""What is promised to candidates and is our side's to do: mine, or anybody's of these roles; and the managers' moves
of these roles for which somebody waits too long."""

DEBTS = """
    SELECT p.id, p.kind, p.what, p.side, p.state, p.due_at, p.broken_before, p.waiting_since, p.application_id,
           coalesce(nullif(u.name, ''), u.email)
    FROM candidates_promise p JOIN ats_user u ON u.id = p.owner_id WHERE p.id = ANY(%(ids)s)
"""


@dataclass(frozen=True)
class Debts:
    """Promises that wait for us: who waits too long, longest first; the others by date; how many of each there are."""

    late: list[Owed]
    ahead: list[Owed]
    counts: dict[str, int]


def debts(
    user: User,
    roles: list[int],
    *,
    whole_team: bool,
    now: datetime,
    tonight: datetime,
    shown: int,
    kept: Sequence[int] = (),
    of_one: bool = False,
) -> Debts:
    """The first `shown` of them; two queries. `of_one`: the roles are those of one organisation that was chosen."""
    by_role = whole_team or user.role == Role.COORDINATOR
    join = "JOIN candidates_application a ON a.id = p.application_id" if by_role else ""
    whose = MINE + OF_ONE if of_one else MINE
    not_kept = NOT_KEPT if kept else ""
    statement = OWED.format(
        late=WAITS_TOO_LONG,
        managers_late=OURS_WAITS_TOO_LONG,
        join=join,
        whose=(OF_ROLES if by_role else whose) + not_kept,
        not_kept=not_kept,
    )
    values = {"user": user.pk, "roles": roles, "now": now, "tonight": tonight, "shown": shown}
    found = answers(statement, values | ({"kept": list(kept)} if kept else {}))
    first, following = found.pop("first"), found.pop("next")
    following = following[: shown - len(first)]
    rows = listed(DEBTS, {"ids": [*first, *following]}) if first or following else []
    known = {pk: Owed(*shown) for pk, *shown in rows}
    return Debts([known[pk] for pk in first], [known[pk] for pk in following], found)


def unanswered(roles: list[int]) -> list[Message]:
    """What candidates wrote, oldest first."""
    rows = Message.objects.unanswered().filter(application__requisition__in=roles)
    return list(showing(rows, "body", "said_at", "application_id").order_by("said_at", "pk")[:SHOWN])


def untold(roles: list[int], *, most: int = FEW, kept: Sequence[int] = ()) -> list[int]:
    """Decided without a word to the candidate."""
    rows = Application.objects.untold().filter(requisition__in=roles)
    rows = rows.exclude(pk__in=kept) if kept else rows
    return list(rows.order_by("decided_at", "pk").values_list("pk", flat=True)[:most])


def unreached(roles: list[int], *, most: int = FEW) -> list[AnotherWay]:
    """Candidates whom our word did not reach, and who are to be reached another way; the longest owed first."""
    rows = AnotherWay.objects.open().filter(application__requisition__in=roles)
    fields = ("trouble", "due_at", "application_id", "mail__role")
    return list(showing(rows, *fields).order_by("due_at", "pk")[:most])


def feedback(user: User, roles: list[int], now: datetime, *, most: int = FEW) -> list[FeedbackRequest]:
    """Who asked for feedback and waits for it, the first due on top; of the leads, also who waits too long anywhere."""
    rows = FeedbackRequest.objects.open()
    mine = Q(application__requisition__in=roles)
    if user.oversees:
        mine |= Q(due_at__lt=now)
    return list(showing(rows.filter(mine), "due_at", "application_id").order_by("due_at", "pk")[:most])


def tasks(user: User, roles: list[int], *, whole_team: bool, most: int = FEW) -> list[StepTask]:
    """What journeys asked of this person, or (the whole team's day) of anybody, and is not done: first due first."""
    rows = StepTask.objects.open().filter(application__requisition__in=roles)
    mine = rows if whole_team else StepTask.objects.open().filter(owner=user)
    return list(showing(mine, "what", "due_at", "application_id").order_by("due_at", "pk")[:most])


def troubled(roles: list[int], now: datetime, *, most: int = FEW) -> list[OutgoingMail]:
    """Messages to candidates that did not arrive, or are late by days, where no later one is on its way."""
    later = OutgoingMail.objects.filter(
        candidate_id=OuterRef("candidate_id"),
        created_at__gt=OuterRef("created_at"),
        state__in=[MailState.QUEUED, MailState.SENDING, MailState.SENT],
    )
    # It is a duty of its own then, or somebody has dealt with that since.
    seen_to = AnotherWay.objects.filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=OuterRef("updated_at")),
        application=OuterRef("application_id"),
    )
    return list(
        OutgoingMail.objects.filter(
            ~Exists(later),
            ~Exists(seen_to),
            Q(state__in=TROUBLE) | Q(state=MailState.QUEUED, delayed_at__isnull=False),
            requisition_id__in=roles,
            application_id__isnull=False,
            created_at__gte=now - TROUBLE_LASTS,
        )
        .only("state", "subject", "application_id", "delayed_at")
        .order_by("-created_at")[:most]
    )


def reviews(roles: list[int], *, kept: Sequence[int] = ()) -> list[Any]:
    """Whom of the managers one waits for: how many to review, in which role, and since when it is due."""
    rows = Review.objects.open().filter(application__requisition__in=roles)
    rows = rows.exclude(application__in=kept) if kept else rows
    grouped = rows.values(
        "reviewer",
        name=F("reviewer__name"),
        role=F("application__requisition__title"),
        requisition=F("application__requisition"),
    )
    return list(grouped.annotate(n=Count("pk"), due_at=Min("due_at")).order_by("due_at")[:FEW])


def to_send(roles: list[int]) -> list[Offer]:
    """Offers, or next versions of one, that everybody agrees to and their candidate does not have yet."""
    rows = Offer.objects.filter(
        Q(state=OfferState.APPROVED) | Q(next_state=OfferState.APPROVED), application__requisition__in=roles
    )
    return list(showing(rows, "updated_at", "application_id").order_by("updated_at", "pk")[:FEW])


def filled(roles: list[int], *, kept: Sequence[int] = ()) -> list[Any]:
    """Every seat is taken, and somebody is still in play: they are owed word."""
    seats = Opening.objects.filter(requisition=OuterRef("requisition"))
    rows = Application.objects.active().filter(
        ~Exists(seats.filter(state=OpeningState.OPEN)),
        Exists(seats.filter(state=OpeningState.FILLED)),
        requisition__in=roles,
    )
    rows = rows.exclude(pk__in=kept) if kept else rows
    grouped = rows.values("requisition", title=F("requisition__title"))
    return list(grouped.annotate(n=Count("pk")).order_by("-n", "title")[:FEW])


NEW = """
    SELECT a.requisition_id, r.title, count(*) AS n
    FROM candidates_application a JOIN requisitions_requisition r ON r.id = a.requisition_id
    WHERE a.state = 'active' AND a.requisition_id = ANY(%(roles)s) AND a.applied_at >= %(since)s
      AND a.id <> ALL(%(kept)s)
    GROUP BY a.requisition_id, r.title ORDER BY n DESC, r.title LIMIT %(most)s
"""


def new(roles: list[int], *, since: datetime, kept: Sequence[int] = ()) -> list[Any]:
    """New applications, role by role."""
    values = {"roles": roles, "since": since, "most": FEW, "kept": list(kept)}
    return [dict(zip(("requisition", "title", "n"), row, strict=True)) for row in listed(NEW, values)]


def check_ins(roles: list[int], now: datetime) -> list[CheckIn]:
    """The conversations with partners in the week ahead, and those that are not written down yet."""
    rows = CheckIn.objects.filter(
        partnership__requisition__in=roles,
        state__in=[CheckInState.PLANNED, CheckInState.READY],
        scheduled_at__lt=now + CHECK_INS_AHEAD,
    )
    role = "partnership__requisition__"
    fields = ("scheduled_at", f"{role}title", f"{role}hiring_manager__name", f"{role}organisation_id")
    shown = showing(rows, *fields)
    return list(shown.order_by("scheduled_at")[:FEW])
