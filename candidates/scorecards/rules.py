"""Who reads evidence, who writes it, and who decides on it.

Which scorecards one may read hangs on one's own: see `Scorecard.objects.visible_to`.
"""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, oversees
from ats.kernel.access import is_seen
from candidates.applications.models import Application
from candidates.applications.rules import decides, is_kept_from, meets, sees
from candidates.internal.queries import stands_in
from candidates.scorecards.models import Scorecard
from requisitions.roles.rules import manages as manages_requisition


@rules.predicate
def is_author(user: User, scorecard: Scorecard | None) -> bool:
    return scorecard is not None and scorecard.interviewer_id == user.pk


@rules.predicate
def is_shown(user: User, scorecard: Scorecard | None) -> bool:
    if scorecard is None or is_seen(scorecard, user):
        return True
    return Scorecard.objects.visible_to(user).filter(pk=scorecard.pk).exists()


@rules.predicate
def manages(user: User, application: Application | None) -> bool:
    """The hiring manager of this very role, or who stands in for them here."""
    if application is None:
        return False
    return manages_requisition(user, application.requisition) or stands_in(user, application.pk)


@rules.predicate
def may_know(user: User, application: Application | None) -> bool:
    return application is None or not is_kept_from(user, application)


rules.add_perm("candidates.view_scorecard", is_active & is_shown)
rules.add_perm("candidates.write_scorecard", is_active & is_author)
rules.add_perm("candidates.view_debrief", is_active & (sees | meets))
rules.add_perm("candidates.decide_debrief", is_active & may_know & (decides | manages | oversees))
