"""What the pages of offers show, each with a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ats.accounts.models import User
from ats.approvals import queries as approvals
from ats.approvals.models import ApprovalRequest
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.languages import name_of
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.applications.actions import fetch as applications
from candidates.applications.models import Application
from candidates.matters.queries import Point, points_of
from candidates.offers import workflow
from candidates.offers.actions import ask_approval, fetch, keep_documents, write_terms
from candidates.offers.domain import pdf
from candidates.offers.domain import terms as terms_
from candidates.offers.domain.pay import Standing, standing
from candidates.offers.models import (
    Offer,
    OfferDocument,
    OfferLetterTemplate,
    OfferState,
    OfferTerms,
    Signature,
)
from candidates.offers.queries import letter
from requisitions.roles.domain.pay import in_words

VIEW = "candidates.view_offer"


@dataclass(frozen=True)
class Close:
    """What is beside an offer while it is written: why this person would want it, honestly."""

    application: Application

    @property
    def matters(self) -> str:
        return self.application.matters

    @cached_property
    def points(self) -> list[Point]:
        return points_of(self.application)

    @property
    def role(self) -> str:
        return self.application.requisition.value_proposition

    @property
    def outcomes(self) -> str:
        return self.application.requisition.outcomes

    @property
    def hard_part(self) -> str:
        return self.application.requisition.hard_part

    @property
    def organisation(self) -> str:
        return self.application.requisition.organisation.value_proposition

    @property
    def range(self) -> str:
        return in_words(self.application.requisition)


@dataclass(frozen=True)
class OfferPage:
    offer: Offer
    versions: list[OfferTerms]
    documents: list[OfferDocument]
    approval: ApprovalRequest | None
    close: Close
    signature: Signature | None
    hire: int | None
    """The number of the hire that it led to."""
    may_make: bool
    may_send: bool
    now: datetime

    @property
    def terms(self) -> OfferTerms:
        return next(row for row in self.versions if row.number == self.offer.number)

    @property
    def next(self) -> OfferTerms | None:
        """The version in the making, while another one is with the candidate."""
        return next((row for row in self.versions if row.number == self.offer.next_number), None)

    @property
    def worked_on(self) -> OfferTerms:
        """The version that is the next thing to do something about."""
        return self.next or self.terms

    @property
    def worked_on_days(self) -> int:
        return self.offer.days_of(self.worked_on.number)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return terms_.facts(self.terms)

    @property
    def letter_language(self) -> str:
        """What the language of the letter is called."""
        return name_of(self.worked_on.tongue)

    @property
    def reader_language(self) -> str:
        """What the language of its reader is called, where the letter is in another one."""
        reads = self.offer.application.candidate.language
        return "" if reads == self.worked_on.tongue else name_of(reads)

    @property
    def next_facts(self) -> list[tuple[str, str]]:
        return terms_.facts(self.next) if self.next else []

    @property
    def next_changes(self) -> list[str]:
        """What is other in it than in what the candidate has."""
        if self.next is None:
            return []
        days = write_terms.other_days(self.offer.valid_days, self.worked_on_days)
        return terms_.changes(self.terms, self.next) + days

    @property
    def standing(self) -> Standing | None:
        return where(self.offer.application, self.worked_on)

    @property
    def may_change(self) -> bool:
        return self.may_make and (self.offer.state in workflow.CHANGEABLE or self.may_renew)

    @property
    def may_renew(self) -> bool:
        """Whether a next version may be made while they have this one."""
        offer = self.offer
        open_ = (
            offer.state == OfferState.SENT and offer.expires_at is not None and offer.expires_at > self.now
        )
        return open_ and self.has_reached

    @property
    def has_reached(self) -> bool:
        return fetch.has_reached(self.offer, self.now)

    @property
    def letter(self) -> OfferDocument | None:
        return next(
            (row for row in self.documents if row.kind == "letter" and row.number == self.worked_on.number),
            None,
        )

    @property
    def signed(self) -> OfferDocument | None:
        return next((row for row in self.documents if row.kind == "signed"), None)

    @cached_property
    def lost(self) -> str:
        """Letters that the letter's fonts cannot write."""
        if OfferState.DRAFT not in (self.offer.state, self.offer.next_state):
            return ""
        return write_terms.lost(self.offer, self.worked_on)

    @cached_property
    def pages(self) -> range:
        """The numbers of the letter's pages."""
        return range(1, pdf.pages(letter_bytes(self.offer, self.worked_on.number)) + 1)


