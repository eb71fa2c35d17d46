"""What one says of a planned step of one candidate."""

from typing import Any

from django import forms

from ats.web.forms import needed


class StepForm(forms.Form):
    """Another day for it, where it is moved; and why, whatever is done with it."""

    due_on = forms.DateTimeField(
        label="Move it to",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    reason = forms.CharField(
        label="Why", required=False, help_text="The team reads it in the story of this application."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, "for each of these", "reason")
