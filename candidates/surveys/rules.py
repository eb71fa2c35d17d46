"""Who reads what candidates answered, and who says how they are asked."""

import rules

from ats.accounts.rules import oversees, recruits

VIEW_RESPECT = "candidates.view_respect"
SET_SURVEYS = "candidates.set_surveys"
EXPORT_CUSTOMERS = "candidates.export_future_customers"

rules.add_perm(VIEW_RESPECT, recruits)
rules.add_perm(SET_SURVEYS, oversees)
rules.add_perm(EXPORT_CUSTOMERS, oversees)
