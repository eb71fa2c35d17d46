"""Signing a brief, deciding about a contradiction, and naming who signs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from partners.alignment.actions.decide import LONGEST as LONGEST_REASON
from partners.alignment.actions.sign import LONGEST
from partners.alignment.models import MOST_DAYS, ContradictionState, SignatureState, SigningFunction

VERDICTS = (
    (SignatureState.YES, gettext_lazy("Yes")),
    (SignatureState.CONCERN, gettext_lazy("Yes, with a concern")),
    (SignatureState.NO, gettext_lazy("No")),
)
WAYS = (
    (ContradictionState.RESOLVED, gettext_lazy("Resolved: something will be different")),
    (ContradictionState.ACCEPTED, gettext_lazy("Accepted knowingly: it stays as it is")),
)


class SignForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("What do you say?"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, yes with a concern, or no.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Your concern, or why not"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "For a concern, what it is; for a no, what would have to change. Both partners read it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideForm(forms.Form):
    """`key` is what was read: about something else nothing is decided."""

    key = forms.CharField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it is resolved or accepted.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, or what will be different"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Your name and these words stay with the role."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, or what will be different.")},
    )


class SigningForm(forms.Form):
    """Who signs in one organisation, and within how long."""

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("Nobody: not asked")), *people]
        for function in SigningFunction:
            self.fields[function.value] = forms.TypedChoiceField(
                label=function.label, choices=choices, coerce=int, empty_value=None, required=False
            )
        self.fields["sign_days"] = _days(gettext("Working days to sign"))
        self.fields["decide_days"] = _days(gettext("Working days to decide about a contradiction"))
        self.fields["waits"] = forms.BooleanField(
            label=gettext("Adverts wait for the signed brief"),
            required=False,
            help_text=gettext(
                "Of roles that open from now on. A recruiting lead may publish before that, on record."
            ),
        )

    def people(self) -> dict[str, int | None]:
        return {function.value: self.cleaned_data[function.value] for function in SigningFunction}

    @property
    def functions(self) -> list[forms.BoundField]:
        return [self[function.value] for function in SigningFunction]


def _days(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext("Give from 1 to %(MOST_DAYS)s working days.") % {"MOST_DAYS": MOST_DAYS}
        },
    )
