"""What the package declares, loaded when Django is ready."""

from ats.common import slices

slices.load("requisitions", ["roles", "pipeline", "posts", "careers"])
