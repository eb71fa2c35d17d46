"""Hires as files for a personnel system; pure."""

import json
from collections.abc import Iterable

from ats.kernel import spreadsheets
from candidates.hires.models import HireRecord
from candidates.hires.queries.facts import COLUMNS


def as_csv(hires: Iterable[HireRecord]) -> str:
    """One line for each hire."""
    lines = ([hire.pk, hire.state, *(hire.facts.get(column, "") for column in COLUMNS)] for hire in hires)
    return spreadsheets.as_csv(["hire", "state", *COLUMNS], lines)


def as_json(hires: Iterable[HireRecord]) -> str:
    rows = [{"hire": hire.pk, "state": hire.state, **hire.facts} for hire in hires]
    return json.dumps({"hires": rows}, ensure_ascii=False, indent=2)
