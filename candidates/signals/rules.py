"""Who looks at signals: whoever recruits for the whole house; they go across its organisations."""

import rules

from ats.accounts.rules import of_whole_house, recruits

SEE = "candidates.see_signals"

rules.add_perm(SEE, recruits & of_whole_house)
