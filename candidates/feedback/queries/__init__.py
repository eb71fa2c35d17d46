"""What pages of feedback show, and what is looked through before it leaves."""

from candidates.feedback.queries.evidence import OnCriterion, evidence_of
from candidates.feedback.queries.looking import look
from candidates.feedback.queries.page import (
    Page,
    application_for,
    as_sent,
    chosen,
    decline_begun,
    depth_of,
    drafts_of,
    given_in,
    letter_waits,
    page,
    put_together,
    refusal_of,
    request_of,
    rules_of,
)
from candidates.feedback.queries.portal import OfMine, of_mine
from candidates.feedback.queries.settings import by_organisation

__all__ = [
    "OfMine",
    "OnCriterion",
    "Page",
    "application_for",
    "as_sent",
    "by_organisation",
    "chosen",
    "decline_begun",
    "depth_of",
    "drafts_of",
    "evidence_of",
    "given_in",
    "letter_waits",
    "look",
    "of_mine",
    "page",
    "put_together",
    "refusal_of",
    "request_of",
    "rules_of",
]
