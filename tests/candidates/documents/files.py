"""Files of every kind, made here: honest ones and hostile ones."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Docx
from fpdf import FPDF

WORDS = "Robin Example built ferries and Python services."
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """An upload as a view receives it; the name goes in unsanitised, as an API or a test may give it."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file


def pdf(text: str = WORDS, *, pages: int = 1, password: str = "") -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=12)
    for _ in range(pages):
        document.add_page()
        document.multi_cell(0, 8, text)
    if password:
        document.set_encryption(owner_password="owner-" + password, user_password=password)
    return bytes(document.output())


def docx(*paragraphs: str) -> bytes:
    document = Docx()
    for paragraph in paragraphs or (WORDS,):
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left cell", "Right cell"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(members: dict[str, Any], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return out.getvalue()


def raw_docx(xml: str, *, main: str = DOCX_MAIN, **more: Any) -> bytes:
    """A DOCX of nothing but the given word/document.xml."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": xml} | more)


def odt(xml: str | None = None, **more: Any) -> bytes:
    xml = xml or (
        f"<office:document-content {ODF}><office:body><office:text>"
        f"<text:h>Robin<text:s/>Example</text:h><text:p>built <text:span>ferries</text:span> and"
        "<text:tab/>Python<text:line-break/>services.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml} | more)


RTF = (
    rb"{\rtf1\ansi\ansicpg1252 Robin Example built {\b ferries} and Python services.\par Caf\'e9 owner.\par}"
)
TXT = WORDS.encode()
