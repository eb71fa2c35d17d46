"""Who does one thing with many people: the recruiting team, each within what they may do with one."""

import rules

from ats.accounts.rules import recruits

RUN = "candidates.run_bulk"

rules.add_perm(RUN, recruits)
