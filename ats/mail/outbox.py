"""Putting messages into the outbox, and taking them out again before they leave."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from ats.duework.tasks import hurry
from ats.kernel import writing
from ats.kernel.kept import OWN, kept, retold
from ats.kernel.languages import recorded, speaking
from ats.kernel.prepared import Prepared
from ats.mail import roles, settling
from ats.mail.models import (
    MailAttachment,
    MailState,
    MailTemplate,
    OutgoingMail,
    SuppressedAddress,
    SuppressionReason,
)
from ats.mail.render import CONTROL, HOUSE, Brand, Rendered, one_line, render
from ats.mail.roles import MailRole, Words
from ats.organisation.models import HiringOrganisation
from ats.web.colour import worn

LANE = "mail"
OF_PEOPLE = OWN | {"message", "ip", "device", "code"}
"""The last part of a placeholder whose value is a name, or what a person wrote."""
LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x20\x7f]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class To:
    """Who gets a message, and from whom it comes in the reader's eyes."""

    address: str
    name: str = ""
    from_name: str = ""
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message that is ready to be put into the outbox (see `queue`)."""

    to: To
    message: Rendered
    key: str
    not_before: datetime | None = None
    not_after: datetime | None = None
    about: Mapping[str, int] = field(default_factory=dict)
    in_reply_to: OutgoingMail | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


_own_words = Prepared(
    lambda *, role, one, other: MailTemplate.objects.filter(role=role, language__in=[one, other])
)
"""Words of a role that people wrote, in two languages."""


def words_for(role: MailRole, *, organisation: HiringOrganisation | None, language: str) -> Words:
    """The organisation's own words, else the house's, else those that ship.

    Each in this language where there are any, else in the organisation's first: own words that nobody has
    translated are still what the organisation says. `Words.language` tells which it is.
    """
    tongues = (language, organisation.language if organisation else settings.LANGUAGE_CODE)
    own = {
        (template.organisation_id, template.language): template
        for template in _own_words(role=role.name, one=tongues[0], other=tongues[1])
        if template.organisation_id in {None, organisation.pk if organisation else None}
    }
    for owner in (organisation.pk if organisation else None, None):
        for tongue in tongues:
            if template := own.get((owner, tongue)):
                claims = frozenset(template.claims)
                return Words(
                    subject=template.subject, body=template.body, claims=claims, language=template.language
                )
    return next(role.words[tongue] for tongue in (*tongues, "en") if tongue in role.words)


def write(
    role_name: str,
    *,
    values: Mapping[str, str],
    organisation: HiringOrganisation | None,
    language: str = "en",
) -> Rendered:
    """The rendered message of a role, as a preview shows it and as it would leave."""
    role = roles.get(role_name)
    words = words_for(role, organisation=organisation, language=language)
    return filled(role, words, values, organisation=organisation, reader=language)


def filled(
    role: MailRole,
    words: Words,
    values: Mapping[str, str],
    *,
    organisation: HiringOrganisation | None = None,
    reader: str,
) -> Rendered:
    """These words with these values, for who reads this language."""
    with speaking(words.language):
        if role.reader is not roles.Reader.CANDIDATE:  # what is put together for colleagues is English
            values = {
                name: value if name.rpartition(".")[2] in OF_PEOPLE else retold(str(value))
                for name, value in values.items()
            }
        return render(role, words, values, brand_of(organisation), reader=reader)


def brand_of(organisation: HiringOrganisation | None) -> Brand:
    """How a message of this organisation looks."""
    if organisation is None:
        return HOUSE
    fill, ink, text = worn(organisation.colour)
    logo = f"{settings.BASE_URL}{organisation.logo_url}" if organisation.logo else ""
    return Brand(name=organisation.name, fill=fill, ink=ink, text=text, logo=logo)


def queue(
    role_name: str,
    *,
    to: To,
    message: Rendered,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    about: Mapping[str, int] | None = None,
    attachments: Iterable[Attachment] = (),
    in_reply_to: OutgoingMail | None = None,
    headers: Mapping[str, str] | None = None,
) -> OutgoingMail:
    """Put a message into the outbox, in the caller's transaction; the same `key` gives the same message.

    A decision waits at least for the cool-off. After `not_after` it does not leave any more. Without an
    address, or to one that refuses mail, the message is kept as *withheld*, for a person to see.
    """
    role = roles.get(role_name)
    letter = Letter(
        to=to,
        message=message,
        key=key,
        not_before=not_before,
        not_after=not_after,
        about=about or {},
        in_reply_to=in_reply_to,
        headers=headers or {},
    )
    fields = _fields(role, letter, fate(to.address, role.kind), now)
    mail, created = OutgoingMail.objects.get_or_create(idempotency_key=key, defaults=fields)
    if created:
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=mail, **vars(attachment)) for attachment in attachments
        )
        settling.tell_undelivered([mail], now)
        if mail.not_before <= now:
            hurry(LANE)
    return mail


def queue_many(role_name: str, letters: Sequence[Letter], *, now: datetime) -> list[OutgoingMail]:
    """`queue` for many messages of one role, in a fixed number of statements; in the order given.

    Nobody else may be about to queue the same keys: the caller holds a lock on what they stand for.
    """
    role = roles.get(role_name)
    keys = [letter.key for letter in letters]
    mails = {mail.idempotency_key: mail for mail in OutgoingMail.objects.filter(idempotency_key__in=keys)}
    fates = _fates([letter.to.address for letter in letters], role.kind)
    fresh = {
        letter.key: OutgoingMail(
            idempotency_key=letter.key, **_fields(role, letter, fates[letter.to.address], now)
        )
        for letter in letters
        if letter.key not in mails
    }
    if fresh:
        writing.insert(*fresh.values())
    settling.tell_undelivered(list(fresh.values()), now)
    if any(mail.not_before <= now for mail in fresh.values()):
        hurry(LANE)
    mails |= fresh
    return [mails[key] for key in keys]


def _fields(role: MailRole, letter: Letter, fate_: tuple[str, str], now: datetime) -> dict[str, Any]:
    """A message of this role as its row has it."""
    earliest = now + timedelta(minutes=settings.MAIL_DECISION_COOL_OFF_MINUTES) if role.decision else now
    to, message = letter.to, letter.message
    return {
        "role": role.name,
        "kind": role.kind,
        "state": fate_[0],
        "last_error": fate_[1],
        "to": to.address if _is_address(to.address) else "",
        "to_name": one_line(to.name)[:200],
        "from_name": one_line(to.from_name)[:200],
        "reply_to": to.reply_to if _is_address(to.reply_to) else "",
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "headers": dict(letter.headers),
        "in_reply_to": letter.in_reply_to,
        "repeatable": not role.decision,
        "not_before": max(earliest, letter.not_before or now),
        "not_after": letter.not_after,
        **letter.about,
    }


def _is_address(address: str) -> bool:
    """An address of the usual form; its name may have letters of any script (RFC 6531)."""
    local, _, domain = address.rpartition("@")
    if not local.isascii() and LOCAL.fullmatch(local):
        address = f"x@{domain}"
    try:
        validate_email(address)
    except ValidationError:
        return False
    return not CONTROL.search(address)


def fate(address: str, kind: str) -> tuple[str, str]:
    """Whether a message may leave, and if not, why."""
    return _fates([address], kind)[address]


def _fates(addresses: Sequence[str], kind: str) -> dict[str, tuple[str, str]]:
    """`fate` for many addresses, in one query."""
    suppressed = {
        row.key: row
        for row in SuppressedAddress.objects.annotate(key=Lower("address")).filter(
            key__in={address.lower() for address in addresses}, kind__in=["", kind]
        )
    }
    found: dict[str, tuple[str, str]] = {}
    for address in addresses:
        if not address:
            found[address] = MailState.WITHHELD, "There is no address to write to."
        elif not _is_address(address):
            found[address] = MailState.WITHHELD, "The address cannot be right."
        elif row := suppressed.get(address.lower()):
            why = recorded(SuppressionReason(row.reason).label).lower()
            found[address] = MailState.WITHHELD, kept(f"Nothing is sent to this address: {why}.")
        else:
            found[address] = MailState.QUEUED, ""
    return found


def cancel(*, roles_: Iterable[str] | None = None, now: datetime, **about: Any) -> int:
    """Take back what has not begun to leave; how many messages that were.

    A decision that changes takes its waiting message with it:
    `cancel(roles_=DECISIONS, application_id=..., now=now)`.
    """
    waiting = OutgoingMail.objects.filter(state__in=[MailState.QUEUED, MailState.DRAFT], **about)
    if roles_ is not None:
        waiting = waiting.filter(role__in=list(roles_))
    return waiting.update(state=MailState.CANCELLED, updated_at=now)
