"""Finding people by their names, addresses, numbers and words."""

from candidates.people.queries.matching import COUNTED, counted, matching, tidied
from candidates.people.queries.nearly import nearly
from candidates.people.queries.ranked import MOST, Ranked, ranked, sees_nearly_all

__all__ = [
    "COUNTED",
    "MOST",
    "Ranked",
    "counted",
    "matching",
    "nearly",
    "ranked",
    "sees_nearly_all",
    "tidied",
]
