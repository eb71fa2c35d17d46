"""No English is left on a page in another language: a language of marked letters shows what nobody translated.

Its texts are the German ones with other letters in them. What stands on a page in plain letters is a name, somebody's
own words, or was left out.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import formats
from django.utils.translation import trans_real

from ats.accounts.models import User
from ats.approvals.domain import kinds
from ats.kernel import kept
from tests import factories
from tests.laws.addresses import OURS, let_go
from tests.laws.world import MARK, world

__all__ = ["world"]  # a fixture

MARKED = "xx"
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćďéƒǵĥíĵķĺɱńóƥɋŕśťúṽẃẋýźÁƁĆĎÉƑǴĤÍĴĶĹṀŃÓƤɊŔŚŤÚṼẂẊÝŹ",
)
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|&\w+;|\{\{.*?\}\}")
"""What stays as it is in a text: places that are filled, tags, and signs of HTML."""
OTHERS = (
    "/careers/",
    "/settings/messages",
    "/settings/outbox/",
    "/settings/promises/",
    "/settings/wording",
    "/settings/offer-letters",
    "/settings/law/",
    "/settings/retention/",
)
"""Pages of words for candidates, of words that rules look for, and of names of laws, whatever the page speaks."""
NAMES = re.compile(
    r"Accord|Twilio|CSV|PDF|API|UTC|https|English|Deutsch|Français|Español|العربية|\d+ h \d+ min|<[^>]+@[^>]+>"
)
KEPT_IN = frozenset({"activity", "advice", "approval", "contradiction", "outgoingmail"})
"""Tables whose words are the house's: they are said in the reader's language."""
ALOUD = frozenset({"aria-label", "title", "alt", "placeholder", "data-confirm"})
LEFT = frozenset({"Subject", "First name", "Last name", "E-mail", "Your complaint has arrived"})
"""Labels and subjects of what goes to candidates, whose translations are their own catalog's."""


def marked(text: str) -> str:
    parts, at = [], 0
    for match in PLACES.finditer(text):
        parts += [text[at : match.start()].translate(LETTERS), match[0]]
        at = match.end()
    return "".join([*parts, text[at:].translate(LETTERS)])


@pytest.fixture
def marked_language(settings, monkeypatch) -> Iterator[str]:
    german, made = trans_real.translation("de"), trans_real.DjangoTranslation("en")
    made.__dict__.update(german.__dict__)
    made._DjangoTranslation__language = made._DjangoTranslation__to_language = MARKED
    made._catalog = trans_real.TranslationCatalog()
    made._catalog._plurals = german._catalog._plurals
    made._catalog._catalogs = [
        {key: said if key == "" else marked(said) for key, said in each.items()}
        for each in german._catalog._catalogs
    ]
    known = list(kept.texts("de"))
    monkeypatch.setattr(
        kept, "texts", lambda language: [(least, words, marked(said)) for least, words, said in known]
    )
    monkeypatch.setitem(trans_real._translations, MARKED, made)
    days = list(formats.iter_format_modules("de", settings.FORMAT_MODULE_PATH))
    monkeypatch.setitem(formats._format_modules_cache, MARKED, days)
    settings.STAFF_LANGUAGES = [("en", "English"), (MARKED, "Marked")]
    monkeypatch.delitem(kinds._kinds, "test-matter", raising=False)  # of other tests, where they ran before
    return MARKED


class Seen(HTMLParser):
    """What people read of a page, or hear."""

    SILENT = ("script", "style", "svg", "code", "textarea", "select")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self._silent.append(tag)
        self.said += [value for name, value in attrs if name in ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.said.append(" ".join(data.split()))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (" ".join(each.split()) for each in (value, *value.splitlines()))
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def own_words() -> re.Pattern[str]:
    """What stands in rows, and is nobody's to translate."""
    found: set[str] = {MARK, *(person.get_short_name() for person in User.objects.all())}
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
        ]
        if fields and model._meta.model_name not in KEPT_IN:
            for row in model._base_manager.values_list(*fields)[:300]:
                found.update(strings(row))
    longest = sorted((each for each in found if 1 < len(each) < 2000), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def test_no_english_is_left(client, world, marked_language):
    client.force_login(factories.make_user("admin", language=marked_language))
    own, left = own_words(), {}
    for pattern in OURS:
        address = world.address(pattern)
        if address is None or address.startswith(OTHERS):
            continue
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            let_go(answer)
            continue
        for said in Seen(answer.content.decode()).said:
            rest = NAMES.sub(" ", own.sub(" ", said))
            if said not in LEFT and re.search(r"[A-Za-z]{3}", rest):
                left.setdefault(said, address)
    assert left == {}
