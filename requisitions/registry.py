"""What the package declares, loaded when Django is ready."""

from ats.kernel import registry

registry.load("requisitions", ["wording", "roles", "pipeline", "interview_plan", "posts", "careers"])
