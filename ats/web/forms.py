"""How forms look: every form and field rendered by our parts, on every shell."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from ats.kernel import staff_words
from ats.kernel.errors import ActionError
from ats.kernel.zones import zones


class FormRenderer(TemplatesSetting):
    """Forms and fields by our parts; single controls as text, where Django goes through three templates each."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString | str:
        if draw := CONTROLS.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)


def _attributes(attrs: dict[str, Any]) -> str:
    given = ((conditional_escape(name), value) for name, value in attrs.items() if value is not False)
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in given
    )


def _input(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    name, kind = conditional_escape(widget["name"]), conditional_escape(widget["type"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: dict[str, Any]) -> str:
    name, text = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


KINDS = (
    *("checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number"),
    *("password", "search", "tel", "text", "time", "url"),
)
CONTROLS: dict[str, Callable[[dict[str, Any]], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in KINDS},
    "django/forms/widgets/textarea.html": _textarea,
}
"""By Django's template: what draws the same (a test holds them together)."""


class Blank(SafeString):
    """A form that nobody has filled in yet, as text; it stands where one with mistakes may stand."""

    errors: Mapping[str, Any] = MappingProxyType({})


def blank(form: type[BaseForm], *, prefix: str) -> Blank:
    """The form without what is somebody's: the same on every page of a language, so it is drawn once for each."""
    return _blank(form, prefix, get_language())  # type: ignore[arg-type]  # a class is hashable


@cache
def _blank(form: type[BaseForm], prefix: str, _language: str | None) -> Blank:
    return Blank(str(form(prefix=prefix)))


def show_error(form: BaseForm, error: ActionError) -> None:
    """An action's refusal as a mistake of the form: beside its field, if the form has it, else above."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.shown)


def needed(form: BaseForm, what_for: str, *fields: str) -> None:
    """Say of fields that may stay empty today what they are needed for later: they are not optional."""
    for name in fields:
        form.fields[name].needed = what_for  # type: ignore[attr-defined]


def choose_from(form: forms.BaseForm, **rows: "QuerySet[Any]") -> None:
    """Let each of these fields of the form be chosen from its rows."""
    for name, choices in rows.items():
        cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = choices


def choose_later(form: forms.BaseForm, **rows: "Callable[[], QuerySet[Any]]") -> None:
    """Let each of these late fields be chosen from the rows that its function makes, once they are looked at."""
    for name, choices in rows.items():
        field = cast("LateChoiceField", form.fields[name])
        field.rows = choices
        field.widget.choices = field.choices  # of this form's field, not of the class's


class _Late(ModelChoiceIterator):
    """The choices of a field whose rows may not be there yet."""

    def __init__(self, field: "LateChoiceField") -> None:
        self.field = field

    @property
    def queryset(self) -> Any:  # type: ignore[override]
        return self.field.queryset


class LateChoiceField(forms.ModelChoiceField):
    """A choice from rows that are put together when somebody looks at them: who chooses nothing needs none."""

    iterator = _Late
    rows: "Callable[[], QuerySet[Any]] | None" = None
    _found: Any = None

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)

    @property
    def queryset(self) -> Any:
        if self._found is None and self.rows is not None:
            self._found = self.rows()
        return self._found

    @queryset.setter
    def queryset(self, rows: Any) -> None:
        self._found = rows
        self.widget.choices = self.choices


class DateInput(forms.DateInput):
    """A day, chosen with what the browser has for it; it takes no other form than this."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LocalMoment(forms.DateTimeField):
    """A time by the clock of who gives it, which is the zone of their profile."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as problem:
            if getattr(problem, "code", "") != "ambiguous_timezone":
                raise
            raise forms.ValidationError(
                gettext(
                    "The clocks change in that hour: this time does not exist, or comes twice. Give another one."
                )
            ) from None


class TimeZoneField(forms.ChoiceField):
    """A time zone, by continent."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"label": staff_words.gettext_lazy("Time zone"), "choices": zones, **options})  # type: ignore[arg-type]


class QuickSelect(forms.Select):
    """A list to choose from, put together as text: a template for each of its lines takes most of a page's time."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        lines = "".join(self._line(key, label, chosen) for key, label in self.choices)
        own = self.build_attrs(self.attrs, attrs)
        return SafeString(f'<select name="{escape(name)}"{flatatt(own)}>{lines}</select>')

    @classmethod
    def of(cls, widget: forms.Select) -> "QuickSelect":
        """The same list, put together as text."""
        quick = cls(widget.attrs, widget.choices)
        quick.is_required = widget.is_required
        return quick

    def _line(self, key: Any, label: Any, chosen: set[str]) -> str:
        if isinstance(label, list | tuple):
            lines = "".join(self._line(value, said, chosen) for value, said in label)
            return f'<optgroup label="{escape(str(key))}">{lines}</optgroup>'
        own = "" if key is None else str(key)
        selected = " selected" if own in chosen else ""
        return f'<option value="{escape(own)}"{selected}>{escape(str(label))}</option>'


def quick(widget: forms.Widget) -> forms.Widget:
    """What is rendered in place of this one: a plain list to choose from becomes a quick one."""
    return QuickSelect.of(widget) if type(widget) is forms.Select else widget
