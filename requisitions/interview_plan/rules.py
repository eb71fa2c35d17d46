"""Who may do what with an interview plan: who runs the role, and its manager with them."""

import rules

from ats.accounts.rules import is_active, recruits
from requisitions.roles.rules import manages, runs, sees

rules.add_perm("requisitions.view_plan", is_active & sees)
rules.add_perm("requisitions.change_plan", runs | (is_active & manages))
rules.add_perm("requisitions.change_pools", recruits)
