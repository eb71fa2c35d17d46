"""Who may open files; which ones is `DocumentQuerySet.visible_to`."""

import rules

from ats.accounts.rules import is_active

rules.add_perm("candidates.view_document", is_active)
