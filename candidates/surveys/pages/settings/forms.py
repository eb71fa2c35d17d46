"""How candidates are asked."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.surveys.models import MOST_ONE_IN


class AskingForm(forms.Form):
    is_on = forms.BooleanField(
        label=gettext_lazy("Ask candidates how it was"),
        required=False,
        help_text=gettext_lazy(
            "Everybody is asked once at the end, two days after they know the outcome, with one reminder."
        ),
    )
    apply_one_in = forms.IntegerField(
        label=gettext_lazy("After applying, one in"),
        min_value=0,
        max_value=MOST_ONE_IN,
        help_text=gettext_lazy("0: nobody; 1: everybody. Drawn evenly, by nobody's choice."),
    )
    after_interviews = forms.BooleanField(
        label=gettext_lazy("Ask after interviews"),
        required=False,
        help_text=gettext_lazy(
            "Once for an application. Beside the end, nobody is asked twice within 90 days, nor while they owe us "
            "something or wait for us too long."
        ),
    )
    customers_percent = forms.DecimalField(
        label=gettext_lazy("Customers among those who apply, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        max_digits=5,
        help_text=gettext_lazy(
            "For what respect is worth; all three figures, or none. Virgin Media counted 18 (other reports of it say "
            "22.5)."
        ),
    )
    value_a_year = forms.DecimalField(
        label=gettext_lazy("What a customer is worth a year"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy(
            "Virgin Media: 600 pounds (50 a month). Survale reckons with 400 dollars in its example. Ask finance for "
            "yours."
        ),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        required=False,
        max_length=3,
        help_text=gettext_lazy("Three letters, such as EUR."),
        validators=[RegexValidator(r"^[A-Z]{3}$", gettext_lazy("Three capital letters, such as EUR."))],
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given = [said.get("customers_percent") is not None, said.get("value_a_year") is not None]
        if not self.errors and len({*given, bool(said.get("currency"))}) > 1:
            self.add_error("customers_percent", gettext("Give all three figures, or none."))
        return said
