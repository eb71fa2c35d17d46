"""Words that nobody sees who looks at the file; and words that one sees, however they are set."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from candidates.documents.reading import unseen
from tests.candidates.documents import files

SEEN, KEYWORDS = "Robin Example built ferries", "Kubernetes Terraform Rust"


def words(kind: str, content: bytes, folder: Path) -> str:
    path = folder / "file"
    path.write_bytes(content)
    return unseen.look(kind, path)


# --- PDF


def page(draw: Callable[[FPDF], object]) -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.add_page()
    document.cell(0, 8, SEEN, new_x="LMARGIN", new_y="NEXT")
    draw(document)
    return bytes(document.output())


def white(document: FPDF) -> None:
    document.set_text_color(255, 255, 255)
    document.cell(0, 8, KEYWORDS)


def nearly_white_between_lines(document: FPDF) -> None:
    document.set_text_color(253, 254, 253)
    document.cell(document.get_string_width(KEYWORDS) + 2, 5, KEYWORDS)
    document.set_text_color(0, 0, 0)
    document.cell(60, 5, "Hamburg")


def tiny(document: FPDF) -> None:
    document.set_font_size(1)
    document.cell(0, 8, KEYWORDS)


def beside_the_page(document: FPDF) -> None:
    document.text(-200, 50, KEYWORDS)


def without_ink(document: FPDF) -> None:
    with document.local_context(text_mode=TextMode.INVISIBLE):
        document.cell(0, 8, KEYWORDS)


def behind_a_box(document: FPDF) -> None:
    document.text(20, 60, KEYWORDS)
    document.set_fill_color(255, 255, 255)
    document.rect(10, 50, 120, 20, style="F")


@pytest.mark.parametrize(
    "draw", [white, nearly_white_between_lines, tiny, beside_the_page, without_ink, behind_a_box]
)
def test_words_of_a_pdf_that_nobody_sees(draw: Callable[[FPDF], object], tmp_path: Path) -> None:
    assert words("pdf", page(draw), tmp_path) == KEYWORDS


def test_words_of_a_hidden_layer(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(lambda document: document.text(20, 60, KEYWORDS)))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer])
        )
        first = pdf.pages[0]
        first.Resources.Properties = pikepdf.Dictionary(Layer=layer)
        content = first.Contents.read_bytes()
        at = content.rindex(b"BT")
        first.Contents.write(content[:at] + b"/OC /Layer BDC " + content[at:] + b" EMC")
        pdf.save(out)
    assert words("pdf", out.getvalue(), tmp_path) == KEYWORDS


def white_on_dark(document: FPDF) -> None:
    document.set_fill_color(20, 30, 80)
    document.set_text_color(255, 255, 255)
    document.cell(0, 8, KEYWORDS, fill=True)


def grey_and_small(document: FPDF) -> None:
    document.set_text_color(150, 150, 150)
    document.set_font_size(5)
    document.cell(0, 8, KEYWORDS)


def letter_by_letter(document: FPDF) -> None:
    document.set_font("Helvetica", style="B", size=24)
    for place, letter in enumerate("ILIIL |"):
        document.text(20 + 10 * place, 60, letter)


def beneath_its_own_picture(document: FPDF) -> None:
    """As a scanner's program leaves it."""
    document.image(Image.effect_noise((400, 100), 90), x=20, y=50, w=120, h=30)
    with document.local_context(text_mode=TextMode.INVISIBLE):
        document.text(25, 60, KEYWORDS)


def turned(document: FPDF) -> None:
    with document.rotation(90, 60, 100):
        document.text(60, 100, KEYWORDS)


@pytest.mark.parametrize(
    "draw", [white_on_dark, grey_and_small, letter_by_letter, beneath_its_own_picture, turned]
)
def test_words_of_a_pdf_that_one_sees(draw: Callable[[FPDF], object], tmp_path: Path) -> None:
    assert words("pdf", page(draw), tmp_path) == ""


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned(turn: int, tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(white))) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save(out)
    assert words("pdf", out.getvalue(), tmp_path) == KEYWORDS


# --- DOCX


def docx(*runs: str, paragraph: str = "", before: str = "", after: str = "", **parts: str) -> bytes:
    seen = f"<w:p><w:r><w:t>{SEEN}</w:t></w:r></w:p>"
    body = f"{seen}{before}<w:p><w:pPr>{paragraph}</w:pPr>{''.join(runs)}</w:p>{after}"
    return files.raw_docx(f"<w:document {files.W}><w:body>{body}</w:body></w:document>", **parts)


