"""The addresses of a page of the careers site in each language, as search engines want to be told of them.

Each language has an address of its own (`?lang=de`), and every one of these names all of them, itself too
(hreflang is believed only where it is given back), by whole addresses. The address without a language is for
everybody else (`x-default`): it answers in the browser's. Each is its own canonical address, for one that pointed
to another language would ask not to be listed. A page that is written in one language alone has one address.
"""

from collections.abc import Sequence

from ats.web.languages import ASKED

EVERYBODY = "x-default"
Alternate = tuple[str, str]
"""A language as `hreflang` has it, and the whole address."""


def alternates(address: str, languages: Sequence[str]) -> list[Alternate]:
    """All addresses of the page, that for everybody last; none where there is nothing to choose from."""
    if len(languages) < 2:
        return []
    return [*((code, in_language(address, code)) for code in languages), (EVERYBODY, address)]


def canonical(address: str, languages: Sequence[str], asked: str) -> str:
    """Under which the page that is shown is to be listed; `asked`: the language that its address named."""
    return dict(alternates(address, languages)).get(asked, address)


def in_language(address: str, code: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{ASKED}={code}"
