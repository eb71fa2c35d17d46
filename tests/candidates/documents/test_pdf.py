"""What a person sees on a PDF's pages is in its text: once, in order, in whole words."""

import io
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files as package

import pytest
from fpdf import FPDF
from PIL import Image

from candidates.documents import reading
from candidates.documents.domain import checks
from candidates.documents.reading import Reading, read
from tests.candidates.documents import files
from tests.candidates.documents.pdfs import lines, pdf, with_attachment, words
from tests.processes import ROOT


def text_of(content: bytes) -> str:
    found = read(io.BytesIO(content), "pdf")
    assert found.problem == ""
    return found.text


def field(words: str, *, kind: str = "Tx", at: str = "150 755 400 775", **more: str) -> str:
    """A form's field that somebody filled, without a picture of its own."""
    rest = "".join(f"/{key} {value}" for key, value in more.items())
    return (
        f"<</Type/Annot/Subtype/Widget/FT/{kind}/T(a)/V({words})/Rect[{at}]/DA(/Helv 12 Tf 0 g)/F 4{rest}>>"
    )


def form(*fields: str, content: str) -> bytes:
    kids = " ".join(f"{6 + number} 0 R" for number in range(len(fields)))
    resources = "/DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 12 Tf 0 g)"
    return pdf(
        content,
        page=f"/Annots[{kids}]",
        catalog=f"/AcroForm<</Fields[{kids}]{resources}/NeedAppearances true>>",
        objects=fields,
    )


def test_filled_fields_stand_where_they_are_read() -> None:
    content = form(
        field("Robin Zuse"),
        field("Berlin", at="150 738 250 753", T="(b)"),
        field("+49 30 901820", at="350 738 500 753", T="(c)"),
        content="BT /F1 12 Tf 72 760 Td (Name:) Tj 0 -17 Td (Town:) Tj 210 0 Td (Telephone:) Tj "
        "-210 -17 Td (Signed) Tj ET",
    )
    assert text_of(content) == "Name: Robin Zuse\nTown: Berlin Telephone: +49 30 901820\nSigned"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (field("2", kind="Ch", Ff="131072", Opt="[[(1)(One year)][(2)(Two years)]]"), "Years: Two years"),
        (field("secret", Ff="8192"), "Years:"),
        (field("hidden").replace("/F 4", "/F 2"), "Years:"),
        (
            (
                "<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/V/Yes/AS/Yes/Rect[150 755 165 770]/F 4"
                "/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>>>"
            ),
            "Years: ✓",
        ),
    ],
)
def test_choices_and_ticks_are_read_as_shown_and_passwords_are_not(given: str, text: str) -> None:
    assert text_of(form(given, content=lines("Years:"))) == text


def test_filled_fields_are_in_the_picture() -> None:
    blank, filled = (
        read(io.BytesIO(form(field(words), content=lines("Name:"))), "pdf").pages[0].content
        for words in ("", "Robin Zuse")
    )
    scale = 1000 / 595
    box = tuple(int(side * scale) for side in (152, 842 - 773, 398, 842 - 757))
    assert (_darkest(blank, box) > 200, _darkest(filled, box) < 100) == (True, True)


def _darkest(picture: bytes, box: tuple[int, ...]) -> int:
    return Image.open(io.BytesIO(picture)).convert("L").crop(box).getextrema()[0]


def test_words_typed_onto_a_page_are_read() -> None:
    typed = "<</Type/Annot/Subtype/FreeText/Contents({})/Rect[72 {} 300 {}]/DA(/Helv 12 Tf 0 g)/F 4>>"
    note = "<</Type/Annot/Subtype/Text/Contents(a remark of somebody)/Rect[72 700 92 720]/F 4>>"
    content = pdf(
        lines("First line", "", "", "", "Last line"),
        page="/Annots[6 0 R 7 0 R 8 0 R]",
        objects=[typed.format("Haskell", 720, 734), typed.format("Erlang", 738, 752), note],
    )
    assert text_of(content) == "First line\nErlang\nHaskell\nLast line"