def run(properties: str, text: str = KEYWORDS) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styles(properties: str) -> str:
    return (
        f'<w:styles {files.W}><w:style w:styleId="Base"><w:rPr>{properties}</w:rPr></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="1"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="fefefe"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_words_of_a_docx_that_nobody_sees(properties: str, tmp_path: Path) -> None:
    assert words("docx", docx(run(properties)), tmp_path) == KEYWORDS
    first, second = KEYWORDS[:9], KEYWORDS[9:]
    assert words("docx", docx(run(properties, first), run(properties, second)), tmp_path) == KEYWORDS
    by_style = docx(run('<w:rStyle w:val="Own"/>'), **{"word/styles.xml": styles(properties)})
    assert words("docx", by_style, tmp_path) == KEYWORDS
    by_paragraph = docx(
        run(""), paragraph='<w:pStyle w:val="Own"/>', **{"word/styles.xml": styles(properties)}
    )
    assert words("docx", by_paragraph, tmp_path) == KEYWORDS


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "content",
    [
        docx(run('<w:vanish w:val="0"/>')),
        docx(run('<w:color w:val="auto"/>')),
        docx(run('<w:sz w:val="12"/>')),
        docx(run(WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>')),
        docx(run(WHITE + '<w:highlight w:val="darkBlue"/>')),
        docx(run(WHITE), paragraph='<w:shd w:val="clear" w:fill="1F3864"/>'),
        docx(run(WHITE), before="<w:tbl><w:tr><w:tc>", after="</w:tc></w:tr></w:tbl>"),
        docx(f"<w:r><w:txbxContent><w:p>{run(WHITE)}</w:p></w:txbxContent></w:r>"),
        docx(run(WHITE), before='<w:p><x:anchor xmlns:x="urn:x" behindDoc="1"/></w:p>'),
        docx(
            run('<w:rStyle w:val="Own"/><w:vanish w:val="false"/>'),
            **{"word/styles.xml": styles("<w:vanish/>")},
        ),
    ],
)
def test_words_of_a_docx_that_one_sees(content: bytes, tmp_path: Path) -> None:
    assert words("docx", content, tmp_path) == ""


# --- ODT and RTF

NAMES = 'xmlns:style="urn:style" xmlns:fo="urn:fo"'


def odt(properties: str, inside: str = "", more: str = "") -> bytes:
    inside = inside or f'<text:span text:style-name="T1">{KEYWORDS}</text:span>'
    return files.odt(
        f"<office:document-content {files.ODF} {NAMES}><office:automatic-styles>"
        f'<style:style style:name="T0"><style:text-properties {properties}/></style:style>'
        f'<style:style style:name="T1" style:parent-style-name="T0"/>{more}</office:automatic-styles>'
        f"<office:body><office:text><text:p>{SEEN} {inside} Hamburg</text:p></office:text></office:body>"
        "</office:document-content>"
    )


BEHIND = (
    '<style:style style:name="G"><style:graphic-properties style:run-through="background"/></style:style>'
)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (odt('text:display="none"'), KEYWORDS),
        (odt('fo:color="#ffffff"'), KEYWORDS),
        (odt('fo:font-size="1pt"'), KEYWORDS),
        (odt("", f'<text:hidden-text text:string-value="{KEYWORDS}"/>'), KEYWORDS),
        (odt('fo:color="#ffffff" fo:background-color="#203060"'), ""),
        (odt('fo:color="#ffffff"', more=BEHIND), ""),
        (odt('fo:font-size="10pt" fo:color="#333333"'), ""),
        (files.odt(), ""),
    ],
)
def test_words_of_an_odt(content: bytes, found: str, tmp_path: Path) -> None:
    assert words("odt", content, tmp_path) == found


def rtf(inside: bytes) -> bytes:
    table = rb"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}{\*\generator Some Program}"
    return rb"{\rtf1\ansi" + table + SEEN.encode() + rb"\par " + inside + rb"\par Hamburg}"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (rtf(rb"{\v " + KEYWORDS.encode() + b"}"), KEYWORDS),
        (rtf(rb"\v " + KEYWORDS.encode() + rb"\v0 "), KEYWORDS),
        (rtf(rb"{\cf2 " + KEYWORDS.encode() + b"}"), KEYWORDS),
        (rtf(rb"{\fs2 {\b Kubernetes} Terra\'66orm\~Rust}"), "Kubernetes TerraformRust"),
        (rtf(rb"{\cf1\fs20 " + KEYWORDS.encode() + b"}"), ""),
        (rtf(rb"{\chcbpat1\cf2 " + KEYWORDS.encode() + b"}"), ""),
        (rtf(rb"{\v{\*\bkmkstart x}}"), ""),
        (files.RTF, ""),
    ],
)
def test_words_of_an_rtf(content: bytes, found: str, tmp_path: Path) -> None:
    assert words("rtf", content, tmp_path) == found


@pytest.mark.parametrize(("kind", "content"), [("pdf", b"%PDF-1.7 no"), ("docx", b"PK"), ("txt", files.TXT)])
def test_what_cannot_be_looked_at_tells_nothing(kind: str, content: bytes, tmp_path: Path) -> None:
    assert words(kind, content, tmp_path) == ""
