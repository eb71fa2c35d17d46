"""What was read beside what is known: the same, something new, or something else. A person's own entries win."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from candidates.people.domain import phones
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key
from candidates.resumes.domain import data, skills
from candidates.resumes.domain.contact import link_key
from candidates.resumes.domain.facts import Confidence, Fact, Facts, Stay

NEW, FURTHER, SAME, DIFFERS, TAKEN, REFUSED = "new", "further", "same", "differs", "taken", "refused"
"""`NEW` and `FURTHER` can be taken over, `FURTHER` beside what they have; `DIFFERS` is only shown."""
KNOWN_KINDS = {"skills": "skill", "languages": "language", "positions": "position", "education": "education"}


@dataclass(frozen=True)
class Own:
    """What is known of somebody, as it is compared."""

    name: str = ""
    headline: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    emails: frozenset[str] = frozenset()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    known: frozenset[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Entry:
    """A fact and how it stands; `own` is what they have instead, or already beside it."""

    key: str
    kind: str
    fact: Fact | Stay
    standing: str
    own: str = ""

    @property
    def is_open(self) -> bool:
        return self.standing in {NEW, FURTHER}

    @property
    def is_sure(self) -> bool:
        return self.fact.confidence is Confidence.SURE

    @property
    def can_be_refused(self) -> bool:
        return self.is_open or self.standing == DIFFERS


def key_of(kind: str, fact: Fact | Stay) -> str:
    """The same for the same fact, whenever it is read."""
    return f"{kind}-{compared(kind, fact)[:16]}"


def compared(kind: str, fact: Fact | Stay) -> str:
    """A digest of what makes two facts one."""
    if isinstance(fact, Stay):
        said = "|".join((data.plain(fact.what), data.plain(fact.where), fact.start[:4]))
    elif kind == "skills":
        said = skills.compared(skills.canonical(fact.value))
    elif kind == "phones":
        said = fact.more or phones.digits_of(fact.value)
    elif kind == "links":
        said = link_key(fact.value)
    else:
        said = data.plain(fact.value) if kind != "emails" else email_key(fact.value)
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def entries(facts: Facts, own: Own, decided: Mapping[str, str]) -> list[Entry]:
    """Each fact once, as it stands."""
    found: dict[str, Entry] = {}
    for name, fact in facts.each():
        kind = name.split("-")[0]
        key = key_of(kind, fact)
        if key in found:
            continue
        standing, beside = _standing(kind, fact, own)
        if standing != SAME and decided.get(key) in {TAKEN, REFUSED}:
            standing = decided[key]
        found[key] = Entry(key, kind, fact, standing, beside)
    return list(found.values())


def _standing(kind: str, fact: Fact | Stay, own: Own) -> tuple[str, str]:
    if isinstance(fact, Stay) or kind in KNOWN_KINDS:
        return (SAME if (KNOWN_KINDS[kind], compared(kind, fact)) in own.known else NEW), ""
    if kind == "emails":
        key = email_key(fact.value)
        return (SAME if key in own.emails else FURTHER if own.emails else NEW), own.email
    if kind == "phones":
        same = any(is_same_number(fact, each) for each in own.phones)
        return (SAME if same else FURTHER if own.phones else NEW), own.phone
    if kind == "links":
        theirs = {link_key(each) for each in own.links}
        return (SAME if link_key(fact.value) in theirs else NEW), ""
    return _single(kind, fact, own)


def _single(kind: str, fact: Fact, own: Own) -> tuple[str, str]:
    """What somebody has once: a name, a headline, a place."""
    theirs = {"name": own.name, "headline": own.headline, "place": own.city}[kind]
    if not theirs:
        return NEW, ""
    if kind == "name":
        same = set(name_key(fact.value, "").split()) == set(name_key(theirs, "").split())
    else:
        same = data.plain(fact.value) == data.plain(theirs)
    return (SAME if same else DIFFERS), theirs


def is_same_number(fact: Fact, other: str) -> bool:
    """Numbers are one with their country or without."""
    return phones.is_one(phones.digits_of(fact.more or fact.value), phones.digits_of(other))


def sure(found: list[Entry]) -> Iterator[Entry]:
    """Those that are taken over at once with all that are sure."""
    return (each for each in found if each.is_open and each.is_sure)
