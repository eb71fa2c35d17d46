"""A candidate's offers as they may see them: from the moment in which one has reached them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from ats.kernel.errors import Missing
from ats.kernel.languages import name_of, spoken
from ats.kernel.prepared import Prepared
from candidates.applications.models import Application
from candidates.hires.models import HireRecord
from candidates.offers.actions import fetch, keep_documents, set_clocks
from candidates.offers.actions.answer import OVER
from candidates.offers.domain import pdf
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferState, OfferTerms
from candidates.offers.queries import letter
from candidates.people.models import Candidate
from candidates.portal.queries.status import is_untold


class NotYetTold(Missing):
    """It was theirs, and is not shown: it was taken back before it came, or its end is not told yet."""


@dataclass(frozen=True)
class OfferCard:
    """An offer on the status page."""

    id: int
    state: str
    until: datetime | None
    is_late: bool
    is_renewed: bool

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.SENT and not self.is_late

    @property
    def is_signed(self) -> bool:
        return self.state == OfferState.ACCEPTED


def cards(
    candidate: Candidate, applications: Iterable[Application], *, now: datetime
) -> dict[int, OfferCard]:
    """The last offer of each of these applications of theirs that the candidate knows of."""
    known = {one.pk: one for one in applications}
    return {
        row.application_id: OfferCard(
            row.pk,
            row.state,
            row.expires_at,
            is_late=row.expires_at is not None and row.expires_at <= now,
            is_renewed=row.renewed_at is not None,
        )
        for row in _sent(candidate=candidate.pk, now=now)
        if row.application_id in known and _is_shown(row, known[row.application_id])
    }


@Prepared
def _sent(*, candidate: int, now: datetime) -> QuerySet[Offer]:
    rows = Offer.objects.filter(application__candidate=candidate, sent_at__lte=now)
    rows = rows.only("application_id", "state", "expires_at", "settled_at", "sent_at", "renewed_at")
    return rows.order_by("application_id", "-pk").distinct("application_id")


def _is_shown(offer: Offer, application: Application) -> bool:
    """One taken back before it reached them never was; one that went with a decision goes when that is told."""
    never = offer.settled_at is not None and offer.sent_at is not None and offer.settled_at < offer.sent_at
    return not never and not (offer.state == OfferState.WITHDRAWN and is_untold(application))


@dataclass(frozen=True)
class Fact:
    """One of the terms, and the languages that its label and its text are in; empty: that of the page."""

    label: str
    text: str
    label_language: str
    language: str


@dataclass(frozen=True)
class Part:
    """A paragraph of the letter, or a list."""

    lines: list[str]
    is_list: bool = False


@dataclass(frozen=True)
class OfferOfMine:
    """The page of one offer."""

    offer: Offer
    terms: OfferTerms
    sha256: str
    before: OfferTerms | None
    """What they had been offered before this version took its place."""
    now: datetime

    @property
    def facts(self) -> list[Fact]:
        tongue = self.terms.tongue
        return [
            Fact(
                label,
                text,
                tongue if name == "custom" else "",
                tongue if name in terms_.TYPED else "",
            )
            for name, label, text in terms_.rows(self.terms)
        ]

    @property
    def other_language(self) -> str:
        """What the letter's language is called, where it is another one than the page's."""
        return "" if self.terms.tongue == spoken() else name_of(self.terms.tongue)

    @property
    def changes(self) -> list[str]:
        """What is other than in the version that they had."""
        return terms_.changes(self.before, self.terms, internal=False) if self.before else []

    @property
    def over(self) -> str:
        """Why it can no longer be answered, kindly; empty while it can."""
        if self.offer.state in OVER:
            return str(OVER[self.offer.state])
        late = self.offer.expires_at is not None and self.offer.expires_at <= self.now
        return str(OVER[OfferState.EXPIRED]) if late else ""

    @property
    def may_start(self) -> bool:
        """Whether who accepts now can begin on the day that the letter names."""
        return set_clocks.first_day(self.offer, self.terms, self.now) is not None

    @cached_property
    def day_by(self) -> datetime | None:
        """By when a first day is agreed with them, once they have accepted and there is none."""
        hires = HireRecord.objects.filter(offer=self.offer, starts_on=None, ended_at=None)
        return hires.values_list("day_by", flat=True).first()

    @property
    def words(self) -> list[Part]:
        """The letter's paragraphs and lists, in the language of the letter whoever reads it."""
        found = []
        for part in pdf.parts(letter.written(self.offer, self.terms)):
            if isinstance(part, pdf.Terms):
                found.append(Part([f"{label}: {text}" for label, text in part.rows], is_list=True))
            elif isinstance(part, pdf.Points):
                found.append(Part([item.removeprefix(pdf.BULLET) for item in part.items], is_list=True))
            else:
                found.append(Part([part]))
        return found


def offer_of(candidate: Candidate, offer_id: int, *, now: datetime) -> OfferOfMine:
    """This candidate's offer, once it has reached them; `Missing` if it is another's, or nobody's.

    `NotYetTold` while the letter that ends it is still on its way.
    """
    offer = fetch.rows().filter(pk=offer_id, application__candidate=candidate, sent_at__lte=now).first()
    if offer is None:
        raise Missing(f"Candidate {candidate.pk} has no offer {offer_id}.")
    if not _is_shown(offer, offer.application):
        raise NotYetTold(f"Candidate {candidate.pk} is not told yet what became of offer {offer_id}.")
    kept = keep_documents.letter_of(offer)
    versions = {row.number: row for row in offer.terms.filter(number__in=[offer.number, offer.renewed_from])}
    return OfferOfMine(
        offer=offer,
        terms=versions[offer.number],
        sha256=kept.sha256 if kept else "",
        before=versions.get(offer.renewed_from or 0),
        now=now,
    )


def document_of(offer: Offer, kind: str) -> bytes:
    kept = offer.documents.filter(kind=kind, number=offer.number).first()
    if kept is None:
        raise Missing("There is no such letter.")
    return keep_documents.bytes_of(kept)
