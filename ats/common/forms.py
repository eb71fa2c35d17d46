"""How forms look: every form and field rendered by our parts, on every shell."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from ats.common.errors import ActionError


class FormRenderer(TemplatesSetting):
    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


def show_error(form: BaseForm, error: ActionError) -> None:
    """An action's refusal as a mistake of the form: beside its field, if the form has it, else above."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.message)


def choose_from(form: forms.BaseForm, **rows: "QuerySet[Any]") -> None:
    """Let each of these fields of the form be chosen from its rows."""
    for name, choices in rows.items():
        cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = choices
