"""Who stands in, from when to when."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import choose_from


class AwayForm(forms.Form):
    """The days are those of one's own zone; both count."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Who stands in for you"),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    begins_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose the first day.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose the last day: it ends by itself.")},
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, to=colleagues)
