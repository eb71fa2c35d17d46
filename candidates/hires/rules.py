"""Who sees hires and hands them to the personnel system: pay is in them."""

import rules

from ats.accounts.rules import is_active, opens_roles

# Which hires that is about is in `visible_to`; of those, who exports them gets the ones of roles that they lead.
rules.add_perm("candidates.view_hire", is_active)
rules.add_perm("candidates.export_hires", opens_roles)
