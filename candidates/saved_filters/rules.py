"""Who keeps filters: everybody who has a list of people; whom a filter finds hangs on what they may see."""

import rules

from ats.accounts.rules import is_active

USE = "candidates.use_saved_filters"

rules.add_perm(USE, is_active)
"""With a filter and without one; which of them somebody sees is said in `access/saved_filter.py`."""
