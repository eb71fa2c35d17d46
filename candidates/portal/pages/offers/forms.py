"""What candidates fill in about an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from candidates.people.domain.keys import fold, one_line


class AcceptForm(forms.Form):
    """A name that shares no word with the one they applied under is asked about once: it may be their own."""

    typed_name = forms.CharField(
        label=gettext_lazy("Your full name"),
        help_text=gettext_lazy("Typing it here counts as your signature under the letter."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Type your name to accept.")},
    )
    is_my_name = forms.BooleanField(
        label=gettext_lazy("This is my name"), required=False, widget=forms.HiddenInput, initial=False
    )
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known_as: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known_as = known_as

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        typed = one_line(given.get("typed_name", ""))
        if typed and not set(fold(typed).split()) & set(fold(self._known_as).split()):
            self.fields["is_my_name"].widget = forms.CheckboxInput()
            if not given.get("is_my_name"):
                self.add_error(
                    "is_my_name",
                    gettext("You applied as %(name)s. Is the name above yours too? Then tick here.")
                    % {"name": self._known_as},
                )
        return given


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What made you decide?"),
        help_text=gettext_lazy(
            "The pay, another offer, the work, the place, the time it took: it helps us. You need not say."
        ),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
