"""Who sees interviews, and who arranges them: the recruiting team, and the manager for their own role."""

from typing import TYPE_CHECKING

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from ats.kernel.access import is_seen
from candidates.applications.models import Application
from candidates.applications.rules import is_kept_from
from candidates.applications.rules import sees as sees_application
from candidates.interviews.models import Interview
from requisitions.roles.rules import manages as manages_requisition

if TYPE_CHECKING:
    from candidates.scheduling.models import BookingRequest

    Arranged = Application | BookingRequest | Interview


def _application_of(subject: "Arranged") -> Application:
    return subject if isinstance(subject, Application) else subject.application


@rules.predicate
def sees(user: User, subject: "Arranged | None") -> bool:
    """One of the team, or somebody who takes part."""
    if subject is None or is_seen(subject, user):
        return True
    if is_kept_from(user, _application_of(subject)):
        return False
    if sees_application(user, _application_of(subject)):
        return True
    taking_part = isinstance(subject, Interview) and subject.seats.filter(user=user, released=False)
    return bool(taking_part and taking_part.exists())


@rules.predicate
def serves(user: User, subject: "Arranged | None") -> bool:
    return subject is None or sees_application(user, _application_of(subject))


@rules.predicate
def manages(user: User, subject: "Arranged | None") -> bool:
    """The partner on this very application: the role's hiring manager, unless it is kept from them."""
    if subject is None or is_kept_from(user, _application_of(subject)):
        return False
    return bool(manages_requisition(user, _application_of(subject).requisition))


rules.add_perm("candidates.view_interview", is_active & sees)
rules.add_perm("candidates.schedule_interview", is_active & ((recruits & serves) | manages))
# What a candidate said privately that they need is for the recruiting team alone.
rules.add_perm("candidates.read_interview_needs", recruits & serves)
