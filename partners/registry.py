"""What the package declares, loaded when Django is ready."""

from importlib import import_module

from ats.kernel import registry

registry.load(
    "partners",
    [
        "partnerships",
        "delegations",
        "intake",
        "alignment",
        "commitments",
        "checkins",
        "outcomes",
        "corrections",
        "advice",
        "declined",
        "celebrations",
        "retrospectives",
        "path",
        "dashboard",
    ],
)
import_module("partners.declined.queries.sight")  # who sees declined requests
