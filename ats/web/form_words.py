"""What a form says of an ordinary mistake, in the house's words instead of Django's."""

from django import forms
from django.core import validators

FILL_IN, CHOOSE = "Please fill this in.", "Please choose one."


def _say(field: type[forms.Field], **words: str) -> None:
    field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}


_say(forms.Field, required=FILL_IN)
_say(forms.ChoiceField, required=CHOOSE)
_say(forms.ModelChoiceField, required=CHOOSE)
_say(forms.MultipleChoiceField, required="Please choose at least one.")
_say(forms.ModelMultipleChoiceField, required="Please choose at least one.")
_say(forms.FileField, required="Please choose a file.")
_say(forms.BooleanField, required="Please tick this to go on.")

validators.MinValueValidator.message = "Give %(limit_value)s or more."
validators.MaxValueValidator.message = "Give %(limit_value)s or less."
