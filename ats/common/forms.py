"""How forms look: every form and field rendered by our parts, on every shell."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
