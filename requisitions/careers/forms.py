"""The filters of the careers list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext

from ats.web.forms import QuickSelect
from requisitions.careers.queries import Choices, JobFilter


class JobFilterForm(forms.Form):
    """A plain GET form; what does not make sense is left out, not complained about."""

    fields: dict[str, Any]

    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"),
        required=False,
        max_length=100,
        widget=forms.SearchInput,
    )
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False, widget=QuickSelect)
    location = forms.ChoiceField(label=gettext_lazy("Place"), required=False, widget=QuickSelect)
    remote = forms.ChoiceField(label=gettext_lazy("Where you work"), required=False, widget=QuickSelect)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [
            ("", pgettext("jobs", "All")),
            *((name, name) for name in choices.departments),
        ]
        self.fields["location"].choices = [
            ("", pgettext("jobs", "All")),
            *((name, name) for name in choices.locations),
        ]
        self.fields["remote"].choices = [("", pgettext("jobs", "All")), *choices.remotes]
        for name in ("department", "location", "remote"):
            if len(self.fields[name].choices) <= 2 and not self.data.get(name):
                del self.fields[name]

    def wanted(self) -> JobFilter:
        self.is_valid()
        data = self.cleaned_data
        return JobFilter(
            text=data.get("q", ""),
            department=data.get("department", ""),
            location=data.get("location", ""),
            remote=data.get("remote", ""),
        )
