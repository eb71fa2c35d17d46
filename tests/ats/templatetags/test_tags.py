"""What the tags write, and that nothing which people typed becomes markup."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script>" onload=x'


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def write(template: str, **context: Any) -> str:
    return " ".join(Template(template).render(Context(context)).split())


def test_icons_are_silent_beside_a_word_and_speak_alone() -> None:
    assert write('{% icon "x" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#x"/></svg>'
    )
    assert write('{% icon "x" label="Close" %}') == (
        '<svg class="icon" role="img" aria-label="Close"><use href="/static/img/icons.svg#x"/></svg>'
    )


def test_times_say_the_absolute_too() -> None:
    assert write("{% due at %}", at=NOW + timedelta(days=2)) == (
        '<time datetime="2026-11-26T10:00:00+00:00" title="Thursday 26 November 2026, 10:00 UTC">in 2 days</time>'
    )
    assert write("{% at at %}", at=NOW) == (
        '<time datetime="2026-11-24T10:00:00+00:00" title="Tuesday 24 November 2026, 10:00 UTC">'
        "Tuesday 24 November, 10:00 UTC</time>"
    )
    assert (
        write("{% day at %}", at=date(2027, 1, 4))
        == '<time datetime="2027-01-04">Monday 4 January 2027</time>'
    )
    assert write('{% ago at none="never" %}', at=None) == "never"


@pytest.mark.parametrize(("days", "name"), [(0, "Today"), (1, "Yesterday"), (2, "Sunday 22 November")])
def test_days_of_the_timeline(days: int, name: str) -> None:
    assert write("{{ day|day_name }}", day=NOW.date() - timedelta(days=days)) == name


def test_nothing_that_people_typed_becomes_markup() -> None:
    promise = {"what": HOSTILE, "due_at": NOW, "owner": SimpleNamespace(name=HOSTILE), "state": "open"}
    texts = dict.fromkeys(("who", "text", "body", "status", "visibility", "href"), HOSTILE)
    entry = {"at": NOW, "icon": "circle", **texts}
    pages = [
        write("{% person who line=who href=who %}", who=HOSTILE),
        write("{% avatar who label=who %}", who=HOSTILE),
        write("{% promise_chip promise %}", promise=promise),
        write("{% stage_chip who %}", who=HOSTILE),
        write("{% figure who who unit=who before=who usual=who note=who %}", who=HOSTILE),
        write("{% empty who action=who href=who %}", who=HOSTILE),
        write("{{ who|lines }}", who=HOSTILE),
        write('{% include "parts/timeline.html" %}', entries=[entry]),
        write('{% include "parts/toast.html" with text=who level=who extra=who %}', who=HOSTILE),
    ]

    assert [page for page in pages if "<script" in page or '" onload' in page] == []


def test_plain_text_keeps_its_paragraphs() -> None:
    assert write("{{ text|lines }}", text="One\r\ntwo\r\n\r\n\r\nThree & four") == (
        "<p>One<br>two</p> <p>Three &amp; four</p>"
    )


def test_a_query_changes_in_place_and_paging_starts_afresh() -> None:
    request = RequestFactory().get("/candidates/?q=a+b&stage=1&tag=x&tag=y&page=7")

    assert write("{% url_with stage=2 %}", request=request) == "?q=a+b&amp;stage=2&amp;tag=x&amp;tag=y"
    assert (
        write("{% url_with page=8 %}", request=request) == "?q=a+b&amp;stage=1&amp;tag=x&amp;tag=y&amp;page=8"
    )
    assert write("{% url_with stage=None tag='' q='' %}", request=request) == "?"


def test_a_block_can_be_said_again() -> None:
    base = Template("<title>{% block title %}{% endblock %}</title><h1>{% again 'title' %}</h1>")
    page = Template("{% extends base %}{% block title %}Roles &amp; {{ what }}{% endblock %}")

    assert page.render(Context({"base": base, "what": "<b>"})) == (
        "<title>Roles &amp; &lt;b&gt;</title><h1>Roles &amp; &lt;b&gt;</h1>"
    )


@pytest.mark.parametrize(("number", "words"), [(0, "0 people"), (1, "1 person"), (7, "7 people")])
def test_counting(number: int, words: str) -> None:
    assert write('{{ n|counted:"person,people" }}', n=number) == words


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Version/18.1 Safari/604.1", "Safari on iPhone"),
        ("curl/8.5", "curl/8.5"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_have_names(agent: str, name: str) -> None:
    assert write("{{ agent|browser }}", agent=agent) == name


class Apply(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport.")
    place = forms.ChoiceField(
        label="Place", widget=forms.RadioSelect, choices=[("a", "Here"), ("b", "There")]
    )
    pool = forms.BooleanField(label="Keep me in mind", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"class": "wide"}), required=False)


def test_a_field_ties_its_parts_together() -> None:
    html = write("{{ form.name.as_field_group }}", form=Apply({"name": ""}))

    assert html == (
        '<div class="field field-wrong"> '
        '<label class="form-label" for="id_name">Name</label> '
        '<div class="field-help" id="id_name_helptext">As in your passport.</div> '
        '<div class="field-error" id="id_name_error">'
        '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#alert"/></svg>'
        "<span>Please fill this in.</span></div> "
        '<input type="text" name="name" class="form-control is-invalid" required aria-invalid="true" '
        'aria-describedby="id_name_helptext id_name_error" id="id_name"> </div>'
    )


def test_a_group_is_a_fieldset_and_a_box_has_its_label_after_it() -> None:
    html = write("{{ form }}", form=Apply())

    assert html.count('<fieldset class="field field-group">') == 1
    assert html.count('class="form-check-input"') == 3
    assert '<label class="form-check-label" for="id_pool">Keep me in mind</label>' in html
    assert 'class="form-control wide"' in html
    assert html.count('<span class="field-optional">optional</span>') == 1


def test_what_was_typed_is_kept() -> None:
    html = write("{{ form }}", form=Apply({"name": HOSTILE}))

    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=x"' in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("en", [], ""),
        ("en", ["Ada"], "Ada"),
        ("en", ["Ada", "Bo"], "Ada and Bo"),
        ("en", ["Ada", "<b>", "Cy"], "Ada, &lt;b&gt; and Cy"),
        ("de", ["Ada", "Bo", "Cy"], "Ada, Bo und Cy"),
    ],
)
def test_names_are_listed_as_the_language_lists_them(language, names, said):
    with translation.override(language):
        assert write("{{ names|listed }}", names=names) == said
