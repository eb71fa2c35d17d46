"""What candidates fill in about their interviews."""

from django import forms
from django.utils.translation import gettext_lazy

from ats.web.forms import TimeZoneField
from candidates.scheduling.pages.forms import TimesForm

NEEDS_LABEL = gettext_lazy("Anything you need to be at your best?")
NEEDS_HELP = gettext_lazy(
    "Step-free access, captions, more time, another way to talk. Only the recruiting team reads this, and it "
    "plays no part in any decision."
)


class ZoneForm(forms.Form):
    time_zone = TimeZoneField(label=gettext_lazy("Your time zone"))


class PickForm(forms.Form):
    slot = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Choose one of the times.")}
    )
    needs = forms.CharField(
        label=NEEDS_LABEL,
        help_text=NEEDS_HELP,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedsForm(forms.Form):
    needs = PickForm.base_fields["needs"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        help_text=gettext_lazy("The people whom you were to meet read it."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


class MoveForm(ReasonForm):
    slot = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Choose one of the times.")}
    )


class GiveForm(TimesForm):
    """The times at which the candidate can, and a word with them."""

    note = forms.CharField(
        label=gettext_lazy("Anything we should know?"),
        help_text=gettext_lazy("Such as days that never suit, or that mornings are better."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
