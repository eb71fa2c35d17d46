"""What candidates fill in on their own page."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext, gettext_lazy

from ats.kernel.zones import zones
from ats.web.forms import TimeZoneField
from candidates.consents.domain.words import WORDS
from candidates.documents.domain import checks
from candidates.people.domain import names, phones
from candidates.people.models import Candidate

LONGEST_MESSAGE = 10_000
MOST_LINKS, LONGEST_LINK = 10, 300
NO_LINK = gettext_lazy("This is no address of a page: %(link)s")


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


class LinksField(forms.CharField):
    """Addresses of pages, one a line."""

    def clean(self, value: Any) -> Any:
        """The list of them, each once; what is no address of a page is named."""
        found = list(
            dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        )
        if len(found) > MOST_LINKS:
            raise forms.ValidationError(gettext("Ten links are enough: leave the best."))
        for link in found:
            if len(link) > LONGEST_LINK or not link.lower().startswith(("http://", "https://")):
                raise forms.ValidationError(NO_LINK % {"link": link[:80]})
            try:
                URLValidator(schemes=["http", "https"])(link)
            except forms.ValidationError:
                raise forms.ValidationError(NO_LINK % {"link": link[:80]}) from None
        return found


class DetailsForm(forms.Form):
    """Contact data; `email` counts only once it is confirmed from the new address."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=100, error_messages={"required": names.WANTED}
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), required=False, max_length=100, help_text=names.ONE_IS_ENOUGH
    )
    called = forms.CharField(
        label=gettext_lazy("How we address you"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("If it is not your first name: the name that you go by."),
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
    links = LinksField(
        label=gettext_lazy("Links"),
        required=False,
        help_text=gettext_lazy("Your profile, your work: one address a line, each with https://."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )
    time_zone = TimeZoneField(
        label=gettext_lazy("Your time zone"),
        required=False,
        choices=lambda: [("", gettext("As where the job is")), *zones()],
        help_text=gettext_lazy("In which we tell you times."),
    )

    @classmethod
    def of(cls, candidate: Candidate, data: Any = None) -> "DetailsForm":
        initial = {
            name: getattr(candidate, name)
            for name in (
                *("first_name", "last_name", "called", "email", "phone", "headline", "city", "time_zone"),
            )
        } | {"links": "\n".join(str(link) for link in candidate.links)}
        form = cls(names.lone_one_first(data), initial=initial, auto_id="%s", label_suffix="")
        for name, token in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("called", "nickname"),
            ("email", "email"),
            ("phone", "tel"),
            ("headline", "organization-title"),
            ("city", "address-level2"),
        ):
            form.fields[name].widget.attrs["autocomplete"] = token
        return form


class PreferencesForm(forms.Form):
    """What I am written to about, beside my applications, and in which language."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Of our messages to you, and of this page."),
        choices=settings.LANGUAGES,
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Beside your applications"),
        help_text=gettext_lazy(
            "Nothing of it goes out unless you say so here. You can take it back at any time."
        ),
        required=False,
        choices=[(purpose, gettext_lazy(text)) for purpose, text in WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, candidate: Candidate, agreed: Collection[str], data: Any = None) -> "PreferencesForm":
        initial = {"language": candidate.language, "purposes": list(agreed)}
        return cls(data, initial=initial, auto_id="%s", label_suffix="")
