"""Messages as they would leave, before they do."""

from dataclasses import dataclass
from datetime import datetime

from ats.mail import outbox, roles
from ats.mail.render import Rendered
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application, DispositionReason
from candidates.compose import letters
from candidates.messages.actions import ROLE as CONVERSATION
from candidates.messages.queries import substance

SAMPLE_LINK = "(the link to their page)"


@dataclass(frozen=True)
class Starter:
    """Words to begin a message with."""

    name: str
    label: str


def starters() -> list[Starter]:
    """The templates that a person may begin a message of their own with."""
    return [Starter(role.name, role.label) for role in substance.starters()]


def started(application: Application, name: str) -> tuple[str, str]:
    """Subject and words of a template for this candidate, to be written on.

    The template of a message of one's own is a greeting and a signature: between them is room to write.
    """
    name = name if name in {row.name for row in starters()} else CONVERSATION
    subject, body = letters.preview(name, application=application)
    greeting, gap, rest = body.partition("\n\n")
    return subject, f"{greeting}{gap * 2}{rest}" if name == CONVERSATION else body


def words_to_many(organisation: HiringOrganisation, role: str) -> tuple[str, str]:
    """Subject and words of a role with their placeholders, which are filled in for each of many."""
    words = outbox.words_for(roles.get(role), organisation=organisation, language="en")
    blocks = [block for block in words.body.split("\n\n") if not letters.PORTAL.search(block)]
    return words.subject, "\n\n".join(blocks)


def as_sent(
    application: Application,
    *,
    role: str,
    subject: str,
    body: str,
    now: datetime,
    reason: DispositionReason | None = None,
) -> Rendered:
    """The message exactly as it would leave, except that no link is made for it."""
    extra = {"reason": reason.candidate_text if reason else ""}
    return letters.write(
        role,
        application=application,
        words=letters.own_words(subject, body, gaps_meant=True),
        extra=extra,
        link=SAMPLE_LINK,
        now=now,
    )
