"""Who says that two people are one, or two.

It touches everything that is known of both. Who works behind a wall sees one side of it, and so leaves it to those
who see the whole house.
"""

import rules

from ats.accounts.rules import of_whole_house, recruits

MERGE = "candidates.merge_candidate"

rules.add_perm(MERGE, recruits & of_whole_house)
