"""Who looks after what came in and found no place."""

import rules

from ats.accounts.rules import oversees, recruits

# Which messages these are is in `visible_to`: none about somebody whom one may not know.
rules.add_perm("candidates.handle_inbox", recruits | oversees)
