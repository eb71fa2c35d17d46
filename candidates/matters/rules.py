"""Who says whether a role meets what matters to somebody: whoever serves them or meets them."""

import rules

from ats.accounts.rules import is_active
from candidates.applications.rules import meets, sees

MARK = "candidates.mark_matters"

rules.add_perm(MARK, is_active & (sees | meets))
