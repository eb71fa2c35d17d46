"""What a colleague says of one point."""

from django import forms

from ats.kernel.staff_words import gettext_lazy
from candidates.matters.actions import LONGEST_WHY
from candidates.matters.models import Met


class MarkForm(forms.Form):
    met = forms.ChoiceField(
        label=gettext_lazy("Does this role meet it?"), choices=Met.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-wording": "feedback"}),
    )
