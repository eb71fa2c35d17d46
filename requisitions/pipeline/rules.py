"""Who may do what with a pipeline: who runs the requisition."""

import rules

from requisitions.roles.rules import runs

rules.add_perm("requisitions.change_pipeline", runs)
