"""What one says of a room."""

from typing import Any

from django import forms

from ats.chat.models import Service, What
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.models import HiringOrganisation

OF_A_TEAM = [pair for pair in What.choices if pair[0] != What.DIGEST]


class WhatForm(forms.Form):
    """What a room is told."""

    what = forms.MultipleChoiceField(
        label=gettext_lazy("It is told"), choices=What.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            field = self.fields["what"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = OF_A_TEAM


class RoomForm(WhatForm):
    """A room, by the address that its chat gives for incoming messages."""

    field_order = ("organisation", "name", "service", "address", "what")
    name = forms.CharField(label=gettext_lazy("Room"), help_text=gettext_lazy("As you call it."))
    service = forms.ChoiceField(label=gettext_lazy("Chat"), choices=Service)
    address = forms.CharField(
        label=gettext_lazy("Address for incoming messages"),
        help_text=gettext_lazy(
            "The chat gives it: an incoming webhook of Slack or Mattermost, a workflow of Teams. It is kept "
            "sealed, and shown to nobody again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )

    def __init__(
        self, *args: Any, organisations: list[HiringOrganisation] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, is_own=organisations is None, **kwargs)
        if organisations is not None:
            choices = [(str(each.pk), each.name) for each in organisations]
            self.fields["organisation"] = forms.ChoiceField(label=gettext("Organisation"), choices=choices)
            self.order_fields(self.field_order)
