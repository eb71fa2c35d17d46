"""What is meant while somebody types, and what is found all over."""

from candidates.finding.queries.everywhere import everywhere
from candidates.finding.queries.suggesting import suggestions

__all__ = ["everywhere", "suggestions"]
