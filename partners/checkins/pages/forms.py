"""Moving a check-in, and what is agreed in it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.languages import later
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext, pgettext_lazy
from ats.web.forms import LocalMoment
from partners.checkins.actions import DAYS, LONGEST_ACTION, LONGEST_NOTES, WEEKS


class MoveForm(forms.Form):
    at = LocalMoment(
        label=gettext_lazy("New time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Choose a day and a time."),
            "invalid": gettext_lazy("Choose a day and a time."),
        },
    )


class ConfirmForm(forms.Form):
    """A yes, and nothing to fill in."""


class MetForm(forms.Form):
    notes = forms.CharField(
        label=gettext_lazy("What you talked about and decided"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Both of you read it; leave it empty to write it down together later."),
    )


def _often(weeks: int) -> str:
    return ngettext("Every week", "Every %(number)s weeks", weeks) % {"number": weeks}


class RhythmForm(forms.Form):
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("How often"),
        coerce=int,
        choices=[(weeks, later(_often, weeks)) for weeks in WEEKS],
    )
    weekday = forms.TypedChoiceField(label=pgettext_lazy("a weekday", "On"), coerce=int)
    at = forms.TimeField(
        label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, working_days: Sequence[int], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(day, DAYS[day]) for day in sorted(working_days)]
        self.fields["weekday"].choices = days  # type: ignore[attr-defined]
        self.fields["at"].help_text = gettext("In %(place)s.") % {
            "place": zone.rsplit("/", 1)[-1].replace("_", " ")
        }


class ActionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What will be done"),
        max_length=LONGEST_ACTION,
        widget=forms.TextInput(attrs={"data-wording": "note"}),
        error_messages={"required": gettext_lazy("Say what will be done.")},
    )
    owner = forms.TypedChoiceField(label=gettext_lazy("By whom"), coerce=int)
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]
