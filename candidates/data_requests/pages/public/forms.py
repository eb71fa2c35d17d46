"""What people write about their data."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from ats.organisation.models import HiringOrganisation
from candidates.data_requests.actions.ask import LONGEST, WRITE
from candidates.people.domain import names
from candidates.people.domain.addresses import can_be_written_to
from candidates.people.domain.keys import one_line

TRAP = "leave_this_empty"


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and what is right?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": WRITE},
    )


class OwnComplaintForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": WRITE},
    )


class ComplaintForm(forms.Form):
    """For anybody: they need not be known here."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": names.WANTED},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("We say there that your complaint has arrived, and what came of it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address, so that we can answer."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.com."),
        },
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("About which company?"),
        queryset=HiringOrganisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=LONGEST,
        help_text=gettext_lazy("What we did with your data, when, and what you would like us to do."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": WRITE},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
        companies = HiringOrganisation.objects.filter(is_active=True).order_by("name")
        self.companies = list(companies[:2])
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = companies
        if len(self.companies) < 2:
            del self.fields["organisation"]
        self.fields[TRAP] = forms.CharField(
            label=gettext("Leave this empty"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    @property
    def asks_company(self) -> bool:
        return "organisation" in self.fields

    @property
    def only_company(self) -> HiringOrganisation | None:
        """The company of the house, where there is one alone."""
        return self.companies[0] if len(self.companies) == 1 else None

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if problem := names.problem(name):
            raise forms.ValidationError(problem)
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not can_be_written_to(email):
            raise forms.ValidationError(gettext("Write an e-mail address like name@example.com."))
        return email

    def clean_leave_this_empty(self) -> str:
        if self.cleaned_data[TRAP]:
            raise forms.ValidationError(
                gettext("This field is there to stop machines. Empty it and send the form again.")
            )
        return ""
