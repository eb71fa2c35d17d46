"""What every form shares."""

from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template
from django.utils import timezone
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.web.forms import FormRenderer, LocalMoment, blank


@pytest.mark.parametrize("wall", ["2027-03-28T02:30", "2027-10-31T02:30"], ids=["left out", "twice"])
def test_an_hour_in_which_the_clocks_change_is_refused_in_plain_words(wall: str) -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")), pytest.raises(forms.ValidationError) as refused:
        LocalMoment().clean(wall)
    assert refused.value.messages == [
        "The clocks change in that hour: this time does not exist, or comes twice. Give another one."
    ]


def test_any_other_time_is_one_of_the_clock_of_who_gives_it() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        moment = LocalMoment().clean("2027-03-28T03:30")
        with pytest.raises(forms.ValidationError, match=r"Give a day and a time\."):
            LocalMoment().clean("2027-03-28 25:00")
    assert moment is not None
    assert moment.isoformat() == "2027-03-28T03:30:00+02:00"


AWKWARD = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(['"><b>', "&amp;", "a'b", SafeString("<i>")]),
    st.integers(),
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "required", "data-x", "maxlength", "disabled"]),
    st.one_of(AWKWARD, st.booleans()),
    max_size=4,
)


@pytest.mark.parametrize(
    "widget",
    [
        forms.CheckboxInput,
        forms.DateInput,
        forms.DateTimeInput,
        forms.EmailInput,
        forms.FileInput,
        forms.HiddenInput,
        forms.NumberInput,
        forms.PasswordInput,
        forms.SearchInput,
        forms.Textarea,
        forms.TextInput,
        forms.TimeInput,
        forms.URLInput,
    ],
)
@settings(max_examples=25, deadline=None)
@given(name=st.sampled_from(["body", 'a"b']), value=AWKWARD, attrs=ATTRIBUTES)
def test_a_control_as_text_is_what_django_draws(
    widget: type[forms.Widget], name: str, value: Any, attrs: dict[str, Any]
) -> None:
    ours = widget().render(name, value, attrs, renderer=FormRenderer())
    assert ours == widget().render(name, value, attrs, renderer=TemplatesSetting())


def test_no_control_goes_through_templates_that_could_be_text() -> None:
    with patch.object(TemplatesSetting, "get_template", side_effect=AssertionError):
        assert forms.TextInput().render("q", "words", renderer=FormRenderer()) == (
            '<input type="text" name="q" value="words">'
        )


class Asking(forms.Form):
    why = forms.CharField()


def test_a_form_nobody_has_filled_in_is_drawn_once() -> None:
    first = blank(Asking, prefix="ask")
    with patch.object(Asking, "render", side_effect=AssertionError):
        assert blank(Asking, prefix="ask") == first
    assert 'name="ask-why"' in first
    assert (not first.errors, Template("{{ form }}").render(Context({"form": first}))) == (True, first)
