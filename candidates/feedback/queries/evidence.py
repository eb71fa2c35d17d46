"""What was recorded of somebody on each criterion, for whoever writes feedback; private notes are not even read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ats.accounts.models import User
from ats.kernel.languages import name_of
from candidates.applications.models import Application
from candidates.feedback.domain import tongues
from candidates.feedback.domain.points import CARD, CLIENT, Evidence
from candidates.feedback.models import ClientWord
from candidates.scorecards.models import Scorecard, ScorecardMark, ScorecardState
from requisitions.models import Criterion


@dataclass(frozen=True)
class OnCriterion:
    """A criterion with what was seen and heard for it; nothing, where nobody wrote anything."""

    name: str
    is_must: bool
    evidence: Sequence[Evidence]


def evidence_of(application: Application, user: User) -> list[Evidence]:
    """What this person may read of it, in the order of the interviews; two queries."""
    cards = Scorecard.objects.visible_to(user).filter(
        application=application.pk, state=ScorecardState.SUBMITTED
    )
    marks = (
        ScorecardMark.objects.filter(scorecard__in=cards)
        .exclude(evidence="")
        .select_related("scorecard__interviewer", "scorecard__interview")
        .defer("scorecard__private_notes")
        .order_by("scorecard__interview__starts_at", "scorecard_id", "position")
    )
    reads = application.candidate.language
    found = [_of_mark(mark, reads) for mark in marks if mark.evidence.strip()]
    rows = ClientWord.objects.filter(application=application.pk).order_by("said_on", "pk")
    return [*found, *(_of_client(row, reads) for row in rows)]


def _of_mark(mark: ScorecardMark, reads: str) -> Evidence:
    card = mark.scorecard
    return Evidence(
        source=CARD,
        pk=mark.pk,
        criterion=mark.name,
        words=mark.evidence,
        who=str(card.interviewer),
        where=card.interview.name,
        rating=mark.rating,
        number=card.number,
        tongue=_foreign(mark.evidence, reads),
    )


def _of_client(row: ClientWord, reads: str) -> Evidence:
    return Evidence(
        source=CLIENT,
        pk=row.pk,
        criterion=row.name,
        words=row.words,
        who=row.said_by,
        where=str(row.said_on),
        tongue=_foreign(row.words, reads),
    )


def _foreign(words: str, reads: str) -> str:
    code = tongues.is_foreign(words, to=reads)
    return name_of(code) if code else ""


def by_criterion(application: Application, evidence: Iterable[Evidence]) -> list[OnCriterion]:
    """The role's criteria in their order, those without evidence as well; then what was asked beside them."""
    found: dict[str, list[Evidence]] = {}
    for each in evidence:
        found.setdefault(each.criterion, []).append(each)
    criteria = Criterion.objects.filter(requisition=application.requisition_id).order_by("position", "pk")
    rows = [OnCriterion(row.name, row.kind == "must", found.pop(row.name, [])) for row in criteria]
    return [*rows, *(OnCriterion(name, False, each) for name, each in found.items())]
