"""A role whose brief is being written, and what is done with it."""

from typing import Any

from partners.intake import actions
from partners.intake.domain import content
from partners.intake.queries import said_now
from partners.models import BriefVersion, Partnership
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW


def open_role(**facts: Any) -> Requisition:
    """An open role that says all that a recruiter needs."""
    facts = {
        "why": "Figures come a week late.",
        "outcomes": "Has shipped the first report.",
        "value_proposition": "Work that matters.",
        "must_haves": ("Python", "SQL"),
    } | facts
    role = make.make_requisition("draft", **facts)
    roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)
    return Requisition.objects.select_related("recruiter", "hiring_manager", "organisation").get(pk=role.pk)


def partnership_of(role: Requisition) -> Partnership:
    return Partnership.objects.select_related("requisition").get(requisition=role)


def said(role: Requisition) -> dict[str, Any]:
    return said_now(partnership_of(role))


def words_of(role: Requisition) -> str:
    """The mark of what the brief says now, as a page holds it."""
    return content.mark(said(role))


def say_yes(role: Requisition, by: Any, words: str | None = None) -> BriefVersion | None:
    place = partnership_of(role).pk
    return actions.say_yes(partnership_id=place, words=words or words_of(role), by=by, now=NOW)


def settle(role: Requisition) -> BriefVersion:
    """Both sides say yes to what it says now."""
    words = words_of(role)
    say_yes(role, role.recruiter, words)
    version = say_yes(role, role.hiring_manager, words)
    assert version is not None
    return version
