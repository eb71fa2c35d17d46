"""Offers at scale: made, sent and answered, in several versions; the letters themselves of a few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from ats.demo.scale.company import Seat
from ats.demo.words import Material
from candidates.hires.queries.facts import facts_of
from candidates.models import Application, HireRecord, Offer, OfferTerms
from candidates.offers.actions import fetch, keep_documents
from candidates.offers.domain import terms as terms_
from candidates.offers.models import NextState, OfferState
from candidates.offers.queries import letter
from requisitions.models import StageKind

SHARE = 0.01
"""So many offers to people still in play for each candidate; whoever was hired had one as well."""
LETTERS = 5
"""So many have their letters: to draw thousands would take longer than all the rest."""
MANY_VERSIONS = 8
ENDS = (OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN, OfferState.DRAFT)
BATCH = 1_000


@transaction.atomic
def add_offers(material: Material, seats: Sequence[Seat], *, candidates: int, now: datetime) -> int:
    """An offer to everybody who was hired, and to some of those who came as far; how many."""
    roles = {seat.requisition.pk: seat for seat in seats}
    rows = Application.objects.select_related(
        "candidate", "source", "opening", "requisition__organisation__calendar", "requisition__recruiter",
        "requisition__hiring_manager", "requisition__location", "requisition__department",
    ).filter(requisition__in=roles)  # fmt: skip
    ahead = rows.filter(state="active", stage__kind__in=[StageKind.OFFER, StageKind.INTERVIEW])
    ahead = ahead.order_by("-stage__position", "pk")[: max(10, int(candidates * SHARE))]
    writer = _Writer(material, now)
    for application in ahead:
        writer.ahead(application, roles[application.requisition_id])
    for application in rows.filter(state="hired", opening__isnull=False).order_by("pk").iterator(BATCH):
        writer.hired(application)
    return writer.write()


@dataclass
class _Writer:
    material: Material
    now: datetime
    offers: list[tuple[Offer, list[OfferTerms]]] = field(default_factory=list)
    offered: set[int] = field(default_factory=set)

    def ahead(self, application: Application, seat: Seat) -> None:
        """With them where their role's seat is still free, the first of all in many versions; else over."""
        chance, now = self.material.random, self.now
        if not seat.live:
            return
        if seat.opening.pk in self.offered:
            state, sent_at = chance.choice(ENDS), now - timedelta(days=chance.uniform(8, 40))
        else:
            state, sent_at = OfferState.SENT, now - timedelta(days=chance.uniform(0.1, 2))
            self.offered.add(seat.opening.pk)
        versions = MANY_VERSIONS if not self.offers else chance.randint(1, 3)
        offer = self._offer(application, seat.opening.pk, state, sent_at)
        self._add(offer, versions)
        if state == OfferState.SENT and versions > 2:
            # The one before the last is with them, after another one; the last is in the making.
            offer.number, offer.next_number = versions - 1, versions
            offer.next_state, offer.next_days = NextState.DRAFT, 5
            offer.renewed_from, offer.renewed_at = versions - 2, sent_at

    def hired(self, application: Application) -> None:
        decided = application.decided_at
        assert application.opening_id is not None
        assert decided is not None
        offer = self._offer(application, application.opening_id, OfferState.ACCEPTED, decided)
        self._add(offer, self.material.random.randint(1, 3))

    def _offer(self, application: Application, opening: int, state: OfferState, sent_at: datetime) -> Offer:
        draft, over = state == OfferState.DRAFT, state not in {OfferState.DRAFT, OfferState.SENT}
        return Offer(
            application=application,
            opening_id=opening,
            state=state,
            made_by=application.requisition.recruiter,
            sent_at=None if draft else sent_at,
            expires_at=None if draft else sent_at + timedelta(days=7),
            settled_at=sent_at + timedelta(days=2) if over else None,
            end_reason="The pay is not what they had hoped for." if state == OfferState.DECLINED else "",
        )

    def _add(self, offer: Offer, versions: int) -> None:
        offer.number = versions
        self.offers.append((offer, list(self._versions(offer, versions))))

    def _versions(self, offer: Offer, count: int) -> Iterator[OfferTerms]:
        chance, requisition = self.material.random, offer.application.requisition
        made_at = (offer.sent_at or self.now) - timedelta(days=count)
        pay = Decimal(requisition.pay_min or 50_000) + 500 * chance.randint(0, 8)
        before = None
        for number in range(1, count + 1):
            terms = OfferTerms(
                offer=offer,
                number=number,
                starts_on=(made_at + timedelta(days=90)).date(),
                made_by=offer.made_by,
                made_at=made_at + timedelta(hours=number),
                bonus="A signing bonus of 2,000" if number > 2 else "",
                custom=[{"label": "Holiday", "text": "30 days a year"}],
                letter=letter.SHIPPED,
                **_of_role(requisition) | {"pay": pay + 500 * (number - 1)},
            )
            terms.changes = terms_.changes(before, terms) if before else []
            before = terms
            yield terms

    def write(self) -> int:
        Offer.objects.bulk_create((offer for offer, _ in self.offers), batch_size=BATCH)
        every = [terms for _, versions in self.offers for terms in versions]
        OfferTerms.objects.bulk_create(every, batch_size=BATCH)
        HireRecord.objects.bulk_create(
            (
                _hire(offer, versions[-1])
                for offer, versions in self.offers
                if offer.state == OfferState.ACCEPTED
            ),
            batch_size=BATCH,
        )
        with_them = [offer.pk for offer, _ in self.offers if offer.state == OfferState.SENT][:LETTERS]
        for offer in fetch.rows().filter(pk__in=with_them).order_by("pk"):
            keep_documents.keep_letter(offer, fetch.current(offer), now=self.now)
        return len(self.offers)


def _of_role(requisition: Any) -> dict[str, Any]:
    given = terms_.suggested(requisition)
    return {
        name: given[name]
        for name in ("pay_currency", "pay_period", "employment_type", "remote_mode", "place")
    }


def _hire(offer: Offer, terms: OfferTerms) -> HireRecord:
    application = offer.application
    return HireRecord(
        application=application,
        offer=offer,
        opening_id=offer.opening_id,
        state="started",
        starts_on=terms.starts_on,
        facts=facts_of(application, offer=offer, terms=terms),
        exported_at=offer.settled_at,
    )
