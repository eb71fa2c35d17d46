"""Moving a check-in, and what is agreed in it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.web.forms import LocalMoment
from partners.checkins.actions import DAYS, LONGEST_ACTION, LONGEST_NOTES, WEEKS


class MoveForm(forms.Form):
    at = LocalMoment(
        label="New time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Choose a day and a time.", "invalid": "Choose a day and a time."},
    )


class ConfirmForm(forms.Form):
    """A yes, and nothing to fill in."""


class MetForm(forms.Form):
    notes = forms.CharField(
        label="What you talked about and decided",
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Both of you read it; leave it empty to write it down together later.",
    )


class RhythmForm(forms.Form):
    weeks = forms.TypedChoiceField(
        label="How often",
        coerce=int,
        choices=[(weeks, "Every week" if weeks == 1 else f"Every {weeks} weeks") for weeks in WEEKS],
    )
    weekday = forms.TypedChoiceField(label="On", coerce=int)
    at = forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, working_days: Sequence[int], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(day, DAYS[day]) for day in sorted(working_days)]
        self.fields["weekday"].choices = days  # type: ignore[attr-defined]
        self.fields["at"].help_text = f"In {zone.rsplit('/', 1)[-1].replace('_', ' ')}."


class ActionForm(forms.Form):
    text = forms.CharField(
        label="What will be done",
        max_length=LONGEST_ACTION,
        widget=forms.TextInput(attrs={"data-wording": "note"}),
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
