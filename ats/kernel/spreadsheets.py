"""Tables as files that spreadsheets open: nothing in them is reckoned, and every letter is read as it is."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins with one of these is reckoned by spreadsheets."""


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
