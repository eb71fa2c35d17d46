"""Moving a check-in, and what is agreed in it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.accounts.models import User
from partners.checkins.actions import LONGEST_ACTION


class MoveForm(forms.Form):
    at = forms.DateTimeField(
        label="New time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Choose a day and a time.", "invalid": "Choose a day and a time."},
    )


class ActionForm(forms.Form):
    text = forms.CharField(
        label="What will be done",
        max_length=LONGEST_ACTION,
        error_messages={"required": "Say what will be done."},
    )
    owner = forms.TypedChoiceField(label="By whom", coerce=int)
    due_on = forms.DateField(
        label="By when",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Choose a day."},
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]
