"""What a form says of an ordinary mistake, in the house's words instead of Django's."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy

FILL_IN, CHOOSE = gettext_lazy("Please fill this in."), gettext_lazy("Please choose one.")
CHOOSE_SOME = gettext_lazy("Please choose at least one.")


def _say(field: type[forms.Field], **words: Any) -> None:
    field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}


_say(forms.Field, required=FILL_IN)
_say(forms.ChoiceField, required=CHOOSE)
_say(forms.ModelChoiceField, required=CHOOSE)
_say(forms.MultipleChoiceField, required=CHOOSE_SOME)
_say(forms.ModelMultipleChoiceField, required=CHOOSE_SOME)
_say(forms.FileField, required=gettext_lazy("Please choose a file."))
_say(forms.BooleanField, required=gettext_lazy("Please tick this to go on."))

validators.MinValueValidator.message = gettext_lazy("Give %(limit_value)s or more.")
validators.MaxValueValidator.message = gettext_lazy("Give %(limit_value)s or less.")
