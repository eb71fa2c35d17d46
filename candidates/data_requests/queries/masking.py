"""What of a row somebody may know: a decision exists for them from the moment in which they are told of it."""

from typing import Any

from candidates.compose import letters

Row = dict[str, Any]
DECIDED = ("rejected", "hired")


def application_as_told(row: Row) -> Row:
    """Before they are told it is as it was before the decision."""
    if row["state"] not in DECIDED or row["told_at"] is not None:
        return row
    hidden = {"state": "active", "decided_at": None, "starts_on": None, "reason_note": ""}
    return row | hidden | {"reason__candidate_text": None, "stage__candidate_name": "", "stage__kind": ""}


def promise_as_told(row: Row) -> Row:
    """A debt has no date for them."""
    return row | {"due_at": None} if row["kind"] == "debt" else row


def mail_as_told(row: Row) -> Row:
    """Without the links in it that open something for whoever has them."""
    return row | {"text": letters.without_button(row["text"])}