@pytest.mark.parametrize(
    ("shown", "target", "text"),
    [
        ("E-mail", "mailto:robin@example.org?subject=Hello", "E-mail (robin@example.org) and more"),
        ("robin@example.org", "mailto:Robin@example.org", "robin@example.org and more"),
        ("Call me", "tel:+49-30-901820", "Call me (+49-30-901820) and more"),
        ("030/901820", "tel:+4930901820", "030/901820 and more"),
        ("Blog", "https://example.org/", "Blog and more"),
    ],
)
def test_addresses_behind_links_are_said_once(shown: str, target: str, text: str) -> None:
    link = f"<</Type/Annot/Subtype/Link/Rect[70 755 {72 + 7 * len(shown)} 772]/A<</S/URI/URI({target})>>>>"
    content = f"BT /F1 12 Tf 72 760 Td ({shown}) Tj {8 * len(shown) + 20} 0 Td (and more) Tj ET"
    assert text_of(pdf(content, page="/Annots[6 0 R]", objects=[link])) == text


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("Senior SAP-", "Berater in Berlin", "Senior SAP-Berater in Berlin"),
        ("Python-", "Entwickler", "Python-Entwickler"),
        ("E-", "Commerce", "E-Commerce"),
        ("C++-", "Programmierung", "C++-Programmierung"),
        ("2019-", "2024", "2019-2024"),
        ("a self-", "employed person", "a self-employed person"),
        ("state-of-", "the-art", "state-of-the-art"),
        ("IT-", "based", "IT-based"),
        ("SAP-", "ABAP", "SAP-ABAP"),
        ("software develop-", "ment", "software development"),
        ("SOFTWARE DEVELOP-", "MENT", "SOFTWARE DEVELOPMENT"),
        ("Projekt-", "management", "Projektmanagement"),
        ("Datenbank-", "administrator", "Datenbankadministrator"),
        ("a web-", "hook", "a webhook"),
        ("Vertriebs-", "und Marketingleiter", "Vertriebs- und Marketingleiter"),
        ("linkedin.com/in/robin-", "example", "linkedin.com/in/robin-example"),
        ("co-", "operation, cooperation", "cooperation, cooperation"),
        ("post-", "punk, post-punk", "post-punk, post-punk"),
        ("soft\u00ad", "ware", "software"),
        ("Skills -", "Python", "Skills -\nPython"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_the_words_own_or_the_breaks(before, after, text) -> None:
    assert text_of(pdf(lines(before, after))) == text


def typeset(*lines: str) -> bytes:
    """By letters of a font that the file brings along, shaped, as browsers do."""
    document = FPDF()
    document.add_font("text", "", str(package("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf"))
    document.add_font("hebrew", "", str(package("fontpkg_heebo") / "files" / "Heebo[wght].ttf"))
    arabic = package("fontpkg_ibm_plex_sans_arabic") / "files" / "IBMPlexSansArabic-Regular.ttf"
    document.add_font("arabic", "", str(arabic))
    document.set_fallback_fonts(["hebrew", "arabic"], exact_match=False)
    document.set_text_shaping(True)
    document.add_page()
    for line in lines:
        document.set_font("text", size=12)
        document.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT", align="L")
    return bytes(document.output())


def test_soft_hyphens_of_browsers_go_and_other_hyphens_become_one_kind() -> None:
    content = typeset("Projekt\u2010", "management und Daten\u2010", "bank\u2010", "administrator")
    assert text_of(content) == "Projektmanagement und Datenbankadministrator"
    own = typeset("Full\u2010stack, front-end and self\u2010", "employed")
    assert text_of(own) == "Full-stack, front-end and self-employed"


@pytest.mark.parametrize(
    "line",
    [
        "Name: דוד כהן, Berlin (2019)",
        "שלום עולם Python 2019-2024 מפתח",
        "דוד כהן (מפתח) 03-1234567",
        "Name: محمد أحمد, Berlin",
        "مهندس برمجيات 5 سنوات خبرة في Java",
        "سلام الله",
    ],
)
def test_names_that_run_from_right_to_left_are_read_so(line: str) -> None:
    assert text_of(typeset(line)) == line


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (lines("EXPERIENCE", spacing=4), "EXPERIENCE"),
        (lines("WORK EXPERIENCE", spacing=3), "WORK EXPERIENCE"),
        (lines("Work Experience", spacing=8), "Work Experience"),
        (lines("E X P E R I E N C E"), "EXPERIENCE"),
        (lines("W O R K   E X P E R I E N C E"), "WORK EXPERIENCE"),
        (lines("Classes A B C E and T"), "Classes A B C E and T"),
        (lines("C V"), "C V"),
    ],
)
def test_letters_that_stand_apart_make_words(content: str, text: str) -> None:
    assert text_of(pdf(content)) == text


@pytest.mark.parametrize(
    ("content", "page"),
    [
        (words("Robin Example is a builder") + words("of I and C", y=744), ""),
        (words("Robin Example is a builder", size=6) + words("of I and C", size=6, y=744), ""),
        (
            "0 -1 1 0 0 842 cm\n" + words("Robin Example is a builder", y=400) + words("of I and C", y=384),
            "/Rotate 270",
        ),
        (
            "0 1 -1 0 595 0 cm\n" + words("Robin Example is a builder", y=400) + words("of I and C", y=384),
            "/Rotate 90",
        ),
    ],
)
def test_words_set_one_by_one_make_lines(content: str, page: str) -> None:
    assert text_of(pdf(content, page=page)) == "Robin Example is a builder\nof I and C"


