"""Finding people by their names, addresses, numbers and words."""

from candidates.people.queries.matching import COUNTED, Found, counted, found, matching, tidied
from candidates.people.queries.nearly import nearly
from candidates.people.queries.ranked import MOST, Ranked, ranked

__all__ = ["COUNTED", "MOST", "Found", "Ranked", "counted", "found", "matching", "nearly", "ranked", "tidied"]
