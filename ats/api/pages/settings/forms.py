"""A token that is asked for."""

from django import forms

from ats.api.scopes import SCOPES
from ats.kernel.languages import later, shipped
from ats.kernel.staff_words import gettext_lazy


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=100,
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("Such as “Careers feed”."),
    )
    scopes = forms.MultipleChoiceField(
        choices=[(scope, later(shipped, text)) for scope, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("What it may be used for"),
        help_text=gettext_lazy("It can never do more than you may yourself."),
    )
    days = forms.TypedChoiceField(
        choices=[
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
            (365, gettext_lazy("a year")),
            (0, gettext_lazy("until I revoke it")),
        ],
        coerce=int,
        initial=90,
        label=gettext_lazy("How long it works"),
        help_text=gettext_lazy("Choose the shortest that will do: a lost token that has ended harms nobody."),
    )
