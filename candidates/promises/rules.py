"""Who approves the words in which candidates are told that we did not keep our word: whoever oversees."""

import rules

from ats.accounts.rules import oversees

APPROVE = "candidates.approve_promise_words"

rules.add_perm(APPROVE, oversees)
