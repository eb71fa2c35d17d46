"""What a letter's pages say is what was meant, in every script: read back, and looked at."""

import io
from datetime import date
from itertools import groupby
from typing import Any

import pikepdf
import pytest
from django.utils.formats import date_format
from fpdf import FPDF
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from ats.kernel.errors import Invalid, WrongState
from candidates.models import Application, OfferDocument
from candidates.offers import actions
from candidates.offers.actions import keep_documents
from candidates.offers.domain import pdf, reading, sheets
from candidates.offers.domain.pdf import FIRA, HEEBO, PLEX
from tests.candidates.helpers import days
from tests.candidates.offers.conftest import TERMS
from tests.candidates.offers.test_answering import words_of
from tests.factories import NOW

DAY = "28 November 2026"
TODAY = date_format(NOW, "j F Y")
LATIN = "Łódź, naïve, Nguyễn Thị Ánh, office, affine, x̂, “quoted”… ½"
GREEK, CYRILLIC = "Ελληνικά, ἀρχή, Αθήνα 09:30", "Добрий день, ёлка й, їжак"
ARABIC, ARABIC_POINTED = "مرحبا بك في الشركة", "مُحَمَّد، بِرِيد"
PERSIAN, URDU = "می‌خواهم ۱۲۳ کتاب", "آپ کا پہلا دن"
HEBREW, HEBREW_POINTED = "שלום רובין, ברוך הבא", "בְּרֵאשִׁית"
MIXED = f"يبدأ العمل في {DAY} (Berlin) بأجر 72,000 يورو، office@example.com"
MIXED_HEBREW = f"יום ראשון: {DAY} (Berlin), שכר ‎€72,000"
HYPHENS = (
    "well-known half-broken words-and-hyphens, on-and-on until the line-ends are reached by some-of-them " * 4
)
TABLE = f"- Pay: €72,000 a year\n- Place: مكتب برلين\n- הערה: {DAY}\n- Contract: Full time"
LIST = f"- one\n- שתיים\n- {ARABIC}\n- {DAY}"
SCRIPTS = [LATIN, GREEK, CYRILLIC, ARABIC, ARABIC_POINTED, PERSIAN, URDU, HEBREW, HEBREW_POINTED, MIXED,
           MIXED_HEBREW, HYPHENS, TABLE, LIST]  # fmt: skip


def letter(*blocks: str, **given: Any) -> pdf.Letter:
    facts: dict[str, Any] = {
        "organisation": "Example Company",
        "colour": "#205070",
        "logo": None,
        "to": "Robin Example",
        "title": "Our offer: Data engineer",
        "written_on": date(2026, 11, 28),
        "body": "\n\n".join(blocks),
        "reference": "Offer 1, version 1",
    }
    return pdf.Letter(**(facts | given))


def said_by(made: pdf.Letter) -> str:
    return reading.unlike(pdf.draw(made), made)


@pytest.fixture
def as_fpdf2_draws(monkeypatch):
    """The font of a page said as the library says it: inside a line, and taken back with it."""
    monkeypatch.setattr(sheets._Sheet, "_render_styled_text_line", FPDF._render_styled_text_line)
    pdf.draw.cache_clear()
    yield
    pdf.draw.cache_clear()


@pytest.mark.parametrize("block", SCRIPTS)
def test_what_follows_a_block_of_any_script_is_what_was_meant(block):
    made = letter("Dear Robin,", block, f"Your first day is {DAY}.", block, "Best wishes")
    said = words_of(pdf.draw(made))
    assert (said_by(made), said.count(f"Your first day is {DAY}.")) == ("", 1)


@pytest.mark.parametrize("name", ["ليلى حداد", "רות כהן", "Ольга Ї", "王 Example"])
def test_the_date_under_a_name_of_any_script(name):
    """The first line of a font that begins in another script: as in a letter to somebody of that name."""
    made = letter("Dear you,", to=name, organisation=name, title=f"{name}: 1")
    assert (said_by(made), DAY in words_of(pdf.draw(made))) == ("", True)


def test_over_many_pages_and_their_feet():
    made = letter(*SCRIPTS * 5, organisation="חברה לדוגמה (2026)")
    assert (said_by(made), pdf.pages(pdf.draw(made))) == ("", 5)


@pytest.mark.parametrize(
    ("words", "fonts"),
    [
        ("Dear Robin, καλημέρα, доброе утро,", {"FiraSans"}),
        ("Dear Robin, سلام", {"FiraSans", "IBMPlexSansArabic", "Heebo"}),
    ],
)
def test_only_fonts_that_its_letters_ask_for_are_read(words, fonts):
    """Reading and packing the others takes twice as long as the whole letter."""
    with pikepdf.open(io.BytesIO(pdf.draw(letter(words)))) as whole:
        rows = [each for each in whole.objects if isinstance(each, pikepdf.Dictionary)]
        named = {str(each.BaseFont).split("+")[1] for each in rows if each.get("/Subtype") == "/Type0"}
    assert {name.removesuffix("SemiBold") for name in named} == fonts


def test_every_block_is_looked_at_in_its_place():
    """None of these differences passes, and each is named."""
    shown = letter("Dear Robin,", f"It is {DAY}.", MIXED, "Best wishes")
    content = pdf.draw(shown)
    for other, place in (
        (letter("Dear Robin,", "It is 29 November 2026.", MIXED, "Best wishes"), "“It is 29 November 2026.”"),
        (letter("Dear Robin,", f"It is {DAY}.", MIXED.replace("72,000", "000,72"), "Best wishes"), "“يبدأ"),
        (letter("Dear Robin,", f"It is {DAY}.", MIXED.replace("يورو", "دينار"), "Best wishes"), "“يبدأ"),
        (letter("Dear Robin,", f"It is {DAY}.", MIXED), "what follows its last line"),
        (letter("Dear Robin,", f"It is {DAY}.", MIXED, "Best wishes", "Ada"), "“Ada”"),
        (letter(shown.body, to="Robyn Example"), "“Robyn Example”"),
        (letter(shown.body, reference="Offer 2"), "the foot of page 1"),
    ):
        assert reading.unlike(content, other).startswith(place)
    assert reading.unlike(content, shown) == ""


