"""Tables as files that spreadsheets open: nothing in them is reckoned, and every letter is read as it is."""

import csv
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO, StringIO
from typing import Any

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins with one of these is reckoned by spreadsheets."""


LONGEST_CELL = 32_767
"""So many letters a cell of a workbook holds."""


def harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one."""
    text = str(value)
    return f"'{text}" if _seen(text).startswith(BEGINS_FORMULA) else text


def _seen(text: str) -> str:
    """How it begins for a spreadsheet: without blanks and invisible letters, wide signs as narrow ones."""
    kept = (
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in {"Zs", "Zl", "Zp", "Cf"}
    )
    return "".join(kept)


def as_csv(head: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """One line for each, for Excel too: with a byte-order mark, and no formulas."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for line in lines:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return "\ufeff" + out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{_TYPE}.sheet"
"""What such a file is called among media types."""
_AROUND = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/{SHEET}" '
    f'ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Accord" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def as_xlsx(head: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """The same as a workbook of one sheet: words are words there, whatever they begin with, and numbers are numbers."""
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in [head, *lines])
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in {**_AROUND, SHEET: sheet}.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = "".join(letter for letter in str(value) if letter in "\t\n\r" or _may_stand(ord(letter)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text[:LONGEST_CELL])}</t></is></c>'


def _may_stand(code: int) -> bool:
    """Whether XML may hold this letter at all."""
    return 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
