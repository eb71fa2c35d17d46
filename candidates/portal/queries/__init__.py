"""The portal's reads: a fixed number of queries, however long somebody's history is."""

from candidates.portal.queries.page import (
    MANY,
    OF_A_DOCUMENT,
    OF_AN_APPLICATION,
    RECORDED,
    THERE,
    Portal,
    T,
    application_of,
    document_of,
    open_application_of,
    portal_of,
)

__all__ = [
    "MANY",
    "OF_AN_APPLICATION",
    "OF_A_DOCUMENT",
    "RECORDED",
    "THERE",
    "Portal",
    "T",
    "application_of",
    "document_of",
    "open_application_of",
    "portal_of",
]
