"""What is filled in to make an offer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import DateInput
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferTerms
from candidates.offers.queries import letter as letter_
from requisitions.models import EmploymentType, PayPeriod, RemoteMode
from requisitions.roles.pages.forms import currencies


class CustomField(forms.CharField):
    """Further terms, a line each: its name, a colon, its words."""

    def to_python(self, value: Any) -> Any:
        rows = []
        for line in str(value or "").splitlines():
            label, colon, text = line.partition(":")
            if line.strip():
                rows.append({"label": label.strip(), "text": text.strip() if colon else ""})
        return rows

    def validate(self, value: Any) -> None:
        if any(not row["label"] or not row["text"] for row in value):
            raise forms.ValidationError(gettext("Give each line a name, a colon and its words."))

    def run_validators(self, value: Any) -> None:
        """The action says what is too long or too many."""

    @staticmethod
    def lines(rows: list[dict[str, str]]) -> str:
        return "\n".join(f"{row['label']}: {' '.join(row['text'].split())}" for row in rows)


def _plain(number: Decimal | None) -> Decimal | None:
    """As one would type it: 90000 and not 90000.00."""
    return number if number is None or number % 1 else number.quantize(Decimal(1))


class OfferForm(forms.Form):
    """All terms of an offer, in four sections."""

    pay = forms.DecimalField(
        label=gettext_lazy("Pay"),
        max_digits=12,
        decimal_places=2,
        error_messages={"required": gettext_lazy("Say what it pays.")},
    )
    pay_currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies)
    pay_period = forms.ChoiceField(label=gettext_lazy("Per"), choices=PayPeriod)
    range_reason = forms.CharField(
        label=gettext_lazy("Why outside the approved range"),
        help_text=gettext_lazy("Needed only where it is. Whoever approves the offer reads it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Say when they start.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day of a fixed term"), required=False, widget=DateInput()
    )
    employment_type = forms.ChoiceField(label=gettext_lazy("Contract"), choices=EmploymentType)
    hours_a_week = forms.DecimalField(
        label=gettext_lazy("Hours a week"), max_digits=4, decimal_places=1, required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    remote_mode = forms.ChoiceField(label=gettext_lazy("Way of working"), choices=RemoteMode)
    bonus = forms.CharField(label=gettext_lazy("Bonus"), max_length=300, required=False)
    equity = forms.CharField(label=gettext_lazy("Equity"), max_length=300, required=False)
    custom = CustomField(
        label=gettext_lazy("Further terms"),
        help_text=gettext_lazy("A line each, such as “Holiday: 30 days a year”."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_days = forms.IntegerField(
        label=gettext_lazy("Time to answer"),
        help_text=gettext_lazy("Working days from the moment it reaches them."),
        min_value=1,
        max_value=terms_.MOST_VALID_DAYS,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        choices=lambda: settings.LANGUAGES,
        help_text=gettext_lazy("Its terms, its days and the page of the signature are in it too."),
    )
    letter = forms.CharField(
        label=gettext_lazy("The letter"),
        help_text=gettext_lazy(
            "Words in double braces are filled in; a line of its own with {{ terms }} becomes the table."
        ),
        max_length=terms_.LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    @classmethod
    def initial_of(cls, terms: OfferTerms, offer: Offer) -> dict[str, Any]:
        return terms_.values_of(terms) | {
            "pay": _plain(terms.pay),
            "hours_a_week": _plain(terms.hours_a_week),
            "custom": CustomField.lines(terms.custom),
            "valid_days": offer.days_of(terms.number),
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class WithdrawForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why")
        self.fields["reason"].help_text = gettext("Whoever has the offer already reads these words.")


class ExtendForm(forms.Form):
    until_day = forms.DateField(
        label=gettext_lazy("Until the end of"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give a day.")},
    )


class MattersForm(forms.Form):
    matters = forms.CharField(
        label=gettext_lazy("What matters to them"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LetterTemplateForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("The letter"),
        max_length=terms_.LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": gettext_lazy("Write the letter.")},
    )


PLACEHOLDERS = letter_.PLACEHOLDERS
