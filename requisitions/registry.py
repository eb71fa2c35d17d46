"""What the package declares, loaded when Django is ready."""

from ats.common import slices

slices.load("requisitions", ["wording", "roles", "pipeline", "plan", "posts", "careers"])
