"""What was read of somebody, beside what is known."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import QuerySet
from django.utils.translation import gettext as gettext_of_django

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.documents.models import Document
from candidates.people.models import AddressKind, Candidate
from candidates.resumes.domain import json_resume, standing
from candidates.resumes.domain.facts import Confidence, Fact, Facts, Stay
from candidates.resumes.domain.standing import Entry, Own
from candidates.resumes.models import KnownFact, KnownKind, ReadState, ResumeDraft, ResumeReading

VIEW, CHANGE = "candidates.view_candidate", "candidates.change_candidate"
SHOWN = 3
"""So many readings of one person are shown, the newest."""


KINDS: dict[str, Any] = {
    "name": gettext_lazy("Name"),
    "headline": gettext_lazy("Headline"),
    "place": gettext_lazy("Place"),
    "emails": gettext_lazy("E-mail"),
    "phones": gettext_lazy("Telephone"),
    "links": gettext_lazy("Link"),
    "languages": KnownKind.LANGUAGE.label,
    "skills": KnownKind.SKILL.label,
    "positions": KnownKind.POSITION.label,
    "education": KnownKind.EDUCATION.label,
}
SURELY: dict[str, Any] = {
    Confidence.SURE: gettext_lazy("Sure"),
    Confidence.LIKELY: gettext_lazy("Likely"),
    Confidence.GUESS: gettext_lazy("A guess"),
}
STANDS: dict[str, Any] = {
    standing.SAME: gettext_lazy("Known"),
    standing.TAKEN: gettext_lazy("Taken over"),
    standing.REFUSED: gettext_lazy("Refused"),
}


@dataclass(frozen=True)
class Line:
    """A fact as a row of the panel."""

    entry: Entry

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def standing(self) -> str:
        return self.entry.standing

    @property
    def own(self) -> str:
        return self.entry.own

    @property
    def is_open(self) -> bool:
        return self.entry.is_open

    @property
    def label(self) -> str:
        return str(KINDS[self.entry.kind])

    @property
    def text(self) -> str:
        fact = self.entry.fact
        if isinstance(fact, Stay):
            return ", ".join(filter(None, [fact.what, fact.where]))
        return language_name(fact.value) if self.entry.kind == "languages" else fact.value

    @property
    def beside(self) -> str:
        """A level, a time, a country."""
        fact = self.entry.fact
        if isinstance(fact, Stay):
            return _time(fact.start, fact.end, fact.current)
        return fact.more if self.entry.kind in {"languages", "place"} else ""

    @property
    def link(self) -> str:
        """Where it leads; it came from a stranger, so only addresses of the web do."""
        value = self.text
        return value if self.entry.kind == "links" and value.startswith(("https://", "http://")) else ""

    @property
    def confidence(self) -> str:
        return self.entry.fact.confidence.value

    @property
    def mark(self) -> str:
        """How sure it is, as long as somebody may decide; then how it stands."""
        if self.entry.can_be_refused:
            return str(SURELY[self.entry.fact.confidence])
        return str(STANDS[self.entry.standing])


@dataclass(frozen=True)
class KnownLine:
    """Something confirmed, as a row of the panel."""

    fact: KnownFact

    @property
    def pk(self) -> int:
        return self.fact.pk

    @property
    def label(self) -> str:
        return self.fact.get_kind_display()

    @property
    def text(self) -> str:
        if self.fact.kind == KnownKind.LANGUAGE:
            return language_name(self.fact.value)
        return ", ".join(filter(None, [self.fact.value, self.fact.where]))

    @property
    def beside(self) -> str:
        return self.fact.more or _time(self.fact.start, self.fact.end, self.fact.current)


def language_name(code: str) -> str:
    """In the language of who reads it; what is no code stays as it was written."""
    return (
        gettext_of_django(LANG_INFO[code]["name"])
        if code in LANG_INFO and "name" in LANG_INFO[code]
        else code
    )


def _time(start: str, end: str, current: bool) -> str:
    if not (start or end):
        return ""
    return f"{start or '?'} \u2013 {gettext('today') if current else end or '?'}"


@dataclass
class Shown:
    """A reading with each of its facts as it stands."""

    reading: ResumeReading
    entries: list[Entry]

    @cached_property
    def open(self) -> list[Line]:
        return [Line(each) for each in self.entries if each.can_be_refused]

    @cached_property
    def settled(self) -> list[Line]:
        return [Line(each) for each in self.entries if not each.can_be_refused]

    @property
    def number_sure(self) -> int:
        return len(list(standing.sure(self.entries)))


@dataclass(frozen=True)
class Panel:
    candidate: Candidate
    shown: list[Shown]
    known: list[KnownFact]
    may_change: bool

    @property
    def known_lines(self) -> list[KnownLine]:
        return [KnownLine(each) for each in self.known]

    @property
    def is_waiting(self) -> bool:
        return any(each.reading.state == ReadState.WAITING for each in self.shown)


def readings_of(candidate: Candidate, user: User) -> QuerySet[ResumeReading]:
    """The newest first; of files only those that `user` may open."""
    seen = Document.objects.visible_to(user).filter(candidate=candidate)
    rows = ResumeReading.objects.filter(candidate=candidate).select_related("document")
    return (rows.filter(document=None) | rows.filter(document__in=seen)).order_by("-created_at", "-pk")


def reading_for(user: User, reading_id: int) -> ResumeReading:
    """One reading, for somebody who may see the person and open the file."""
    people = Candidate.objects.visible_to(user)  # asked in one: nobody learns by how long it takes
    row = ResumeReading.objects.filter(pk=reading_id, candidate__in=people).first()
    if row is not None:
        candidate = get_for(Candidate.objects.without_words(), row.candidate_id, user=user, permission=VIEW)
        if readings_of(candidate, user).filter(pk=reading_id).exists():
            return row
    raise Missing(f"No reading with the number {reading_id} is visible.")


def panel(user: User, candidate_id: int) -> Panel:
    """What was read of somebody, for their page; a fixed number of queries."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=user, permission=VIEW)
    own = own_of(candidate)
    shown = [
        Shown(row, standing.entries(row.read, own, row.decided))
        for row in readings_of(candidate, user)[:SHOWN]
    ]
    known = list(candidate.known_facts.order_by("kind", "-current", "-start", "value", "pk"))
    may_change = user.has_perm(CHANGE, candidate) and candidate.anonymised_at is None
    return Panel(candidate, shown, known, may_change)


