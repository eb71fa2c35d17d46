"""What mail is for: each role with its placeholders and the words that ship with it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from pathlib import Path

from django.conf import settings

from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import MailKind


@dataclass(frozen=True, kw_only=True)
class Words:
    """Subject and body of a role in one language, in the placeholder language (see `render.py`).

    `claims`: what they say of the world, by the values of `Claim`. `language` is empty for what a person wrote
    for this reader.
    """

    subject: str
    body: str
    claims: frozenset[str] = frozenset()
    language: str = ""


class Reader(Enum):
    """Who reads a message, as the list of all messages calls them."""

    CANDIDATE = gettext_lazy("Candidates")
    PARTNER = gettext_lazy("Hiring managers and interviewers")
    COLLEAGUE = gettext_lazy("Colleagues")


@dataclass(frozen=True, kw_only=True)
class MailRole:
    """One purpose of mail.

    `placeholders` maps each name that its templates may use to a sample for the preview. `decision`: the
    message says how an application ended, or offers: it waits for the cool-off in which it can be taken
    back, and when its hand-over is cut it is not repeated but stops as *unknown*. `editable` roles can
    have an organisation's own words. `by_hand`: a person writes each message; the others say of themselves
    that Accord wrote them, so that absence notes do not answer. `secret`: it holds a link for its reader
    alone, which is shown to nobody and forgotten once the message has left. `purpose`: what the reader of
    relationship mail must have agreed to. `to_partner`: hiring managers or interviewers read it. `is_end`: it says
    that an application is over, with a no or because the candidate withdrew it.
    """

    name: str
    label: str
    placeholders: dict[str, str]
    words: dict[str, Words]
    kind: MailKind = MailKind.TRANSACTIONAL
    decision: bool = False
    editable: bool = True
    by_hand: bool = False
    secret: bool = False
    purpose: str = ""
    to_partner: bool = False
    is_end: bool = False
    links: frozenset[str] = field(default_factory=frozenset)
    """Placeholders whose value is an address of ours; `[Text]({{ link }})` on a line of its own is a button."""

    @property
    def reader(self) -> Reader:
        """Who reads it: whoever it may greet by a candidate's first name is a candidate."""
        if "candidate.first_name" in self.placeholders:
            return Reader.CANDIDATE
        return Reader.PARTNER if self.to_partner else Reader.COLLEAGUE


_roles: dict[str, MailRole] = {}


def declare(roles: Iterable[MailRole]) -> None:
    for role in roles:
        if role.name in _roles:
            raise ValueError(f"The mail role {role.name} is declared twice.")
        english = {code: replace(words, language=code) for code, words in role.words.items()}
        _roles[role.name] = replace(role, words=english | _translated(role.name))
    to_candidates.cache_clear()


def _translated(name: str) -> dict[str, Words]:
    """The words that ship with a role in other languages than English."""
    return {
        code: Words(subject=texts[name]["subject"], body=texts[name]["body"].strip(), language=code)
        for code, texts in _letters().items()
        if name in texts
    }


def bodies_of(name: str) -> dict[str, str]:
    """By language the words of this name that are no mail, such as the offer's letter."""
    return {code: texts[name]["body"].strip() for code, texts in _letters().items() if name in texts}


@cache
def _letters() -> dict[str, dict[str, dict[str, str]]]:
    """By language and role: `ats/locale/<language>/letters.toml`, and those to colleagues in `ats/staff_locale`."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for folder in settings.LOCALE_PATHS[:2]:
        for path in sorted(Path(folder).glob("*/letters.toml")):
            found.setdefault(path.parent.name, {}).update(tomllib.loads(path.read_text()))
    return found


def get(name: str) -> MailRole:
    """The role of that name; KeyError if nobody declared it."""
    return _roles[name]


def known() -> dict[str, MailRole]:
    return dict(_roles)


@cache
def to_candidates() -> frozenset[str]:
    """The roles of messages that a candidate reads; those to colleagues may be about one as well."""
    return frozenset(name for name, role in _roles.items() if role.reader is Reader.CANDIDATE)
