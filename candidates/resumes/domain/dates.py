"""The days of a résumé: kept as precisely as they were written, and never more so.

`2018`, `2018-09` or `2018-09-15`. A day without a year is none; what could be two things is the one that résumés
mean: `10.2018` is October, `03/04/2019` the third of April (`month_first` says otherwise).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from candidates.resumes.domain import data

FIRST_YEAR, LAST_YEAR = 1940, 2099
MONTHS = 12
DASH = r"\s*(?:[-\u2010-\u2015\u2212~]|->|→)\s*"


@dataclass(frozen=True)
class Span:
    """From when to when, and where in the line that stands."""

    start: str
    end: str
    current: bool
    at: tuple[int, int]

    @property
    def is_one_day(self) -> bool:
        """One date alone stands there: when something was finished, more often than not."""
        return not self.start and not self.current


@lru_cache
def _months() -> dict[str, int]:
    return {name.rstrip("."): number for name, number in data.table("months").items()}


@lru_cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A date; and a span of two."""
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    year = r"(?:19[4-9]\d|20\d\d)"
    name = rf"(?:{names})\.?"
    date = (
        rf"(?:\d{{1,2}}\.?\s+(?:de\s+)?{name},?\s+(?:de[l]?\s+)?{year}"  # 3. März 2019
        rf"|{name}\s+\d{{1,2}},\s*{year}"  # March 3, 2019
        rf"|{name}(?:\s+|\s*[/\-.]\s*)(?:de[l]?\s+)?{year}"  # März 2019
        rf"|{name}\s*['’]\d\d"  # Mar '19
        rf"|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?{year}"  # 03.04.2019
        rf"|{year}[./-]\d{{1,2}}[./-]\d{{1,2}}"  # 2019-04-03
        rf"|(?:0?[1-9]|1[0-2])\s?[./-]\s?{year}"  # 04/2019
        rf"|{year}[./-](?:0[1-9]|1[0-2])(?!\d)"  # 2019-04
        rf"|{year})"
    )
    present = rf"(?:{data.alternatives('present')})"
    to = rf"(?:{DASH}|\s+(?:{data.alternatives('to')})\s+(?:la\s+|el\s+)?|\s*/\s*(?={year}))"
    since = rf"(?:{data.alternatives('since')})\s+"
    until = rf"(?:{data.alternatives('until')})\s+"
    edge, end = r"(?<![\w/.,\-+])", r"(?![\w/%])"
    span = (
        rf"{edge}(?:(?P<since>{since})(?P<from>{date})(?:{to}(?P<till>{date}|{present}))?"
        rf"|(?P<first>{date}){to}(?P<last>{date}|{present})"
        rf"|(?P<half>{name}){DASH}(?P<whole>{date})"
        rf"|(?P<short>{year})\s?[-\u2013/]\s?(?P<two>\d\d)(?!\d)"
        rf"|{until}(?P<until>{date})"
        rf"|(?P<alone>{date})){end}"
    )
    return re.compile(date, re.IGNORECASE), re.compile(span, re.IGNORECASE)


def spans(line: str) -> list[Span]:
    """All that stand in this line, from left to right."""
    if not re.search(r"\d\d", line):
        return []
    return [span for found in _grammar()[1].finditer(line) if (span := _span(found))]


def _span(found: re.Match[str]) -> Span | None:
    group = found.groupdict()
    at = found.span()
    if group["since"]:
        until = group["till"] or ""
        start, end = read(group["from"]), read(until)
        return Span(start, end, current=not end, at=at) if start else None
    if group["first"]:
        start, end = read(group["first"]), read(group["last"])
        return (
            Span(start, end, current=not end, at=at) if start and end >= (start[:4] if end else "") else None
        )
    if group["half"]:
        end = read(group["whole"])
        month = _months().get(group["half"].lower().rstrip("."), 0)
        return Span(f"{end[:4]}-{month:02d}", end, current=False, at=at) if end and month else None
    if group["short"]:
        end = f"{group['short'][:2]}{group['two']}"
        return Span(group["short"], end, current=False, at=at) if end > group["short"] else None
    day = read(group["until"] or group["alone"] or "")
    return Span("", day, current=False, at=at) if day else None


def read(text: str, *, month_first: bool = False) -> str:
    """One date; empty for a word like "today", and for what no calendar has."""
    text = text.strip().lower()
    name = re.search(r"[^\W\d_]{3,}", re.sub(r"\bdel?\b", " ", text))
    numbers = re.findall(r"\d+", text)
    if not numbers:
        return ""
    if name:
        month = _months().get(name.group().rstrip("."), 0)
        year = numbers[-1] if len(numbers[-1]) > 2 else f"20{numbers[-1]}"
        day = int(numbers[0]) if len(numbers) > 1 else 0
        return _written(int(year), month, day) if month else ""
    if len(numbers[0]) > 2:
        year, month, day = ([int(number) for number in numbers] + [0, 0])[:3]
        return _written(year, month, day)
    turned = [int(number) for number in reversed(numbers)]
    year, month, day = [*turned, 0, 0][:3]
    if day and (month_first or month > MONTHS >= day):
        month, day = day, month
    return _written(year, month, day)


def _written(year: int | str, month: int, day: int) -> str:
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 0 <= month <= MONTHS and 0 <= day <= 31):
        return ""
    return "-".join(
        [str(year), *([f"{month:02d}"] if month else []), *([f"{day:02d}"] if month and day else [])]
    )
