"""What the package declares, loaded when Django is ready."""

from ats.kernel import registry

registry.load(
    "partners", ["partnerships", "delegations", "intake", "alignment", "commitments", "checkins", "dashboard"]
)
