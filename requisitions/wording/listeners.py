"""What the floors below ask: whether a text may be kept. Here, so that every process answers, one without pages too."""

from requisitions.wording.queries import lawful

__all__ = ["lawful"]
