"""What candidates say about SMS."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from candidates.people.models import Candidate
from candidates.sms.models import SmsAbout, SmsChoice


class WhatForm(forms.Form):
    about_what = forms.MultipleChoiceField(
        label=gettext_lazy("What you want to get"),
        help_text=gettext_lazy(
            "An SMS is short: it says who writes, when your interview is or that there is news, and leads to your page."
        ),
        choices=SmsAbout.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what you want to get by SMS.")},
    )

    @classmethod
    def of(cls, choice: SmsChoice, data: Any = None) -> "WhatForm":
        return cls(data, initial={"about_what": choice.about_what}, auto_id="%s", label_suffix="")


class NumberForm(WhatForm):
    field_order = ("number", "about_what")
    number = forms.CharField(
        label=gettext_lazy("Your mobile number"),
        help_text=gettext_lazy("With its country in front, such as +49 151 23456789. We send a code there."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}
        ),
        error_messages={"required": gettext_lazy("Write your mobile number.")},
    )

    @classmethod
    def for_candidate(cls, candidate: Candidate, choice: SmsChoice | None, data: Any = None) -> "NumberForm":
        known = "" if choice else candidate.phone_normalised
        chosen = choice.about_what if choice else list(SmsAbout.values)
        return cls(data, initial={"number": known, "about_what": chosen}, auto_id="%s", label_suffix="")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The code from the SMS"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "dir": "ltr",
                "class": "code-field",
            }
        ),
        error_messages={"required": gettext_lazy("Write the code from the SMS.")},
    )
