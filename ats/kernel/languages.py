"""The languages that candidates read: which there are, saying something in one, and the words that the house ships."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext

P = ParamSpec("P")
R = TypeVar("R")

Words = str | Promise
"""Words, or words that are said in the language of whoever reads them (`gettext_lazy`)."""


def known() -> frozenset[str]:
    """Those in which we speak to candidates."""
    return frozenset(code for code, _ in settings.LANGUAGES)


def name_of(language: str) -> str:
    """What its readers call a language: `Deutsch`; its code where we do not know it."""
    return str(dict(settings.LANGUAGES).get(language, language))


def direction(language: str) -> str:
    """`rtl` or `ltr`: in which direction it is read."""
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """What is said inside is said in this language, which is one that we know."""
    token = _spoken.set(code)
    try:
        with translation.override(code):
            yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language of now. Django takes longer to say it than a text, and a page asks hundreds of times."""
    return _spoken.get() or translation.get_language() or settings.LANGUAGE_CODE


def speak(language: str) -> None:
    """From here on, to the end of the request, this language is spoken; in its errors as well.

    For who finds out in the middle of a request who reads the answer. `LanguageMiddleware` takes it back.
    """
    code = language if language in known() else settings.LANGUAGE_CODE
    _spoken.set(code)
    translation.activate(code)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said inside is said in this language; in the house's own where we do not know it."""
    with in_language(language if language in known() else settings.LANGUAGE_CODE):
        yield


def for_colleagues(language: str) -> str:
    """This language where colleagues are spoken to in it, else the house's own."""
    return language if language in dict(settings.STAFF_LANGUAGES) else settings.LANGUAGE_CODE


def ours(act: Callable[P, R]) -> Callable[P, R]:
    """`ours(withdraw)(...)`: the act is done in the house's language, whoever asks for it in which.

    What it records, and writes to colleagues, is read by others. Its refusals are said where they are caught.
    """

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        with in_language(settings.LANGUAGE_CODE):
            return act(*args, **kwargs)

    return done


def recorded(words: Words) -> str:
    """Marked words as they are put on record, or written to others: in the house's language, whoever acts."""
    with in_language(settings.LANGUAGE_CODE):
        return str(words)


def shipped(text: str) -> str:
    """Words of a row as candidates read them: translated where they are those that the house ships, else as they are.

    What the house ships for rows (steps, promises, reasons) is marked with `gettext_noop` where it stands.
    """
    return gettext(text) if text else ""


def _said(say: Callable[..., str], *facts: Any) -> str:
    return say(*facts)


_later = lazy(_said, str)
"""Made once: `lazy` makes a class, which takes a hundred times as long as the words."""


def later(say: Callable[..., str], *facts: Any) -> Any:
    """`say(*facts)` as words that are said in the language of the moment in which somebody reads them."""
    return _later(say, *facts)


def listed(words: Iterable[Any]) -> str:
    """`a, b and c`, as the language of now says it."""
    *several, last = [*map(str, words)] or [""]
    if not several:
        return last
    return gettext("%(several)s and %(last)s") % {"several": ", ".join(several), "last": last}


def within(words: Words) -> str:
    """A label within a sentence: small as English has it; German keeps its nouns great."""
    return str(words) if spoken() == "de" else str(words).lower()


def too_long(limit: int) -> Words:
    """What is said of a text that is longer than what we keep."""
    return later(lambda: gettext("Keep this under %(limit)s characters.") % {"limit": limit})
