"""Who has people's data erased, holds them back, and says how long who is kept."""

import rules

from ats.accounts.rules import oversees

ERASE = "candidates.erase_candidate"
HOLD = "candidates.hold_candidate"
SET_RETENTION = "candidates.set_retention"

rules.add_perm(ERASE, oversees)
rules.add_perm(HOLD, oversees)
rules.add_perm(SET_RETENTION, oversees)
