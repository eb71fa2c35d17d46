"""Who sees hires and hands them to the personnel system: pay is in them."""

import rules

from ats.accounts.rules import is_active, recruits

# Which hires that is about is in `visible_to`.
rules.add_perm("candidates.view_hire", is_active)
rules.add_perm("candidates.export_hires", recruits)
