"""Who says how often somebody sits in first. Who lets somebody sit in arranges the interview."""

import rules

from ats.accounts.rules import is_active, is_admin

SET_SHADOWING = "candidates.set_shadowing"

rules.add_perm(SET_SHADOWING, is_active & is_admin)
