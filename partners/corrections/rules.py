"""Who corrects the course: the partners of the role. Overseers read along, nobody else sees it."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from partners.corrections.models import CorrectionStep, CourseCorrection
from partners.partnerships.rules import sides_of

VIEW, CORRECT = "partners.view_correction", "partners.correct_course"


@rules.predicate
def is_partner(user: User, row: CourseCorrection | CorrectionStep | None) -> bool:
    if row is None:
        return False
    correction = row.correction if isinstance(row, CorrectionStep) else row
    return bool(sides_of(user, correction.partnership.requisition))


rules.add_perm(VIEW, is_active)
rules.add_perm(CORRECT, is_active & is_partner)
