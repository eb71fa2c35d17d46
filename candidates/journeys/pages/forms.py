"""What one says of a planned step of one candidate."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import needed


class StepForm(forms.Form):
    """Another day for it, where it is moved; and why, whatever is done with it."""

    due_on = forms.DateTimeField(
        label=gettext_lazy("Move it to"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("The team reads it in the story of this application."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("for each of these"), "reason")


class TaskForm(forms.Form):
    """Another day for a task, where it is put off; and why it is put off or skipped."""

    due_on = forms.DateField(
        label=gettext_lazy("Another day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("The team reads it in the story of this application."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("to put it off"), "due_on")
        needed(self, gettext("to put it off or skip it"), "reason")
