"""What a form says of an ordinary mistake, in the house's words instead of Django's.

Django's own are in another tone (German tells, French and Spanish command), repeat what was typed, or speak of
encodings. `tests/laws/test_form_words.py` finds what a field of ours would still say in them.
"""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy

FILL_IN, CHOOSE = gettext_lazy("Please fill this in."), gettext_lazy("Please choose one.")
CHOOSE_SOME = gettext_lazy("Please choose at least one.")
CHOOSE_AGAIN = gettext_lazy("That is not among the choices. Please choose again.")
WRITE_TO = gettext_lazy("Write an e-mail address like name@example.com.")
WHOLE_ADDRESS = gettext_lazy("Write the whole address, such as https://example.com.")
WHOLE_NUMBER, NUMBER = gettext_lazy("Give a whole number."), gettext_lazy("Give a number.")
NOT_ARRIVED = gettext_lazy("The file did not arrive. Please choose it again.")


def _say(field: type[forms.Field], **words: Any) -> None:
    field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}


_say(forms.Field, required=FILL_IN)
_say(forms.ChoiceField, required=CHOOSE, invalid_choice=CHOOSE_AGAIN)
_say(forms.ModelChoiceField, required=CHOOSE, invalid_choice=CHOOSE_AGAIN)
_say(forms.MultipleChoiceField, required=CHOOSE_SOME, invalid_choice=CHOOSE_AGAIN, invalid_list=CHOOSE_AGAIN)
_say(
    forms.ModelMultipleChoiceField,
    required=CHOOSE_SOME,
    invalid_choice=CHOOSE_AGAIN,
    invalid_list=CHOOSE_AGAIN,
    invalid_pk_value=CHOOSE_AGAIN,
)
_say(
    forms.FileField,
    required=gettext_lazy("Please choose a file."),
    invalid=NOT_ARRIVED,
    missing=NOT_ARRIVED,
    empty=gettext_lazy("This file is empty. Was the right one chosen?"),
    max_length=gettext_lazy("The name of this file is too long. Give it a shorter one, and choose it again."),
    contradiction=gettext_lazy("Choose a file or tick the box, one of both."),
)
_say(forms.BooleanField, required=gettext_lazy("Please tick this to go on."))
_say(forms.IntegerField, invalid=WHOLE_NUMBER)
_say(forms.FloatField, invalid=NUMBER)
_say(forms.DecimalField, invalid=NUMBER)
_say(forms.DateField, invalid=gettext_lazy("Give a day that there is."))
_say(forms.TimeField, invalid=gettext_lazy("Give a time, such as 14:30."))
_say(forms.DateTimeField, invalid=gettext_lazy("Give a day and a time."))
_say(forms.EmailField, invalid=WRITE_TO)
_say(forms.URLField, invalid=WHOLE_ADDRESS)

validators.MinValueValidator.message = gettext_lazy("Give %(limit_value)s or more.")
validators.MaxValueValidator.message = gettext_lazy("Give %(limit_value)s or less.")
validators.MinLengthValidator.message = gettext_lazy("Write at least %(limit_value)s characters.")
validators.MaxLengthValidator.message = gettext_lazy(
    "Keep this to %(limit_value)s characters: it has %(show_value)s."
)
validators.ProhibitNullCharactersValidator.message = gettext_lazy(
    "There is a character in it that cannot be kept. Please type it again."
)
validators.EmailValidator.message = WRITE_TO
validators.URLValidator.message = WHOLE_ADDRESS
_FEWER = gettext_lazy("Give a number with fewer digits.")
_OF_A_DECIMAL: dict[str, Any] = {
    "invalid": NUMBER,
    "max_digits": _FEWER,
    "max_decimal_places": _FEWER,
    "max_whole_digits": _FEWER,
}
validators.DecimalValidator.messages = _OF_A_DECIMAL
