"""The exercise on made-up evidence."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from partners.path.domain.exercise import LABELS, NOTES

CHOICES = [(kind.value, label) for kind, label in LABELS.items()]


class ExerciseForm(forms.Form):
    """Each note is marked as one of three."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for note in NOTES:
            self.fields[note.code] = forms.ChoiceField(
                label=note.text,
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Mark it as one of the three.")},
            )
