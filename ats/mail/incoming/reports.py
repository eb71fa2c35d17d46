"""What a server reports of one recipient: the groups of fields of RFC 3464, wherever and however they stand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice
from typing import Any

from ats.mail.incoming import addresses, quoted, statuses
from ats.mail.incoming.parsing import own_parts, source
from ats.mail.incoming.quoted import Fields

STATUS_PARTS = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/xdelivery-status",
        "text/delivery-status",
    }
)
FAILED, DELAYED, ARRIVED = "failed", "delayed", "arrived"
BEGINNINGS = {
    FAILED: (
        "fail",
        "expire",
        "undeliver",
        "non-deliver",
        "reject",
        "refuse",
        "bounce",
        "error",
        "perm",
        "drop",
        "suppress",
    ),
    DELAYED: ("delay", "defer", "retr", "temp", "queue", "wait"),
    ARRIVED: ("deliver", "relay", "expand", "success", "sent", "accept"),
}
BY_CLASS = {"5": FAILED, "4": DELAYED, "2": ARRIVED}
RECIPIENT = ("original-recipient", "final-recipient", "x-actual-recipient")
LONGEST_REASON, MOST_RECIPIENTS = 500, 200


@dataclass(frozen=True)
class Said:
    """What became of a message for one recipient, in a server's words."""

    outcome: str
    recipient: str = ""
    status: str = ""
    reason: str = ""
    also: tuple[str, ...] = ()
    """Other names under which it may mean the same person: the next hop's, or as the address may be meant."""


def from_parts(message: Message) -> list[Said]:
    """What the parts made for machines say."""
    parts = [part for part in own_parts(message) if part.get_content_type() in STATUS_PARTS]
    return [said for part in parts for said in from_text(source(part))]


def from_text(text: str) -> list[Said]:
    """What such fields say that stand among words."""
    groups = (group for block in quoted.blocks(text) if not block.is_mail for group in _groups(block.fields))
    return [said for group in islice(groups, MOST_RECIPIENTS) if (said := _said(group))]


def _groups(fields: Fields) -> Iterator[dict[str, str]]:
    """A block is about one recipient; some servers leave out the empty line between two."""
    most = max((len(fields.get(name, [])) for name in RECIPIENT), default=0)
    for number in range(max(most, 1)):
        yield {name: values[min(number, len(values) - 1)] for name, values in fields.items()}


def _said(group: dict[str, str]) -> Said | None:
    names = tuple(
        dict.fromkeys(address for name in RECIPIENT for address in addresses.in_field(group.get(name, "")))
    )
    has_name = any(name in group for name in RECIPIENT)
    if not has_name and not ("action" in group and "status" in group):
        return None
    reason = " ".join(group.get("diagnostic-code", "").partition(";")[2].split()) or group.get(
        "diagnostic-code", ""
    )
    status = statuses.in_field(group.get("status", ""))
    outcome = _outcome(group.get("action", ""), status or statuses.in_field(reason))
    if not outcome:
        return None
    return Said(
        outcome,
        recipient=names[0] if names else "",
        status=statuses.exact(status, reason),
        reason=reason[:LONGEST_REASON],
        also=names[1:],
    )


def _outcome(action: str, status: str) -> str:
    word = action.strip().lower()
    for outcome, beginnings in BEGINNINGS.items():
        if word.startswith(beginnings):
            return outcome
    return BY_CLASS.get(status[:1], "")


# --- A notification of a mail service's, as JSON


COMPLAINED = "complained"
KINDS = {
    "bounce": "bouncedRecipients",
    "complaint": "complainedRecipients",
    "delivery": "recipients",
    "delay": "delayedRecipients",
}
OUTCOMES = {"bounce": FAILED, "complaint": COMPLAINED, "delivery": ARRIVED, "delay": DELAYED}


def from_json(text: str) -> tuple[list[Said], str]:
    """What a mail service reports through a notification that is mailed on, and the message's own id."""
    text = text.strip().replace("!\r\n ", "").replace("!\n ", "")
    if not text.startswith("{"):
        return [], ""
    try:
        content, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return [], ""
    if isinstance(content, dict) and isinstance(content.get("Message"), str):
        return from_json(content["Message"])
    return _of_json(content) if isinstance(content, dict) else ([], "")


def _of_json(content: dict[str, Any]) -> tuple[list[Said], str]:
    said: list[Said] = []
    for name, key in KINDS.items():
        about = content.get(name) or (content.get("deliveryDelay") if name == "delay" else None)
        rows = about.get(key) if isinstance(about, dict) else None
        for row in rows if isinstance(rows, list) else []:
            one = row if isinstance(row, dict) else {"emailAddress": row}
            reason = str(one.get("diagnosticCode", ""))
            names = addresses.in_field(str(one.get("emailAddress", "")))
            status = statuses.exact(statuses.in_field(str(one.get("status", ""))), reason)
            said.append(Said(OUTCOMES[name], names[0] if names else "", status, reason[:LONGEST_REASON]))
    mail = content.get("mail")
    heads = mail.get("headers") if isinstance(mail, dict) else None
    ids = [
        str(each.get("value", ""))
        for each in (heads if isinstance(heads, list) else [])
        if isinstance(each, dict) and str(each.get("name", "")).lower() == "message-id"
    ]
    return said, ids[0] if ids else ""