def own_of(candidate: Candidate) -> Own:
    """What is known of them, as it is compared."""
    further = list(candidate.further_addresses.all())
    emails = {each.key for each in further if each.kind == AddressKind.EMAIL}
    numbers = [each.value for each in further if each.kind == AddressKind.PHONE]
    return Own(
        name=f"{candidate.first_name} {candidate.last_name}".strip(),
        headline=candidate.headline,
        city=candidate.city,
        email=candidate.email,
        phone=candidate.phone,
        emails=frozenset(emails | ({candidate.email_key} if candidate.email_key else set())),
        phones=tuple(filter(None, [candidate.phone, *numbers])),
        links=tuple(candidate.links),
        known=frozenset(candidate.known_facts.values_list("kind", "key")),
    )


def draft_of(user: User, draft_id: int | None) -> ResumeDraft | None:
    """Their own, as long as it is there."""
    return ResumeDraft.objects.filter(pk=draft_id, by=user).first() if draft_id else None


def exported(user: User, candidate_id: int) -> dict[str, object]:
    """What is known of somebody, as JSON Resume: what they or a colleague said, and nothing that was only read."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=user, permission=VIEW)
    known = list(candidate.known_facts.order_by("-current", "-start", "value", "pk"))
    return json_resume.written(_facts(candidate, known))


def _english(code: str) -> str:
    """As programs read it: `German`."""
    return str(LANG_INFO.get(code, {}).get("name", code))


def _facts(candidate: Candidate, known: list[KnownFact]) -> Facts:
    sure = Confidence.SURE

    def many(kind: KnownKind) -> tuple[Fact, ...]:
        return tuple(Fact(each.value, sure, each.more) for each in known if each.kind == kind)

    def stays(kind: KnownKind) -> tuple[Stay, ...]:
        rows = [each for each in known if each.kind == kind]
        return tuple(
            Stay(each.where, each.value, sure, each.place, each.start, each.end, each.current)
            for each in rows
        )

    def one(value: str, more: str = "") -> Fact | None:
        return Fact(value, sure, more) if value else None

    return Facts(
        name=one(f"{candidate.first_name} {candidate.last_name}".strip()),
        headline=one(candidate.headline),
        place=one(candidate.city, candidate.country),
        emails=tuple(filter(None, [one(candidate.email)])),
        phones=tuple(filter(None, [one(candidate.phone)])),
        links=tuple(Fact(link, sure) for link in candidate.links),
        languages=tuple(Fact(_english(each.value), sure, each.more) for each in many(KnownKind.LANGUAGE)),
        skills=many(KnownKind.SKILL),
        positions=stays(KnownKind.POSITION),
        education=stays(KnownKind.EDUCATION),
    )
