"""What the pages of scorecards show, each with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.rows import columns, listed, made
from candidates.applications.models import Application, ApplicationState
from candidates.applications.rules import May, may_of
from candidates.documents.models import Document, DocumentKind
from candidates.internal.models import KeptFrom
from candidates.interviews.models import Interview, InterviewState
from candidates.scorecards.domain.grid import Row, disagree
from candidates.scorecards.domain.grid import rows as grid_rows
from candidates.scorecards.models import (
    Debrief,
    Rating,
    Scorecard,
    ScorecardMark,
    ScorecardQuerySet,
    ScorecardState,
    ScorecardVersion,
)
from requisitions.models import Criterion, Stage, StageKind

_CARD = ("interviewer", "interview", "application__candidate", "application__requisition")


@dataclass(frozen=True)
class Asked:
    """One criterion of the scorecard, with the questions of the kit that are about it."""

    mark: ScorecardMark
    why: str
    questions: list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """One version as it was handed in, in words."""

    version: ScorecardVersion
    marks: list[tuple[str, str, str]]
    """The criterion, the rating, the evidence."""
    recommendation: str
    reason: str


def told(version: ScorecardVersion) -> Told:
    content = version.content
    return Told(
        version=version,
        marks=[
            (each["name"], str(Rating(each["rating"]).label), each["evidence"]) for each in content["marks"]
        ],
        recommendation=str(Rating(content["recommendation"]).label),
        reason=content["reason"],
    )


@dataclass(frozen=True)
class ScorecardPage:
    scorecard: Scorecard
    asked: list[Asked]
    general: list[dict[str, Any]]
    """Questions of the kit that are about no one criterion."""
    resume: Document | None
    versions: list[Told]
    """Newest first."""

    @property
    def kit(self) -> dict[str, Any]:
        return self.scorecard.interview.kit


def scorecard_page(user: User, scorecard_id: int) -> ScorecardPage:
    # Where the role is says whose law the wording of evidence is checked by.
    rows = Scorecard.objects.select_related(*_CARD, "application__requisition__location")
    card = get_for(rows, scorecard_id, user=user, permission="candidates.view_scorecard")
    if card.interviewer_id != user.pk:
        card.private_notes = ""  # the author's alone
    marks = list(card.marks.order_by("position"))
    kit = card.interview.kit
    facts = {each.get("id"): each for each in kit.get("criteria", [])}
    questions = kit.get("questions", [])
    known = {mark.criterion_id for mark in marks if mark.criterion_id}
    return ScorecardPage(
        scorecard=card,
        asked=[
            Asked(
                mark=mark,
                why=facts.get(mark.criterion_id, {}).get("why", ""),
                questions=[
                    each for each in questions if mark.criterion_id and each["criterion"] == mark.criterion_id
                ],
            )
            for mark in marks
        ],
        general=[each for each in questions if each.get("criterion") not in known],
        resume=_resume(card.application),
        versions=[told(version) for version in card.versions.order_by("-number")],
    )


def _resume(application: Application) -> Document | None:
    """The résumé given with this application, else the newest of the person."""
    rows = Document.objects.filter(
        Q(application=application.pk) | Q(application__isnull=True),
        candidate=application.candidate_id,
        kind=DocumentKind.RESUME,
    )
    return rows.defer("text").order_by(F("application").desc(nulls_last=True), "-pk").first()


def owed_by(user: User, *, now: datetime) -> ScorecardQuerySet:
    """What this person is to write: interviews that have begun, the one due first on top."""
    rows = Scorecard.objects.owed_now(now).filter(interviewer=user).exclude(application__in=_kept_from(user))
    return rows.select_related(*_CARD).order_by("due_at", "pk")


def ahead_of(user: User, *, now: datetime) -> ScorecardQuerySet:
    """Interviews still to come, with the questions to prepare."""
    rows = Scorecard.objects.owed().filter(interviewer=user, interview__starts_at__gt=now)
    rows = rows.exclude(application__in=_kept_from(user))
    return rows.select_related(*_CARD).order_by("interview__starts_at", "pk")


def handed_in_by(user: User) -> ScorecardQuerySet:
    rows = Scorecard.objects.filter(interviewer=user, state=ScorecardState.SUBMITTED)
    rows = rows.exclude(application__in=_kept_from(user))
    return rows.select_related(*_CARD).order_by("-submitted_at", "-pk")


def _kept_from(user: User) -> QuerySet[KeptFrom, int]:
    """Applications of which this person must not know."""
    return KeptFrom.objects.in_force().filter(user=user).values_list("application", flat=True)


# --- Of one application


@dataclass(frozen=True)
class Standing:
    """Interviews of one application, and who has written about them, as one person may see it."""

    interviews: list[Interview]
    """Each with the names of its `people`, and whether the viewer sits in and has it `unwritten`."""
    mine: list[Scorecard]
    """One's own, whatever their state, but those that are not needed any more."""
    inside: list[Scorecard]
    """Those that are in and that one may read; empty for whoever still owes their own."""
    awaited: list[Scorecard]
    """Others' that are missing from interviews that are over; who is blind does not learn who has written."""
    never: list[Scorecard]
    """Those that nobody waits for any more, because who owed them has left."""
    is_blind: bool

    @property
    def owed(self) -> list[Scorecard]:
        return [card for card in self.mine if card.state == ScorecardState.DRAFT]

    @property
    def unwritten(self) -> list[Interview]:
        """Where one sits in, or sat in, and has written nothing yet."""
        return [each for each in self.interviews if each.unwritten]  # type: ignore[attr-defined]