def test_columns_stay_apart() -> None:
    content = words("Left column") + "BT /F1 12 Tf 1 0 0 1 300 760 Tm (Right) Tj ET"
    assert text_of(pdf(content)) in {"Left column Right", "Left column\nRight"}


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", b"\x1b%-12345X@PJL\r\n", b"x" * 1000]
)
def test_bytes_before_the_start_are_let_by(before: bytes) -> None:
    content = before + files.pdf()
    assert checks.check(files.upload("cv.pdf", content)).kind == "pdf"
    assert text_of(content) == files.WORDS


def test_a_document_that_is_attached_is_named() -> None:
    content = with_attachment(lines("Robin Example"), "cv.odt", files.odt())
    assert checks.check(files.upload("cv.pdf", content)).kind == "pdf"
    found = read(io.BytesIO(content), "pdf")
    assert (found.problem, found.text) == ("", "Robin Example")
    assert found.unread == ("Another file is attached to it and was not read: cv.odt.",)


def test_a_word_processors_hybrid_file_says_what_it_holds() -> None:
    document = b"<</Length %d>>stream\n%b\nendstream" % (len(files.odt()), files.odt())
    entry = b"/AdditionalStreams[/application#2Fvnd#2Eoasis#2Eopendocument#2Etext 6 0 R]"
    content = pdf(lines("Robin"), objects=[document]).replace(b"trailer<<", b"trailer<<" + entry)
    assert checks.check(files.upload("cv.pdf", content)).kind == "pdf"
    found = read(io.BytesIO(content), "pdf")
    assert found.text == "Robin"
    assert found.unread == ("The document that it was made from is attached to it and was not read.",)


def test_what_was_left_out_is_said() -> None:
    found = read(io.BytesIO(files.pdf("Page", pages=61)), "pdf")
    assert found.unread == ("Only the first 60 of its 61 pages were read.",)


def test_pages_without_words_are_named_where_others_have_some() -> None:
    document = FPDF()
    document.set_font("Helvetica", size=12)
    for shown in ("Robin", "", "Example", None):
        document.add_page()
        if shown is None:
            document.rect(20, 20, 50, 50)
        else:
            document.multi_cell(0, 8, shown)
    found = read(io.BytesIO(bytes(document.output())), "pdf")
    assert (found.text, found.unread) == ("Robin\n\nExample", ())
    assert found.pictures == ((4, len(found.text)),)


SLOW = """
import sys, time
from candidates.documents.reading import child, pdf
from pathlib import Path
draw = pdf._picture
def slowly(page, path):
    time.sleep(60 if path.name == "page-4" else 0)
    return draw(page, path)
pdf._picture, pdf.LONG_SECONDS = slowly, 0
child.main(Path(sys.argv[1]), "pdf")
"""


def test_a_file_that_takes_too_long_keeps_what_was_read_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_child(module: str, folder: str, kind: str, *, seconds: float) -> bool:
        child = subprocess.Popen([sys.executable, "-c", SLOW, folder], cwd=ROOT)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        return False

    monkeypatch.setattr(reading, "run_child", run_child)
    found = read(io.BytesIO(files.pdf("Robin", pages=6)), "pdf", seconds=5)
    assert (found.problem, found.text, len(found.pages)) == ("", "Robin\n\nRobin\n\nRobin", 3)
    assert found.unread == ("Only the first 3 of its 6 pages were read, for it took too long.",)
    assert found.holds == ()
    nothing = read(io.BytesIO(files.pdf("Robin")), "pdf", seconds=0.01)
    assert (nothing.problem, nothing.text) == (reading.TOO_LONG, "")


def test_letters_that_their_font_does_not_explain_are_owned_up_to() -> None:
    nameless = b"/Encoding<</Type/Encoding/Differences[65/uniE001/uniE002/uniE003]>>"
    content = pdf(lines("ABC CAB AAA and some words")).replace(b"/Encoding/WinAnsiEncoding", nameless)
    found = read(io.BytesIO(content), "pdf")
    assert found.text == "and some words"
    assert found.unread == (
        "Part of its text is in signs without a meaning, and cannot be read. Printed to a new PDF, it may be.",
    )


def test_a_form_that_one_program_alone_can_show_says_so() -> None:
    content = pdf(
        lines("Please wait..."), catalog="/AcroForm<</XFA 6 0 R>>/NeedsRendering true", objects=["()"]
    )
    problem = (
        "It is a form whose pages only Adobe's own reader can show. Printed to a new PDF, it can be read."
    )
    assert replace(read(io.BytesIO(content), "pdf"), holds=None) == Reading(problem=problem)
