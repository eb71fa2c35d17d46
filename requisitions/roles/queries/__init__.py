"""Reading requisitions for their pages, with a fixed number of SQL queries each."""

from requisitions.roles.queries.listing import PAGE_SIZE, RequisitionFilter, Row, requisition_list
from requisitions.roles.queries.overview import (
    RELATED,
    Overview,
    get_requisition,
    known_applications,
    overview,
    with_way,
)

__all__ = [
    "PAGE_SIZE",
    "RELATED",
    "Overview",
    "RequisitionFilter",
    "Row",
    "get_requisition",
    "known_applications",
    "overview",
    "requisition_list",
    "with_way",
]
