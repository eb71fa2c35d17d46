"""Whoever oversees approves the words about a broken promise, and sees who is told in time by law."""

import rules

from ats.accounts.rules import oversees

APPROVE = "candidates.approve_promise_words"

SEE_BY_LAW = "candidates.view_told_by_law"

rules.add_perm(APPROVE, oversees)
rules.add_perm(SEE_BY_LAW, oversees)
