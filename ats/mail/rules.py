"""Who may look after the outbox."""

import rules

from ats.accounts.rules import oversees

rules.add_perm("ats.handle_mail", oversees)