INTERVIEWS = f"""
    SELECT {
    columns(
        "i",
        Interview,
        "application_id",
        "name",
        "state",
        "starts_at",
        "ends_at",
        "candidate_reply",
        "candidate_replied_at",
        "candidate_comment",
    )
},
           (SELECT string_agg(u.name || CASE s.kind WHEN 'shadow' THEN ' (sits in)' ELSE '' END, ', '
                              ORDER BY s.kind, s.id)
            FROM candidates_interviewseat s
            JOIN ats_user u ON u.id = s.user_id WHERE s.interview_id = i.id AND NOT s.released) AS people,
           EXISTS (SELECT FROM candidates_proposedtime p
                   WHERE p.interview_id = i.id AND p.state = 'open') AS proposed,
           EXISTS (SELECT FROM candidates_interviewseat s JOIN candidates_shadowing h ON h.seat_id = s.id
                   WHERE s.interview_id = i.id AND s.user_id = %(viewer)s AND NOT s.released
                     AND h.evidence = '' AND i.state IN ('booked', 'held')) AS unwritten
    FROM candidates_interview i
    WHERE i.application_id = %(application)s AND i.state <> 'cancelled'
    ORDER BY i.starts_at, i.id
"""  # noqa: S608
# Private notes are not even read.
CARDS = f"""
    SELECT {
    columns(
        "s",
        Scorecard,
        "application_id",
        "interviewer_id",
        "state",
        "due_at",
        "why_never",
        "number",
        "recommendation",
        "reason",
    )
},
           {columns("u", User, "name", of="interviewer")},
           {columns("i", Interview, "name", "starts_at", "ends_at", of="interview")}
    FROM candidates_scorecard s
    JOIN ats_user u ON u.id = s.interviewer_id
    JOIN candidates_interview i ON i.id = s.interview_id
    WHERE s.application_id = %(application)s AND s.state <> 'cancelled'
    ORDER BY i.starts_at, u.name, s.id
"""  # noqa: S608


def standing_of(application: Application, user: User, *, now: datetime, whole: bool = False) -> Standing:
    """Two queries; with what was written (`whole`), one more."""
    of = {"application": application.pk, "viewer": user.pk}
    interviews, cards = made(Interview, INTERVIEWS, of), made(Scorecard, CARDS, of)
    if whole:
        prefetch_related_objects(cards, Prefetch("marks", ScorecardMark.objects.order_by("position")))
    mine = [card for card in cards if card.interviewer_id == user.pk]
    standing = Standing(interviews, mine, inside=[], awaited=[], never=[], is_blind=False)
    if standing.owed or (application.state == ApplicationState.ACTIVE and standing.unwritten):
        return replace(standing, is_blind=True)
    return replace(
        standing,
        inside=[card for card in cards if card.state == ScorecardState.SUBMITTED],
        awaited=[
            card for card in cards if card.state == ScorecardState.DRAFT and card.interview.ends_at <= now
        ],
        never=[card for card in cards if card.state == ScorecardState.NEVER],
    )


