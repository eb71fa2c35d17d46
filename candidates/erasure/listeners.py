"""What the erasing gives to the floors below, once everything is loaded."""

from candidates.erasure.actions import again
from candidates.erasure.queries import listing

__all__ = ["again", "listing"]
