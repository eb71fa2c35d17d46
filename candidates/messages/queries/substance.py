"""What a message of ours holds: a person's own words, a complete template, or a text with a gap."""

from typing import TYPE_CHECKING

from ats.mail import roles
from candidates.compose import gaps, letters
from candidates.messages.models import Substance

if TYPE_CHECKING:
    from candidates.applications.models import Application


def starters() -> list[roles.MailRole]:
    """The templates that a person may begin a message of their own with."""
    return [role for name, role in roles.known().items() if _begins(role, name)]


def _begins(role: roles.MailRole, name: str) -> bool:
    return name.startswith("conversation.") and role.placeholders == letters.CANDIDATE


def of(body: str, *, application: "Application") -> Substance:
    """Of a message as it leaves, with its placeholders filled in."""
    if gaps.gaps(body, signature=letters.signature_of(application)):
        return Substance.GAP
    templates = [letters.preview(role.name, application=application)[1] for role in starters()]
    return Substance.OWN if gaps.own_words(body, templates) else Substance.TEMPLATE
