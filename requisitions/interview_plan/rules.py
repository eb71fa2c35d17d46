"""Who may do what with an interview plan: the recruiting team, and the role's manager with them."""

import rules

from ats.accounts.rules import is_active, recruits
from requisitions.roles.rules import manages, sees

rules.add_perm("requisitions.view_plan", is_active & sees)
rules.add_perm("requisitions.change_plan", (recruits & sees) | (is_active & manages))
rules.add_perm("requisitions.change_pools", recruits)
