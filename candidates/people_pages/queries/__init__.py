"""Finding people, and everything that is known about one of them."""

from candidates.people_pages.queries.adding import alike, open_to, to_filter_by
from candidates.people_pages.queries.beside import beside
from candidates.people_pages.queries.counts import counts
from candidates.people_pages.queries.listing import (
    COUNTED,
    People,
    PeopleFilter,
    found,
    people,
    selected,
    those,
)
from candidates.people_pages.queries.person import leads_to, person

__all__ = [
    "COUNTED",
    "People",
    "PeopleFilter",
    "alike",
    "beside",
    "counts",
    "found",
    "leads_to",
    "open_to",
    "people",
    "person",
    "selected",
    "those",
    "to_filter_by",
]
