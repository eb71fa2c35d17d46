"""How a person is reached: addresses, telephones, links. Those of people they name as references are not theirs."""

import re
from collections.abc import Iterable, Sequence

import phonenumbers

from candidates.resumes.domain.facts import Confidence, Fact
from candidates.resumes.domain.lines import Line

EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[^\W\d_]{2,}", re.IGNORECASE
)
VEILED = re.compile(r"\s*[(\[]\s*(?:at|ät|arroba|arobase)\s*[)\]]\s*", re.IGNORECASE)
URL = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)[^\s<>\"'|•·]+"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|me|de|fr|es|eu|at|ch|it|nl|pl|co\.uk|uk|app|ai|info|blog|page"
    r"|tech|design|cv|name|xyz|site|online|us|ca|in|br|mx|ar|be|se|dk|no|fi|cz|social|works|studio|cat|academy)(?:/[^\s<>\"'|•·,;]*)?(?![\w@-])",
    re.IGNORECASE,
)
PROFILES = (
    "linkedin.com/", "github.com/", "gitlab.com/", "xing.com/", "stackoverflow.com/", "orcid.org/", "twitter.com/",
    "x.com/", "behance.net/", "dribbble.com/", "kaggle.com/", "medium.com/", "researchgate.net/", "bitbucket.org/",
    "malt.fr/", "scholar.google", "leetcode.com/", "youtube.com/", "instagram.com/", "t.me/", "imdb.com/", "bsky.app/",
)  # fmt: skip
LABEL = re.compile(
    r"\b(?:tel|phone|mobile|mobil|mob|cell|handy|telefon|téléphone|telephone|tél|portable|móvil|movil|teléfono|telefono|gsm|festnetz|cellulare)\b",
    re.IGNORECASE,
)
THEIRS = {"header", "contact", "links", "summary"}
MOST = 6
FEWEST_DIGITS = 7


def emails(lines: Sequence[Line]) -> list[Fact]:
    found: dict[str, Fact] = {}
    for line in lines:
        if line.section == "references":
            continue
        text = VEILED.sub("@", line.text)
        for match in EMAIL.finditer(text):
            address = match.group().strip(".'")
            sure = line.section in THEIRS or not found
            fact = Fact(address, Confidence.SURE if sure else Confidence.LIKELY)
            found.setdefault(address.lower(), fact)
    return list(found.values())[:MOST]


def phones(lines: Sequence[Line], regions: Sequence[str]) -> list[Fact]:
    """`regions`: whose numbers they may be where they do not say it, the likeliest first. Such a number is likely."""
    found: dict[str, Fact] = {}
    for line in lines:
        labelled = LABEL.search(line.text) is not None
        if line.section == "references" or not (labelled or line.section in THEIRS):
            continue
        for shown, dialled, says in _numbers(EMAIL.sub(" ", URL.sub(" ", line.text)), regions):
            found.setdefault(dialled, Fact(shown, Confidence.SURE if says else Confidence.LIKELY, dialled))
    return list(found.values())[:MOST]


def _numbers(text: str, regions: Sequence[str]) -> Iterable[tuple[str, str, bool]]:
    """As written, as dialled, and whether it says its country."""
    taken: list[tuple[int, int]] = []
    for region in [None, *regions]:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            says = match.raw_string.lstrip("( ").startswith(("+", "00"))
            digits = re.sub(r"\D", "", match.raw_string)
            at = (match.start, match.end)
            if len(digits) < FEWEST_DIGITS or any(at[0] < end and start < at[1] for start, end in taken):
                continue
            taken.append(at)
            yield (
                match.raw_string.strip(),
                phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164),
                says,
            )


def link_key(link: str) -> str:
    """As links are compared: without what is said before and after the address itself."""
    bare = re.sub(r"^(?:https?://)?(?:www\.|de\.|fr\.|es\.|uk\.)?", "", link.strip(), flags=re.IGNORECASE)
    return re.sub(r"[?#].*$", "", bare).rstrip("/.").lower()


def links(lines: Sequence[Line], targets: Sequence[str]) -> list[Fact]:
    """`targets`: where the file's own links lead, which often show a name alone."""
    found: dict[str, Fact] = {}
    for line in lines:
        for match in URL.finditer(EMAIL.sub(" ", line.text)):
            shown = match.group().rstrip(".,;)")
            is_profile = link_key(shown).startswith(PROFILES)
            if line.section in THEIRS:
                found.setdefault(link_key(shown), Fact(_whole(shown), Confidence.SURE))
            elif is_profile and line.section != "references":
                found.setdefault(link_key(shown), Fact(_whole(shown), Confidence.GUESS))
    words = " ".join(line.text for line in lines if line.section in THEIRS).lower()
    for target in targets:
        if target.lower().startswith(("http://", "https://")) and link_key(target) not in found:
            key = link_key(target)
            if f"{key}/" in PROFILES:
                continue
            said = key.rsplit("/", 1)[-1] in words
            if said and (key.startswith(PROFILES) or key in words):
                found[key] = Fact(target, Confidence.SURE)
    return list(found.values())[: 2 * MOST]


def _whole(link: str) -> str:
    return link if link.lower().startswith("http") else f"https://{link}"
