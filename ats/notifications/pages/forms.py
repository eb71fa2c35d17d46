"""How one wants to hear of what."""

from typing import Any

from django import forms

from ats.notifications.models import OFFERED, Kind


class WaysForm(forms.Form):
    """A choice for each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            choices = [(way.value, way.label) for way in OFFERED[kind]]
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices)
