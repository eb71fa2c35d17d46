"""Where a list goes on, as an address holds it: the moment and the row that came last."""

from datetime import datetime

from django.http import Http404
from django.utils.dateparse import parse_datetime

from ats.kernel.moments import in_reach
from ats.kernel.numbers import number

Cursor = tuple[datetime, int]


def cursor(text: str) -> Cursor:
    """`2026-11-24T10:00:00+00:00~17`; anything else is no page of any list."""
    when, _, row = text.rpartition("~")
    try:
        at = parse_datetime(when)
    except ValueError:
        at = None
    row_number = number(row)
    moment = None if at is None else in_reach(at)
    if moment is None or row_number is None:
        raise Http404("There is no such page of this list.")
    return moment, row_number


def said(place: Cursor | None) -> str:
    return f"{place[0].isoformat()}~{place[1]}" if place else ""
