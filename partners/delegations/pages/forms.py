"""Who stands in, from when to when."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.web.forms import choose_from


class AwayForm(forms.Form):
    """The days are those of one's own zone; both count."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who stands in for you",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague."},
    )
    begins_on = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the first day."},
    )
    ends_on = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the last day: it ends by itself."},
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, to=colleagues)
