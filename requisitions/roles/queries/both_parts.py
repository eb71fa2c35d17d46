"""One person who would be recruiter and hiring manager of a role."""

from ats.accounts.queries import anybody_else
from requisitions.roles.domain.facts import takes_both_parts
from requisitions.roles.models import Requisition


def is_one_too_few(requisition: Requisition) -> bool:
    """Whether one person takes both parts though somebody else is there; one query where they do."""
    manager = requisition.hiring_manager
    return manager is not None and takes_both_parts(requisition) and anybody_else(manager)
