"""What a brief says now, and what of it is settled."""

from partners.intake.domain import content
from partners.intake.domain.content import Content
from partners.intake.models import Brief, BriefVersion, MustHave
from partners.partnerships.models import Partnership
from requisitions.models import PlannedInterview, Requisition


def brief_of(partnership: Partnership) -> Brief:
    """The brief as it is being written; an empty one, not kept yet, where nobody has begun."""
    found = Brief.objects.filter(partnership=partnership).first() or Brief(partnership=partnership)
    found.partnership = partnership
    return found


def settled(partnership: Partnership) -> BriefVersion | None:
    """The newest version to which both sides have said yes; None before the first."""
    return partnership.brief_versions.order_by("-number").first()


def planned_of(requisition: Requisition) -> list[PlannedInterview]:
    """The interviews of the plan in their order; three queries."""
    rows = requisition.planned_interviews.filter(retired=False).select_related("stage")
    return list(rows.prefetch_related("criteria", "interviewers").order_by("position", "id"))


def asked_of(requisition: Requisition) -> dict[int, MustHave]:
    """What the intake asks of each must-have, by the criterion's number."""
    rows = MustHave.objects.filter(criterion__requisition=requisition).select_related("question")
    return {row.criterion_id: row for row in rows}


def said_of(requisition: Requisition, brief: Brief) -> Content:
    """Everything that the brief says at this moment; five queries."""
    return content.content(
        requisition,
        brief,
        criteria=requisition.criteria.all(),
        asked=asked_of(requisition),
        planned=planned_of(requisition),
    )


def said_now(partnership: Partnership) -> Content:
    """What the draft of this partnership's brief says, in the shapes of a version's content."""
    return said_of(partnership.requisition, brief_of(partnership))
