"""Who asks for a yes and notes one, and who looks at the list: whoever serves candidates."""

import rules

from ats.accounts.rules import recruits
from candidates.applications.rules import serves

PUT_FORWARD = "candidates.put_forward"
VIEW = "candidates.view_submissions"

rules.add_perm(PUT_FORWARD, serves)
rules.add_perm(VIEW, recruits)