@dataclass(frozen=True)
class DebriefPage:
    application: Application
    standing: Standing
    rows: list[Row]
    decisions: list[Debrief]
    may_decide: bool
    may: May
    """What the viewer may do with the application once it is decided."""
    onward: Stage | None
    ahead: list[Interview]
    """Interviews that are booked and have not taken place."""

    @property
    def cards(self) -> list[Scorecard]:
        return self.standing.inside

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @property
    def unassessed(self) -> list[Row]:
        return [row for row in self.rows if row.is_must and row.is_unassessed]

    @property
    def recommendations_differ(self) -> bool:
        return disagree(card.recommendation for card in self.cards)

    @property
    def is_active(self) -> bool:
        return self.application.state == ApplicationState.ACTIVE


def debrief_page(user: User, application_id: int, *, now: datetime) -> DebriefPage:
    """All evidence about one application; for whoever still owes their own, nothing of it."""
    rows = Application.objects.whole().select_related("requisition__location")
    application = get_for(rows, application_id, user=user, permission="candidates.view_debrief")
    standing = standing_of(application, user, now=now, whole=True)
    may = may_of(user, application)
    blind = standing.is_blind
    stages = list(application.requisition.stages.order_by("position")) if may.move else []
    later = (
        row for row in stages if row.position > application.stage.position and row.kind != StageKind.HIRED
    )
    return DebriefPage(
        application=application,
        standing=standing,
        rows=[] if blind else grid_rows(standing.inside, list(_criteria(application))),
        decisions=[]
        if blind
        else list(application.debriefs.select_related("decided_by").order_by("-decided_at", "-pk")),
        may_decide=not blind and user.has_perm("candidates.decide_debrief", application),
        may=may,
        onward=next(later, None),
        ahead=[
            each for each in standing.interviews if each.state == InterviewState.BOOKED and each.ends_at > now
        ],
    )


def _criteria(application: Application) -> "QuerySet[Criterion]":
    return Criterion.objects.filter(requisition=application.requisition_id).order_by("position", "pk")


def awaited_by(applications: Iterable[int]) -> dict[int, list[str]]:
    """For the candidates' own pages: from whom feedback on an interview that was held is still awaited.

    As long as somebody does not know of a decision, for them it is as it was before it.
    """
    hidden = Q(application__told_at__isnull=True, updated_at__gte=F("application__decided_at"))
    rows = Scorecard.objects.filter(
        Q(state=ScorecardState.DRAFT) | (Q(state=ScorecardState.CANCELLED) & hidden),
        application__in=applications,
        interview__state=InterviewState.HELD,
    )
    found: dict[int, list[str]] = defaultdict(list)
    names = rows.order_by("interviewer__name").values_list("application", "interviewer__name").distinct()
    for application, name in names:
        found[application].append(name)
    return found


# --- For "My day"


READY = """
    SELECT c.application_id, c.last_at
    FROM (SELECT application_id, max(submitted_at) AS last_at FROM candidates_scorecard
          WHERE state = 'submitted' AND application_id = ANY(ARRAY(
              SELECT id FROM candidates_application WHERE state = 'active' AND requisition_id = ANY(%(roles)s)))
          GROUP BY application_id) AS c
    WHERE c.application_id NOT IN (SELECT application_id FROM candidates_scorecard WHERE state = 'draft')
      AND c.application_id NOT IN (SELECT application_id FROM candidates_interview WHERE state = 'booked')
      AND c.last_at >= (SELECT stage_entered_at FROM candidates_application WHERE id = c.application_id)
      AND NOT EXISTS (SELECT FROM candidates_debrief d
                      WHERE d.application_id = c.application_id AND d.decided_at >= c.last_at)
    ORDER BY c.last_at, c.application_id LIMIT %(most)s
"""
"""Who has moved on since is decided about, with or without a debrief. The applications in play as one list, for which
the index of scorecards is gone through once: what the house has written in years is not read. `NOT IN`, because few
wait for evidence or an interview: read once, they rule many out; asked for each of them it takes longer."""


def debriefs_ready(roles: Iterable[int], *, most: int) -> dict[int, datetime]:
    """Applications in these roles where all evidence is in, nothing more is booked and nobody has decided.

    By their ids: since when it is all there, the oldest first.
    """
    return dict(listed(READY, {"roles": list(roles), "most": most}))
