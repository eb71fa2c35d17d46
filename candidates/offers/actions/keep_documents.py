"""The PDFs of an offer: drawn from its terms, kept from its approval on."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext, gettext_lazy

from ats.kernel import staff_words
from ats.kernel.errors import WrongState
from ats.kernel.languages import known, name_of, speaking
from ats.organisation.models import HiringOrganisation
from candidates.offers.domain import pdf
from candidates.offers.models import Offer, OfferDocument, OfferDocumentKind, OfferTerms, Signature
from candidates.offers.queries import letter

DAY_OPEN = gettext_lazy("The one in the letter had come too near when it was signed; another one is agreed.")


def _reading() -> Any:
    """Brings PDFium with it, which no page without a letter needs."""
    from candidates.offers.domain import reading

    return reading


def drawn(offer: Offer, terms: OfferTerms) -> bytes:
    """The letter for these terms: what a preview shows and what is kept once it is approved."""
    return pdf.draw(_letter(offer, terms))


def unlike(offer: Offer, terms: OfferTerms) -> str:
    """Where the letter for these terms, read back, does not say what it was meant to; empty where it does."""
    sheet = _letter(offer, terms)
    return _reading().unlike(pdf.draw(sheet), sheet)


def misread(place: str) -> str:
    """Why a letter that says something else is not asked about."""
    said = staff_words.gettext(
        "Read back, the letter does not say what it was meant to at %(place)s. It would reach nobody as it is: "
        "write this part another way, and look at the page again."
    )
    return said % {"place": place}


def kept_unlike(document: OfferDocument, offer: Offer, terms: OfferTerms) -> str:
    """The same of a letter that is kept; one from before this was written down is held against today's words."""
    return _reading().unlike_blocks(bytes_of(document), document.says or pdf.meant(_letter(offer, terms)))


def _letter(offer: Offer, terms: OfferTerms) -> pdf.Letter:
    return _sheet(offer, terms, body=letter.written(offer, terms))


def letter_of(offer: Offer, number: int | None = None) -> OfferDocument | None:
    """The letter as it is kept for this version, or the one that holds; None before its approval."""
    return offer.documents.filter(number=number or offer.number, kind=OfferDocumentKind.LETTER).first()


def bytes_of(document: OfferDocument) -> bytes:
    with document.file.open("rb") as file:
        return bytes(file.read())


def keep_letter(offer: Offer, terms: OfferTerms, *, now: datetime) -> OfferDocument:
    """Keep the letter of this version, and what it says; the same one where it is kept already."""
    kept = letter_of(offer, terms.number)
    if kept is not None:
        return kept
    sheet = _letter(offer, terms)
    content = pdf.draw(sheet)
    if place := _reading().unlike(content, sheet):
        raise WrongState(misread(place))
    return _keep(offer, terms, OfferDocumentKind.LETTER, content, now=now, says=pdf.meant(sheet))


def keep_signed(
    offer: Offer, signature: Signature, terms: OfferTerms, *, now: datetime, first_day: date | None
) -> OfferDocument:
    """The letter that was signed, with a page behind it that says who signed it, when and how."""
    original = letter_of(offer)
    content = bytes_of(original) if original else drawn(offer, terms)
    with speaking(terms.tongue):  # the page that is added speaks as the letter does
        rows = evidence(offer, signature)
        if first_day is None:
            rows.append((gettext("First day"), str(DAY_OPEN)))
        said = gettext(
            "This page was added when the letter before it was accepted. The fingerprint is the SHA-256 sum of "
            "the letter's file as it was shown."
        )
        audit = _sheet(offer, terms, title=gettext("Signed"), body=said)
    return _keep(offer, terms, OfferDocumentKind.SIGNED, pdf.signed(content, audit, rows), now=now)


def evidence(offer: Offer, signature: Signature) -> list[tuple[str, str]]:
    """Who accepted, when, from where, under which bytes; in the language of now."""
    zone = offer.application.requisition.organisation.calendar.zone
    at = signature.signed_at
    return [
        (gettext("Accepted by"), signature.typed_name),
        (gettext("Known to us as"), offer.application.candidate.name),
        (gettext("E-mail"), offer.application.candidate.email or gettext("none")),
        (gettext("Time"), f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S} ({zone}), {at:%Y-%m-%d %H:%M:%S} UTC"),
        (gettext("Internet address"), signature.ip or gettext("not known")),
        (gettext("Browser"), signature.user_agent or gettext("not known")),
        (gettext("Letter"), _reference(offer.pk, offer.number)),
        (gettext("Fingerprint"), signature.document_sha256),
    ]


def filename(offer: Offer, kind: str, number: int | None = None) -> str:
    word = "signed-offer" if kind == OfferDocumentKind.SIGNED else "offer"
    return f"{word}-{offer.pk}-version-{number or offer.number}.pdf"


def _keep(
    offer: Offer,
    terms: OfferTerms,
    kind: str,
    content: bytes,
    *,
    now: datetime,
    says: Sequence[str] = (),
) -> OfferDocument:
    return OfferDocument.objects.create(
        offer=offer,
        number=terms.number,
        kind=kind,
        file=ContentFile(content, name=f"{uuid.uuid4()}.pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
        says=list(says),
        made_at=now,
    )


def _sheet(offer: Offer, terms: OfferTerms, *, body: str, title: str = "") -> pdf.Letter:
    application = offer.application
    organisation = application.requisition.organisation
    with speaking(terms.tongue):
        named = title or _title(application.requisition.title)
        reference = _reference(offer.pk, terms.number)
    return pdf.Letter(
        organisation=organisation.name,
        colour=organisation.colour,
        logo=_logo(organisation),
        to=application.candidate.name,
        title=named,
        written_on=terms.made_at.astimezone(organisation.calendar.zone).date(),
        body=body,
        reference=reference,
        language=terms.tongue,
        note="" if title else _note(terms.tongue, application.candidate.language),
    )


def sample(organisation: HiringOrganisation | None, template: letter.Template) -> pdf.Letter:
    """A letter to nobody, for the preview of a template."""
    samples = letter.samples(template.language)
    with speaking(template.language):
        title, reference = _title(samples["job.title"]), _reference(1, 1)
    return pdf.Letter(
        organisation=organisation.name if organisation else samples["organisation.name"],
        colour=organisation.colour if organisation else HiringOrganisation().colour,
        logo=_logo(organisation) if organisation else None,
        to=samples["candidate.name"],
        title=title,
        written_on=date(2027, 1, 12),
        body=letter.filled(template.body, samples),
        reference=reference,
        language=template.language,
    )


def _title(job: str) -> str:
    return gettext("Our offer: %(job)s") % {"job": job}


def _reference(offer: int, number: int) -> str:
    return gettext("Offer %(offer)s, version %(number)s") % {"offer": offer, "number": number}


def _note(language: str, reader: str) -> str:
    """The word about a language that its reader did not choose, in theirs; nothing where they did."""
    if reader == language or reader not in known():
        return ""
    with speaking(reader):
        return gettext("This letter is in another language: %(language)s.") % {"language": name_of(language)}


def _logo(organisation: HiringOrganisation) -> bytes | None:
    logo = organisation.logo
    if not logo:
        return None
    try:
        with logo.open("rb") as file:
            return bytes(file.read())
    except OSError:  # a letter is not held up by a picture that is gone
        return None
