"""A text that needs nothing of the page is put into the template when it is compiled, as Django would say it."""

import re
from itertools import cycle, pairwise

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin, Template, TemplateSyntaxError, engines
from django.template.base import UNKNOWN_SOURCE, TextNode
from django.template.loader import get_template, render_to_string
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import smart_split

from ats.templatetags.folded import Filled, Named

TEMPLATES = settings.ROOT / "templates"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TAG = re.compile(
    r"\{% (?:translate|trans) [^%]*%\}|\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.DOTALL
)
ODD = (
    '{% translate "50 % of <b>us</b> & you" %}',
    "{% translate 'it\\'s \"so\"' %}",
    '{% translate "May" context "month name" %}',
    '{% translate "Yes" noop %}',
    "{% blocktranslate %}100 %, 50 %% & <b>all</b> %(of)s{% endblocktranslate %}",
    "{% blocktranslate trimmed %}\n  one\n   two\n{% endblocktranslate %}",
    '{% blocktranslate context "a, b" %}May{% endblocktranslate %}',
    "{% autoescape off %}{% translate 'a < b' %}{% endautoescape %}",
)
OURS = engines["django"].engine
DJANGO = Engine(
    libraries=OURS.libraries,
    builtins=[
        "django.templatetags.i18n",
        *(each for each in OURS.builtins if each != "ats.templatetags.folded"),
    ],
)
FACTS = {
    "name": "<Ada>",
    "when": SafeString("<time>today</time>"),
    "number": 1_234.5,
    "missing": None,
    "count": 2,
}


def folded(source: str) -> Template:
    """As the loader compiles it: for the language of now."""
    origin = Origin(UNKNOWN_SOURCE)
    origin.language = translation.get_language()
    return Template(source, origin, engine=engines["django"].engine)


OPENING = re.compile(r"\{% blocktranslate [^%]*%\}")
NAMED = re.compile(r"\{% (?:translate [^%]* as|blocktranslate [^%]*\basvar) (\w+)")


def _given(opening: str) -> str:
    """The same tag, filled with what is given here instead of what its page gives."""
    values, bits = cycle(["name", "when", "number", "missing"]), []
    for before, bit in pairwise(["", *smart_split(opening[2:-2].strip())]):
        name, is_given, _ = bit.partition("=")
        value = "count" if before == "count" else next(values)
        bits.append(f"{name}={value}" if is_given and name.isidentifier() else bit)
    return f"{{% {' '.join(bits)} %}}"


def tags() -> list[str]:
    """All of our templates; what is called by a name is shown."""
    found = {tag for path in sorted(TEMPLATES.rglob("*.html")) for tag in TAG.findall(path.read_text())}
    given = [OPENING.sub(lambda opening: _given(opening[0]), tag) for tag in sorted(found)]
    return [*ODD, *(f"{tag}{{{{ {as_[1]} }}}}" if (as_ := NAMED.match(tag)) else tag for tag in given)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 11])
def test_every_text_of_ours_is_said_as_django_says_it(language: str, count: int) -> None:
    with translation.override(language):
        for tag in tags():
            facts = FACTS | {"count": count}
            theirs = Template(tag, engine=DJANGO).render(Context(facts))
            assert folded(tag).render(Context(facts)) == theirs, tag


def test_what_needs_nothing_of_the_page_is_text() -> None:
    with translation.override("de"):
        for source in ODD[:3] + ODD[4:7]:
            nodes = list(folded(source).nodelist)
            assert source.count("%(of)s") or [type(node) for node in nodes] == [TextNode], source


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("{% translate name %}", TranslateNode),
        ('{% translate "Yes" as said %}', Named),
        ('{% translate "Yes"|upper %}', TranslateNode),
        ('{% translate "Yes" context name %}', TranslateNode),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", Filled),
        ("{% blocktranslate asvar said %}Hello{% endblocktranslate %}", Filled),
        ("{% blocktranslate count n=count %}one{% plural %}many{% endblocktranslate %}", Filled),
        ("{% blocktranslate context name %}Hello{% endblocktranslate %}", BlockTranslateNode),
    ],
)
def test_what_needs_the_page_stays_a_tag(source: str, kind: type) -> None:
    assert [type(node) for node in folded(source).nodelist] == [kind]


def test_a_template_of_no_language_stays_as_django_made_it() -> None:
    page = Template('{% translate "Send application" %}')
    with translation.override("de"):
        assert page.render(Context()) == "Bewerbung absenden"
    with translation.override("en"):
        assert page.render(Context()) == "Send application"


def test_each_language_has_a_template_of_its_own_and_what_it_extends_and_includes_too() -> None:
    said = {}
    for language in ("en", "de", "fr", "de", "en"):
        with translation.override(language):
            page = render_to_string("404.html")
            assert said.setdefault(language, page) == page
            assert get_template("404.html").template.origin.language == language
    assert len(set(said.values())) == 3
    assert {language: f'lang="{language}"' in page for language, page in said.items()} == dict.fromkeys(
        said, True
    )


def test_the_development_server_throws_all_of_them_away() -> None:
    with translation.override("de"):
        before = get_template("404.html").template
        assert get_template("404.html").template is before
        for loader in engines["django"].engine.template_loaders:
            loader.reset()
        assert get_template("404.html").template is not before


def test_another_language_inside_a_template_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template('{% language "de" %}{% translate "Yes" %}{% endlanguage %}')
