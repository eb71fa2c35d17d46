"""Marks texts that only colleagues read: they are translated into the languages of staff, not into all of candidates'.

From which module a mark comes says who reads the text: `make messages` and `tests/laws/test_languages.py` look at it.
A text that candidates read somewhere is theirs everywhere.

They say what Django's own marks say, and look up each text once for each language: a board says hundreds of times.
"""

from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext_noop, ngettext_lazy

from ats.kernel.languages import spoken

__all__ = [
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "pgettext",
    "pgettext_lazy",
    "pgettext_noop",
]


@lru_cache(maxsize=8192)
def _said(language: str, context: str, text: str) -> str:
    if language == settings.LANGUAGE_CODE:
        return text
    return translation.pgettext(context, text) if context else translation.gettext(text)


def gettext(text: str) -> str:
    return _said(spoken(), "", text)


def pgettext(context: str, text: str) -> str:
    return _said(spoken(), context, text)


def pgettext_noop(context: str, text: str) -> str:
    """Marks what stands in a row that the house ships: `pgettext` says it where it is shown."""
    return text


def ngettext(one: str, several: str, number: int) -> str:
    if spoken() == settings.LANGUAGE_CODE:
        return one if number == 1 else several
    return translation.ngettext(one, several, number)


def npgettext(context: str, one: str, several: str, number: int) -> str:
    if spoken() == settings.LANGUAGE_CODE:
        return one if number == 1 else several
    return translation.npgettext(context, one, several, number)


gettext_lazy = lazy(gettext, str)
pgettext_lazy = lazy(pgettext, str)
