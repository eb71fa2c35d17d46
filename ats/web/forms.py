"""How forms look: every form and field rendered by our parts, on every shell."""

from datetime import datetime
from html import escape
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from ats.kernel.errors import ActionError
from ats.kernel.zones import zones


class FormRenderer(TemplatesSetting):
    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


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
                "The clocks change in that hour: this time does not exist, or comes twice. Give another one."
            ) from None


class TimeZoneField(forms.ChoiceField):
    """A time zone, by continent."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"label": "Time zone", "choices": zones, **options})  # type: ignore[arg-type]


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
