"""The smallest parts, put together as text."""

from datetime import UTC, datetime

import pytest

from ats.activity import verbs
from ats.web import markup, staticfiles
from ats.web.forms import QuickSelect

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_every_verb_of_the_record_has_a_picture_that_there_is():
    drawn = markup.drawn() | {name.replace("/", "-") for name in staticfiles.icon_names()}
    assert sorted({verb.icon for verb in verbs.known().values()} - drawn - {"dot"}) == []


def test_names_that_are_markup_stay_words():
    hostile = '"><script>alert(1)</script>'
    promise = {"what": hostile, "due_at": NOW, "side": "recruiter", "owner": hostile, "state": "open"}
    made = markup.chip(promise, now=NOW) + markup.person(hostile, line=hostile, href=hostile, sheet=hostile)
    made += markup.icon("clock", label=hostile)
    assert "<script>" not in made
    assert '"">' not in made


def test_no_promise_is_no_chip():
    assert markup.chip(None, now=NOW) == ""


@pytest.mark.parametrize(("value", "chosen"), [("b", "b"), ("", ""), (None, ""), (2, "2")])
def test_a_quick_list_chooses_what_is_chosen_and_escapes_the_rest(value, chosen):
    choices = [("", "Any"), ("b", "<b>"), ("More", [("c", "C & D"), (2, "Two")])]
    html = QuickSelect(choices=choices).render("x", value, attrs={"id": "x", "required": True})
    assert html.startswith('<select name="x" id="x" required>')
    assert f'<option value="{chosen}" selected>' in html
    assert html.count("selected") == 1
    assert "&lt;b&gt;" in html
    assert '<optgroup label="More"><option value="c">C &amp; D</option>' in html
