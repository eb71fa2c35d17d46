"""Where somebody lives, as far as their résumé says it: a town, and a country."""

import re
from collections.abc import Sequence
from functools import lru_cache

from candidates.resumes.domain import data
from candidates.resumes.domain.facts import Confidence, Fact
from candidates.resumes.domain.lines import Line

STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC".split()
)
LABELS = re.compile(
    r"^(?:address|anschrift|adresse|wohnort|ort|location|city|residence|domicilio|dirección|direccion|ciudad|lieu|ville"
    r"|domicile|indirizzo|endereço|adres|adress)\s*[:：]?\s+",
    re.IGNORECASE,
)
TOWN = r"[^\W\d_][^\d,|•·@:;()]{1,45}?"
POSTCODE = re.compile(
    rf"(?<!\d)(?:[A-Z]{{1,2}}-)?(?P<code>\d{{4,5}})\s+(?P<town>{TOWN})(?=$|[,|•·(]|\s{{2,}})"
)
PAIR = re.compile(
    rf"(?:^|[|•·,]\s*|\s{{2,}})(?P<town>{TOWN}),\s*(?P<country>[^\W\d_][^\d,|•·@]{{1,40}}?)(?=$|\s*[|•·,])"
)


@lru_cache
def countries() -> dict[str, str]:
    return {data.plain(name): code for code, names in data.table("countries").items() for name in names}


def country_of(text: str) -> str:
    """The code of the country that this is a name of, or one of whose states it is; empty: neither."""
    if text.strip(" .") in STATES:
        return "US"
    return countries().get(data.plain(text), "")


def is_place(text: str) -> bool:
    """`Berlin, Germany`, `San Francisco, CA`, `Remote`."""
    if data.plain(text) in {"remote", "homeoffice", "home office", "teletravail", "remoto", "hybrid"}:
        return True
    parts = [part.strip() for part in re.split(r",|\(|\)", text) if part.strip()]
    return bool(parts) and bool(country_of(parts[-1]))


def place(lines: Sequence[Line]) -> Fact | None:
    """Their town; `more` is the code of the country, if it is said."""
    theirs = [line for line in lines if line.section in {"header", "contact"}]
    for line in theirs:
        if (found := _in(line.text)) is not None:
            return found
    labelled = [LABELS.sub("", line.text) for line in theirs if LABELS.match(line.text)]
    for text in labelled:
        town = text.split(",")[-1].strip()
        if town and not re.search(r"[\d@]", town):
            return Fact(town, Confidence.LIKELY)
    return None


def _in(text: str) -> Fact | None:
    labelled = LABELS.match(text) is not None
    text = LABELS.sub("", text)
    for piece in re.split(r"\s+[|•·–—]\s+|\s{2,}|\t", text):
        words = re.sub(r"\S*@\S*|\+?\(?\d[\d\s()/.-]{6,}", "|", piece)
        for match in PAIR.finditer(words):
            if code := _country_at_start(match["country"]):
                return Fact(match["town"].strip(), Confidence.SURE, code)
        if after := POSTCODE.search(piece):
            code = next(
                (country_of(part) for part in piece[after.end() :].split(",") if country_of(part)), ""
            )
            return Fact(
                after["town"].strip(), Confidence.SURE if labelled or code else Confidence.LIKELY, code
            )
    return None


def _country_at_start(text: str) -> str:
    """The country with which this begins: more may follow it in the same line."""
    words = text.split()
    return next(
        (code for end in range(min(len(words), 4), 0, -1) if (code := country_of(" ".join(words[:end])))), ""
    )
