"""Who may do what with the wording rules: the recruiting team reads them, who oversees changes them."""

import rules

from ats.accounts.rules import oversees, recruits

rules.add_perm("requisitions.view_wording", recruits)
rules.add_perm("requisitions.change_wording", oversees)
