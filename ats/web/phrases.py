"""What scripts say (`phrase("...")` in static/js), in the language of the page: a list in the page itself.

English needs none, since the words stand in the scripts.
"""

import re
from functools import cache

from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

PHRASE = re.compile(r'\bphrase\(\s*"((?:[^"\\]|\\.)*)"')


@cache
def phrases() -> tuple[str, ...]:
    """The words of all scripts."""
    folder = settings.ROOT / "static" / "js"
    found = (text for path in sorted(folder.glob("*.js")) for text in PHRASE.findall(path.read_text()))
    return tuple(dict.fromkeys(found))


def listed() -> SafeString | str:
    """The list for this page; nothing where the scripts speak its language already."""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else _listed(language)


@cache
def _listed(_language: str) -> SafeString:
    said = {text: gettext(text) for text in phrases()}
    return json_script({text: words for text, words in said.items() if words != text}, "phrases")
