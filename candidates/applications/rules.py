"""Who may do what with candidates: the recruiting team serves them, the hiring manager sees and judges.

Moving, writing and scheduling is the recruiting team's part, deciding the recruiters' and leads'; hiring and
offering a seat that of who leads the role. A manager's verdict is given as a review. Interviewers see what they
are asked about. Stakeholders see nothing of candidates.
"""

from dataclasses import dataclass

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, opens_roles, recruits
from ats.kernel.access import is_seen
from candidates.applications.models import WHOLE_TEAM, Application
from candidates.people.models import Candidate
from requisitions.roles.rules import is_led_by, team_roles


def is_kept_from(user: User, application: Application) -> bool:
    """Whether its candidate works for this person, and has not said that they may know (see `candidates/internal`).

    Read once for each instance, and not at all where it was fetched as visible to them.
    """
    if is_seen(application, user):
        return False
    if user.works_for is not None and not user.may_work_for(application.requisition.organisation_id):
        return True
    if not application.may_be_kept:
        return False
    known: dict[int, bool] = vars(application).setdefault("_kept_from", {})
    if user.pk not in known:
        known[user.pk] = application.kept_from.in_force().filter(user=user).exists()
    return known[user.pk]


@rules.predicate
def sees(user: User, application: Application | None) -> bool:
    """Sees the application as one of the team, not only because of a question put to them."""
    if application is None:
        return True
    if is_kept_from(user, application):
        return False
    if user.oversees:
        return True
    if user.recruits and not application.requisition.confidential:
        return True
    if not team_roles(user, application.requisition).isdisjoint(WHOLE_TEAM):
        return True
    return application.may_be_kept and application.kept_from.in_force().filter(stand_in=user).exists()


@rules.predicate
def is_asked(user: User, application: Application | None) -> bool:
    if application is None:
        return True
    if is_kept_from(user, application):
        return False
    return application.reviews.filter(reviewer=user).exclude(state="cancelled").exists()


@rules.predicate
def meets(user: User, application: Application | None) -> bool:
    """Takes part in an interview with the candidate."""
    if application is None:
        return True
    if is_kept_from(user, application):
        return False
    return application.interviews.filter(seats__user=user, seats__released=False).exists()


@rules.predicate
def knows(user: User, candidate: Candidate | None) -> bool:
    if candidate is None or is_seen(candidate, user):
        return True
    return Candidate.objects.visible_to(user).filter(pk=candidate.pk).exists()


@rules.predicate
def leads_its_role(user: User, application: Application | None) -> bool:
    return application is None or bool(is_led_by(user, application.requisition))


serves = recruits & sees
decides = opens_roles & sees
fills = decides & leads_its_role


@rules.predicate
def is_not_erased(user: User, candidate: Candidate | None) -> bool:
    """Whose data are erased is nobody to change, to take up or to send a copy to."""
    return candidate is None or candidate.anonymised_at is None


rules.add_perm("candidates.view_application", is_active & (sees | is_asked | meets))
rules.add_perm("candidates.move_application", serves)
rules.add_perm("candidates.decide_application", decides)
rules.add_perm("candidates.fill_seat", fills)
rules.add_perm("candidates.message_candidate", serves)
rules.add_perm("candidates.note_application", is_active & sees)
rules.add_perm("candidates.view_candidate", is_active & knows)
rules.add_perm("candidates.change_candidate", recruits & knows & is_not_erased)
rules.add_perm("candidates.add_candidate", recruits)


@dataclass(frozen=True, kw_only=True)
class May:
    """What the viewer may do with this application."""

    move: bool = False
    decide: bool = False
    fill: bool = False
    message: bool = False
    note: bool = False
    change: bool = False


def may_of(user: User, application: Application) -> May:
    return May(
        move=user.has_perm("candidates.move_application", application),
        decide=user.has_perm("candidates.decide_application", application),
        fill=user.has_perm("candidates.fill_seat", application),
        message=user.has_perm("candidates.message_candidate", application),
        note=user.has_perm("candidates.note_application", application),
        change=user.recruits and user.has_perm("candidates.message_candidate", application),
    )
