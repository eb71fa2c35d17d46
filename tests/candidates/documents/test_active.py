"""What a file would do beside being read, however it is written. Inert marks only: nothing here works."""

import io
from pathlib import Path

import pikepdf
import pytest

from candidates.documents.domain.findings import WORDS, Holds
from candidates.documents.reading import active
from tests.candidates.documents import files

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACE = "https://elsewhere.example/x"


def holds(kind: str, content: bytes, folder: Path) -> set[str]:
    path = folder / "file"
    path.write_bytes(content)
    active.keep(active.prepare(kind), path, folder)
    return set(active.kept(folder))


# --- PDF


def pdf_with(name: str = "", value: str = "", *, packed: bool = False, inside: str = "") -> bytes:
    """An ordinary PDF with one more entry in its catalogue (`name`, `value`) or one more object (`inside`)."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as pdf:
        if name:
            pdf.Root[name] = pikepdf.Object.parse(value.encode())
        if inside:
            pdf.Root["/Kept"] = pdf.make_indirect(pikepdf.Object.parse(inside.encode()))
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        pdf.save(out, object_stream_mode=mode)
    return out.getvalue()


PDFS = [
    ("/OpenAction", "<</S /JavaScript /JS (1)>>", {"script"}),
    ("/OpenAction", "<</S /Launch /F (x)>>", {"launch"}),
    ("/OpenAction", f"<</S /URI /URI ({PLACE})>>", {"launch"}),
    ("/OpenAction", "[0 /Fit]", set()),
    ("/AA", f"<</WC <</S /URI /URI ({PLACE})>>>>", {"launch"}),
    ("/AcroForm", "<</Fields [] /XFA (x)>>", {"script"}),
    ("/Annots", f"[<</Subtype /Link /A <</S /URI /URI ({PLACE})>>>>]", set()),
    ("/Annots", "[<</Subtype /FileAttachment /FS <</EF <<>>>>>>]", {"attached"}),
    ("/Annots", "[<</Subtype /RichMedia>>]", {"embedded"}),
    ("/Annots", f"[<</Subtype /Widget /A <</S /SubmitForm /F ({PLACE})>>>>]", {"sends"}),
    ("/Annots", "[<</Subtype /Link /A <</S /GoToR /F (other.pdf)>>>>]", {"launch"}),
    ("/Names", "<</EmbeddedFiles <</Names []>>>>", {"attached"}),
    ("/Names", "<</JavaScript <</Names [(a) <</S /JavaScript /JS (1)>>]>>>>", {"script"}),
    ("/Kept", "<</Type /XObject /Ref <</F (other.pdf)>> /F (x)>>", {"remote"}),
]


@pytest.mark.parametrize(("name", "value", "found"), PDFS)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "object streams"])
def test_a_pdf(name: str, value: str, found: set[str], packed: bool, tmp_path: Path) -> None:
    assert holds("pdf", pdf_with(name, value, packed=packed), tmp_path) == found
    by_itself = (
        {"launch"} if "/URI" in value else set()
    )  # an address is opened by itself only from the catalogue
    deeper = pdf_with(inside=f"[[{value}]]", packed=packed)
    assert holds("pdf", deeper, tmp_path) == found - by_itself


def test_an_ordinary_pdf_holds_nothing(tmp_path: Path) -> None:
    assert holds("pdf", files.pdf(pages=3), tmp_path) == set()


def test_names_of_a_pdf_are_read_as_they_are_meant(tmp_path: Path) -> None:
    content = pdf_with("/OpenAction", "<</S /JavaScript /JS (1)>>")
    escaped = content.replace(b"/JavaScript", b"/J#61va#53cript").replace(b"/JS", b"/#4a#53")
    assert escaped != content
    assert holds("pdf", escaped, tmp_path) == {"script"}


def test_a_pdf_whose_owner_forbids_things_is_looked_through(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with("/OpenAction", "<</S /Launch /F (x)>>", packed=True))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert holds("pdf", out.getvalue(), tmp_path) == {"launch"}


@pytest.mark.parametrize("content", [files.pdf(password="secret"), b"%PDF-1.7 nothing"])
def test_what_cannot_be_looked_through_says_so(content: bytes, tmp_path: Path) -> None:
    assert holds("pdf", content, tmp_path) == {"unknown"}


# --- DOCX


def docx(body: str = "", **parts: str) -> bytes:
    return files.raw_docx(f"<w:document {files.W}><w:body>{body}</w:body></w:document>", **parts)


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return (
        f'<Relationships><Relationship Id="r1" Type="{TYPE}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


@pytest.mark.parametrize(
    "part", ["settings", "document", "header1", "footnotes", "numbering", "glossary/document"]
)
@pytest.mark.parametrize(
    ("kind", "target", "found"),
    [
        ("attachedTemplate", PLACE, {"template"}),
        ("attachedTemplate", "file:///C:/x.dotx", {"template"}),
        ("image", PLACE, {"remote"}),
        ("oleObject", "\\\\elsewhere\\x", {"remote"}),
        ("subDocument", PLACE, {"remote"}),
        ("frame", PLACE, {"remote"}),
        ("hyperlink", PLACE, set()),
        ("hyperlink", "mailto:robin@example.com", set()),
        ("hyperlink", "file://elsewhere/x", {"launch"}),
        ("hyperlink", "ms-word:ofe|u|x", {"launch"}),
    ],
)
def test_relations_of_every_part_of_a_docx(
    part: str, kind: str, target: str, found: set[str], tmp_path: Path
) -> None:
    folder, _, name = f"word/{part}".rpartition("/")
    content = docx(**{f"{folder}/_rels/{name}.xml.rels": relation(kind, target)})
    assert holds("docx", content, tmp_path) == found


def run(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(*inside: str) -> str:
    return (
        f"<w:p>{sign('begin')}{''.join(inside)}{sign('separate')}<w:r><w:t>x</w:t></w:r>{sign('end')}</w:p>"
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (field(run(f'INCLUDEPICTURE "{PLACE}"')), {"fields"}),
        (field(*map(run, (" I", "NCLUDE", "TEXT", " x"))), {"fields"}),
        (field(run("D"), "</w:p><w:p>", run("DE"), run("AUTO a b")), {"fields"}),
        (field(field(run("QUOTE 68 68 69 32")), run(" a b")), {"fields"}),
        (field(field(run("PAGE")), run("DDE a")), set()),  # its name is what PAGE printed, and no word
        ('<w:p><w:fldSimple w:instr=" includetext x"/></w:p>', {"fields"}),
        (f"<w:p>{sign('begin')}{run('DDEAUTO a b')}</w:p>", {"fields"}),
        (field(run(f'HYPERLINK "{PLACE}/link"')), set()),
        (field(run("PAGE")) + field(run("DATE")) + field(run("REF LINK")), set()),
        ("<w:p><w:r><w:t>DDE and INCLUDEPICTURE, which I know</w:t></w:r></w:p>", set()),
    ],
)
def test_fields_of_a_docx_however_their_runs_are_split(body: str, found: set[str], tmp_path: Path) -> None:
    assert holds("docx", docx(body), tmp_path) == found
    assert holds("docx", docx(**{"word/footer1.xml": f"<w:ftr {files.W}>{body}</w:ftr>"}), tmp_path) == found


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"word/embeddings/oleObject1.bin": "x"}, {"embedded"}),
        ({"word/_rels/document.xml.rels": relation("oleObject", "objects/a.bin", "")}, {"embedded"}),
        ({"WORD/ActiveX/activeX1.bin": "x"}, {"script"}),
        ({"word/afchunk.mht": f'<img src=3D"{PLACE}">'}, {"remote"}),
        ({"word/afchunk.html": "<script>1</script>"}, {"script"}),
        ({"word/afchunk.rtf": "x"}, {"embedded"}),
        ({"word/afchunk.html": '<p>Robin</p><img src="data:image/png;base64,AA">'}, set()),
        ({"word/styles.xml": "<broken"}, {"unknown"}),
        ({"word/header1.xml": f'<h xmlns:v="urn:v"><v:imagedata src="{PLACE}"/></h>'}, {"remote"}),
    ],
)
def test_what_lies_in_a_docx(parts: dict[str, str], found: set[str], tmp_path: Path) -> None:
    assert holds("docx", docx(**parts), tmp_path) == found


def test_an_ordinary_docx_holds_nothing(tmp_path: Path) -> None:
    assert holds("docx", files.docx(), tmp_path) == set()


# --- ODT and RTF

MORE = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("draw", "xlink", "script", "form", "meta"))


def odt(inside: str, **parts: str) -> bytes:
    text = f"<office:body><office:text>{inside}</office:text></office:body>"
    return files.odt(f"<office:document-content {files.ODF} {MORE}>{text}</office:document-content>", **parts)


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (f'<draw:image xlink:href="{PLACE}"/>', {"remote"}),
        ('<draw:image xlink:href="Pictures/a.png"/>', set()),
        (f'<text:section-source xlink:href="{PLACE}"/>', {"remote"}),
        ('<draw:object xlink:href="./Object 1"/>', {"embedded"}),
        ('<draw:object-ole xlink:href="./Object 1"/>', {"embedded"}),
        (f'<text:a xlink:href="{PLACE}">x</text:a>', set()),
        ('<text:a xlink:href="file:///x">x</text:a>', {"launch"}),
        (
            '<script:event-listener script:language="ooo:script" xlink:href="vnd.sun.star.script:x"/>',
            {"script"},
        ),
        ("<text:dde-connection-decl/>", {"fields"}),
        (f'<form:form xlink:href="{PLACE}"/>', {"sends"}),
        (f'<meta:template xlink:href="{PLACE}"/>', {"template"}),
        ('<meta:template xlink:href="../../templates/cv.ott"/>', set()),
    ],
)
def test_an_odt(inside: str, found: set[str], tmp_path: Path) -> None:
    assert holds("odt", odt(inside), tmp_path) == found
    styles = f"<office:document-styles {files.ODF} {MORE}>{inside}</office:document-styles>"
    assert holds("odt", odt("", **{"styles.xml": styles}), tmp_path) == found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (rb"{\object\objemb{\*\objclass x}{\*\objdata 00}}", {"embedded"}),
        (rb"{\field{\*\fldinst INCLUDEPICTURE x}{\fldrslt y}}", {"fields"}),
        (rb"{\field{\*\fldinst {\b INC}{\i LU}{DEPICTURE} x}{\fldrslt y}}", {"fields"}),
        (rb"{\field{\*\fldinst \'44\'44\u69?AUTO a b}}", {"fields"}),
        (rb'{\field{\*\fldinst HYPERLINK "https://a.example/link"}}', set()),
        (rb"{\*\template https://elsewhere.example/x}", {"template"}),
        (rb"{\*\template \\\\elsewhere\\x}", {"template"}),
        (rb"{\*\template C:\\Users\\robin\\cv.dotx}", set()),
        (rb"{\sp{\sn pibName}{\sv https://elsewhere.example/x}}", {"remote"}),
        (rb"{\pict\bin9 \objdata }{\b Robin}", set()),
    ],
)
def test_an_rtf(inside: bytes, found: set[str], tmp_path: Path) -> None:
    assert holds("rtf", files.RTF[:-1] + inside + b"}", tmp_path) == found


def test_plain_text_holds_nothing_and_every_kind_has_its_words(tmp_path: Path) -> None:
    assert holds("txt", files.TXT, tmp_path) == set()
    assert list(WORDS) == list(Holds)
