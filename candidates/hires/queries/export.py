"""Hires as files for a personnel system; pure."""

import csv
import json
import unicodedata
from collections.abc import Iterable
from io import StringIO
from typing import Any

from candidates.hires.models import HireRecord
from candidates.hires.queries.facts import COLUMNS

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


def as_csv(hires: Iterable[HireRecord]) -> str:
    """One line for each hire, for Excel too: with a byte-order mark, and no formulas."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["hire", "state", *COLUMNS])
    for hire in hires:
        writer.writerow([hire.pk, hire.state, *(harmless(hire.facts.get(column, "")) for column in COLUMNS)])
    return "\ufeff" + out.getvalue()


def as_json(hires: Iterable[HireRecord]) -> str:
    rows = [{"hire": hire.pk, "state": hire.state, **hire.facts} for hire in hires]
    return json.dumps({"hires": rows}, ensure_ascii=False, indent=2)
