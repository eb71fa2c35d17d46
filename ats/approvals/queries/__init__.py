"""What the pages of approvals show, each with a fixed number of queries."""

from ats.approvals.queries.chains import chain_lines, kind_labels, may_approve, organisations, own_chain
from ats.approvals.queries.requests import (
    RECENT,
    ApprovalPage,
    Since,
    Step,
    again,
    approval_page,
    asked_by,
    kind_label,
    latest_of,
    mine_to_decide,
    since,
    waiting_for,
)

__all__ = [
    "RECENT",
    "ApprovalPage",
    "Since",
    "Step",
    "again",
    "approval_page",
    "asked_by",
    "chain_lines",
    "kind_label",
    "kind_labels",
    "latest_of",
    "may_approve",
    "mine_to_decide",
    "organisations",
    "own_chain",
    "since",
    "waiting_for",
]
