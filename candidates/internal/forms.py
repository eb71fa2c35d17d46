"""What a recruiter says of an application from within the house."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import choose_from
from candidates.applications.models import Application
from candidates.internal import queries


class StandInForm(forms.Form):
    kept = forms.IntegerField(widget=forms.HiddenInput)
    stand_in = forms.ModelChoiceField(
        label=gettext_lazy("Stands in"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, stand_in=queries.able_to_stand_in(application))


class DoubtForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("How you know that they do not work here"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "note"}),
    )


class ManagerForm(forms.Form):
    manager = forms.ModelChoiceField(
        label=gettext_lazy("Works for"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, manager=User.objects.filter(is_active=True).order_by("name", "pk"))