def test_the_fault_of_the_library_is_found(as_fpdf2_draws):
    made = letter("Dear Robin,", to="ليلى حداد")
    assert said_by(made) == f"“{DAY}”"


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow has no library here that shapes text")
def test_each_line_looks_as_its_font_writes_it():
    """The second way to see: the picture of a page, held against the same words drawn by another program."""
    regular = str(FIRA / "FiraSans-Regular.ttf")
    arabic = str(PLEX / "IBMPlexSansArabic-Regular.ttf")
    lines = [(ARABIC, arabic), (DAY, regular), (HEBREW, HEEBO), (f"{CYRILLIC} {GREEK}", regular),
             (PERSIAN, arabic), ("€72,000 a year", regular)]  # fmt: skip
    made = letter(*(words for words, _ in lines), to="ليلى حداد")
    wide = 2400
    page = _ink(Image.open(io.BytesIO(pdf.picture(pdf.draw(made), 1, width=wide) or b"")).convert("L"))
    bands = _bands(page)
    assert len(bands) == len(lines) + 6  # the name, its line, to whom, when, the title, and the foot
    for (words, font), (top, foot) in zip([(DAY, regular), *lines], [bands[3], *bands[5:-1]], strict=True):
        found = _cut(page.crop((0, top, wide, foot)))
        wanted = _drawn(words, font, size=sheets.SIZE * wide / 595.28)
        assert found.width == pytest.approx(wanted.width, rel=0.02), words
        assert found.height == pytest.approx(wanted.height, rel=0.06), words
        assert _shared(found, wanted) > 0.6, words


def _ink(image: Image.Image) -> Image.Image:
    return image.point(lambda light: 255 if light < 200 else 0)


def _cut(image: Image.Image) -> Image.Image:
    return image.crop(image.getbbox())


def _bands(page: Image.Image) -> list[tuple[int, int]]:
    """From where to where there is ink, from the top: the lines, with their dots and accents."""
    rows = [page.crop((0, y, page.width, y + 1)).getbbox() is not None for y in range(page.height)]
    found: list[tuple[int, int]] = []
    y = 0
    for inked, group in groupby(rows):
        end = y + len(list(group))
        if inked and found and y - found[-1][1] < 8:
            found[-1] = (found[-1][0], end)
        elif inked:
            found.append((y, end))
        y = end
    return found


def _drawn(words: str, font: str, *, size: float) -> Image.Image:
    sheet = Image.new("L", (2400, 300), 255)
    face = ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(sheet).text((20, 60), words, font=face, fill=0)
    return _cut(_ink(sheet))


def _shared(one: Image.Image, other: Image.Image) -> float:
    """How much of their ink two pictures share."""
    same = one.resize(other.size).point(lambda light: 255 if light > 127 else 0)
    both, either = ImageChops.darker(same, other), ImageChops.lighter(same, other)
    return both.histogram()[255] / either.histogram()[255]


# --- Before anybody is asked, and before it is sent


def draft_to(application: Application, **facts: Any) -> Any:
    application.candidate.first_name, application.candidate.last_name = "ليلى", "حداد"
    application.candidate.save()
    by = application.requisition.recruiter
    return actions.draft(
        application_id=application.pk, by=by, now=NOW, **(TERMS | {"starts_on": days(90).date()} | facts)
    )


def test_nobody_is_asked_about_a_letter_that_says_something_else(application, as_fpdf2_draws):
    offer = draft_to(application)
    with pytest.raises(Invalid, match=f"does not say what it was meant to at “{TODAY}”"):
        actions.submit(offer_id=offer.pk, by=offer.made_by, now=NOW)
    offer.refresh_from_db()
    assert (offer.state, OfferDocument.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("says", ["written down", "from before"])
def test_nor_is_one_sent_that_was_approved_before(application, as_fpdf2_draws, monkeypatch, says):
    offer = draft_to(application)
    terms, by = offer.terms.get(), offer.made_by
    broken = keep_documents.drawn(offer, terms)
    monkeypatch.undo()
    pdf.draw.cache_clear()
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    kept = keep_documents.letter_of(offer)
    assert (kept.says[:3], keep_documents.kept_unlike(kept, offer, terms)) == (
        [application.requisition.organisation.name, "ليلى حداد", TODAY], "",
    )  # fmt: skip
    said = kept.says if says == "written down" else []
    kept.delete()
    keep_documents._keep(offer, terms, "letter", broken, now=NOW, says=said)
    with pytest.raises(WrongState, match=rf"at “{TODAY}”\. Change a word of it"):
        actions.send(offer_id=offer.pk, by=by, now=NOW)
    actions.change_terms(offer_id=offer.pk, by=by, now=NOW, bonus="A bicycle")
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    assert actions.send(offer_id=offer.pk, by=by, now=NOW).state == "sent"


def test_what_was_written_down_holds_whoever_recruits_by_now(application):
    """A letter says what was approved, also where a name in it is another one today."""
    offer = draft_to(application)
    actions.submit(offer_id=offer.pk, by=offer.made_by, now=NOW)
    application.candidate.first_name = "Leila"
    application.candidate.save()
    assert actions.send(offer_id=offer.pk, by=offer.made_by, now=NOW).state == "sent"
