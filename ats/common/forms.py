"""How forms look: every form and field rendered by our parts, on every shell."""

from django.forms import Form
from django.forms.renderers import TemplatesSetting

from ats.common.errors import ActionError


class FormRenderer(TemplatesSetting):
    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


def show_error(form: Form, error: ActionError) -> None:
    """An action's refusal as a mistake of the form: beside its field, if the form has it, else above."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.message)
