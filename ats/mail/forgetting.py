"""Links for a reader alone: once the message has left, they are nobody else's to find."""

from ats.mail import roles
from ats.mail.keys import without_keys
from ats.mail.models import OutgoingMail

GONE = "/…/"
FORGOTTEN = "This message held a link for its reader alone; it is not kept."
PURGED = "The words of this message are kept no longer."
"""After their years (`ats.retention.terms`)."""


def forgotten(mail: OutgoingMail) -> dict[str, str]:
    """A link for its reader alone is nobody else's to find in the outbox."""
    role = roles.known().get(mail.role)
    if role is not None and role.secret:
        return {"text": FORGOTTEN, "html": ""}
    if role is None or not role.links:
        return {}
    return {"text": without_keys(mail.text), "html": without_keys(mail.html)}


def holds_forgotten(mail: OutgoingMail) -> bool:
    """Whether something of the message is no longer there: a link for its reader alone, or all its words."""
    return mail.text in {FORGOTTEN, PURGED} or GONE in mail.text
