"""The plan's panel stands on the page of its role."""

from requisitions.plan import readiness

__all__ = ["readiness"]
