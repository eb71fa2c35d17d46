"""What countries and languages are called in the language of now, as ISO's lists are translated with `pycountry`."""

import gettext
from functools import lru_cache

import pycountry
from django.conf import settings

from ats.kernel.languages import spoken


@lru_cache
def _list(name: str, language: str) -> gettext.NullTranslations:
    if language == settings.LANGUAGE_CODE:
        return gettext.NullTranslations()
    return gettext.translation(name, pycountry.LOCALES_DIR, [language], fallback=True)


def country(code: str) -> str:
    """`Germany`, `Deutschland`; the code where nobody knows it."""
    known = pycountry.countries.get(alpha_2=code)
    return _said("iso3166-1", str(getattr(known, "common_name", known.name))) if known else code


def language(name: str) -> str:
    """`French`, `Französisch`: by its English name."""
    return _said("iso639-3", name)


def currency(name: str) -> str:
    """`Swiss Franc`, `Schweizer Franken`: by its English name."""
    return _said("iso4217", name)


def _said(listed: str, name: str) -> str:
    return _list(listed, spoken()).gettext(name)
