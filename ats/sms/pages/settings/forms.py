"""What an administrator says of a provider of SMS."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation


class AccountForm(forms.Form):
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    address = forms.CharField(
        label=gettext_lazy("The provider's address, with its keys"),
        help_text=gettext_lazy(
            "As Apprise writes it, without the numbers it goes to: twilio://SID:TOKEN@FROM, "
            "vonage://KEY:SECRET@FROM, sinch://PLAN:TOKEN@FROM, seven://KEY?from=NAME or "
            "46elks://USER:PASSWORD@FROM. It is kept sealed, and shown to nobody again."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url", "dir": "ltr"}
        ),
    )
    hears = forms.BooleanField(
        label=gettext_lazy("Twilio hands answers on to us"),
        help_text=gettext_lazy(
            "You then enter our address there, which is shown here. Otherwise each SMS says that answers are not read."
        ),
        required=False,
    )

    def __init__(self, *args: Any, organisations: list[HiringOrganisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.pk), each.name) for each in organisations]