def where(application: Application, terms: OfferTerms) -> Standing | None:
    return standing(terms.pay, terms.pay_currency, terms.pay_period, requisition=application.requisition)


def offer_for(user: User, offer_id: int) -> Offer:
    return get_for(fetch.rows(), offer_id, user=user, permission=VIEW)


def offer_page(user: User, offer_id: int, *, now: datetime) -> OfferPage:
    offer = offer_for(user, offer_id)
    return OfferPage(
        offer=offer,
        versions=list(offer.terms.select_related("made_by").order_by("-number")),
        documents=list(offer.documents.order_by("-number")),
        approval=approvals.latest_of(kind=ask_approval.KIND, subject_id=offer.pk),
        close=Close(offer.application),
        signature=Signature.objects.filter(offer=offer).first(),
        hire=_hire_of(offer) if offer.state == OfferState.ACCEPTED else None,
        may_make=user.has_perm("candidates.make_offer", offer),
        may_send=user.has_perm("candidates.send_offer", offer),
        now=now,
    )


def _hire_of(offer: Offer) -> int | None:
    # The hires lie a slice higher: they are known here by the relation's name.
    return Offer.objects.filter(pk=offer.pk).values_list("hires", flat=True).first()


def application_to_offer(user: User, application_id: int) -> Application:
    """The application for which this person may make an offer, with what its form needs."""
    rows = Application.objects.whole().select_related("requisition__location", "requisition__department")
    application = get_for(rows, application_id, user=user, permission=applications.MOVE)
    applications.check_may(application, user, applications.FILL)
    return application


def live_offer_of(application: Application) -> Offer | None:
    return application.offers.live().first()


def last_terms_of(application: Application) -> OfferTerms | None:
    """The last that was written of the offer that did not work out: the next one begins with it."""
    last = application.offers.order_by("-pk").first()
    return last.terms.order_by("-number").first() if last else None


def letter_bytes(offer: Offer, number: int | None = None) -> bytes:
    """The letter of this version, or of the one that holds, as it is kept, or as it would be."""
    kept = keep_documents.letter_of(offer, number)
    if kept is not None:
        return keep_documents.bytes_of(kept)
    terms = offer.terms.filter(number=number or offer.number).first()
    if terms is None:
        raise Missing(gettext("Offer %(pk)s has no version %(number)s.") % {"pk": offer.pk, "number": number})
    return keep_documents.drawn(offer, terms)


def signed_bytes(offer: Offer) -> bytes:
    kept = offer.documents.filter(kind="signed").first()
    if kept is None:
        raise Missing(gettext("There is no signed letter."))
    return keep_documents.bytes_of(kept)


def organisations() -> list[HiringOrganisation]:
    return list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))


def sample_page(organisation: HiringOrganisation | None, language: str) -> bytes:
    """The first page of the letter that readers of this language get from this organisation, with made-up values."""
    words = letter.template_for(organisation, language)
    return pdf.picture(pdf.draw(keep_documents.sample(organisation, words)), 1) or b""


def templates_of(organisation: HiringOrganisation | None) -> dict[str, OfferLetterTemplate]:
    """The own letters of this organisation, or of the house, by language."""
    rows = OfferLetterTemplate.objects.filter(organisation=organisation, is_default=True)
    return {row.language: row for row in rows}
