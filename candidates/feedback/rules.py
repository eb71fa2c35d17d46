"""Who gives feedback: whoever decides about the candidate; and who says how deep it goes."""

import rules

from ats.accounts.rules import oversees
from candidates.applications.rules import decides

GIVE = "candidates.give_feedback"
SET_RULES = "candidates.set_feedback_rules"

rules.add_perm(GIVE, decides)
rules.add_perm(SET_RULES, oversees)
