"""Languages in which people of a country write, by the names that Tesseract gives them."""

from collections.abc import Iterable

WRITTEN_IN = {
    "eng": "AU CA GB IE IN MT NZ PH SG US ZA",
    "deu": "AT BE CH DE LI LU",
    "fra": "BE CA CH FR LU MC",
    "ita": "CH IT SM",
    "spa": "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE",
    "por": "AO BR MZ PT",
    "nld": "BE NL",
    "dan": "DK",
    "nor": "NO",
    "swe": "FI SE",
    "fin": "FI",
    "isl": "IS",
    "est": "EE",
    "lav": "LV",
    "lit": "LT",
    "pol": "PL",
    "ces": "CZ",
    "slk": "SK",
    "slv": "SI",
    "hun": "HU",
    "ron": "MD RO",
    "hrv": "BA HR",
    "srp": "BA RS",
    "bul": "BG",
    "ell": "CY GR",
    "tur": "TR",
    "ukr": "UA",
    "rus": "KZ RU",
    "heb": "IL",
    "ara": "AE BH DZ EG IQ JO KW LB MA OM QA SA TN",
    "hin": "IN",
    "jpn": "JP",
    "kor": "KR",
    "chi_sim": "CN SG",
    "chi_tra": "HK TW",
    "tha": "TH",
    "vie": "VN",
    "ind": "ID",
}
MOST = 4
"""Each further one takes more time, and finds more letters where there are none."""


def to_look_for(countries: Iterable[str], *, known: Iterable[str]) -> list[str]:
    """In which of the `known` languages a page is looked at, those of the first countries before others.

    English is among them wherever it is known: technical terms are.
    """
    wanted = [
        language
        for country in countries
        for language, where in WRITTEN_IN.items()
        if country in where.split()
    ]
    there = set(known)
    found = [language for language in dict.fromkeys(wanted) if language in there and language != "eng"]
    return [*found[: MOST - 1], *({"eng"} & there)] or sorted(there)[:1]
