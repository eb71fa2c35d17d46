"""What candidates fill in on their own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from candidates.documents.domain import checks
from candidates.people.domain import names, phones
from candidates.people.models import Candidate

LONGEST_MESSAGE = 10_000


class LinkForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.com."),
        },
    )


class MessageForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write your message.")},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What made you decide?"),
        help_text=gettext_lazy("It helps us to do better. You need not say."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DocumentForm(forms.Form):
    document = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("PDF, DOCX, ODT, RTF or TXT, up to 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": checks.ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )


class DetailsForm(forms.Form):
    """Contact data; `email` counts only once it is confirmed from the new address."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=100, error_messages={"required": names.WANTED}
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), required=False, max_length=100, help_text=names.ONE_IS_ENOUGH
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy(
            "A new address counts once you say yes there and at the one before: we ask at both."
        ),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.com."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), required=False, max_length=40, help_text=phones.COUNTRY_FIRST
    )
    headline = forms.CharField(
        label=gettext_lazy("What you do now"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("In a line, such as: Data engineer at Example GmbH."),
    )
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=120)
    consent_pool = forms.BooleanField(
        label=gettext_lazy("Keep my details for a year, to tell me of other roles that may suit me"),
        required=False,
    )

    @classmethod
    def of(cls, candidate: Candidate, data: Any = None) -> "DetailsForm":
        initial = {
            name: getattr(candidate, name)
            for name in ("first_name", "last_name", "email", "phone", "headline", "city")
        }
        initial["consent_pool"] = candidate.pool_consent_at is not None
        form = cls(names.lone_one_first(data), initial=initial, auto_id="%s", label_suffix="")
        for name, token in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("email", "email"),
            ("phone", "tel"),
            ("headline", "organization-title"),
            ("city", "address-level2"),
        ):
            form.fields[name].widget.attrs["autocomplete"] = token
        return form
