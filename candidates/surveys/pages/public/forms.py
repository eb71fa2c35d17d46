"""What candidates are asked, in the field's words."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from candidates.surveys.actions import Said
from candidates.surveys.models import BEST, LONGEST_WORDS, OF_RESPECT, WOULD, Change, Is, Would

NAMED, NOT_NAMED = "named", "anonymous"


def _pick(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class SurveyForm(forms.Form):
    """One question is asked of everybody; all others may stay empty."""

    score = forms.ChoiceField(
        choices=[(str(number), format_lazy("{}", number)) for number in range(BEST + 1)],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a number from 0 to 10."),
            "invalid_choice": gettext_lazy("Choose a number from 0 to 10."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What is the main reason for your number?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    product = _pick(gettext_lazy("our products and services"), Change.choices)
    organisation = _pick(gettext_lazy("our organisation"), Change.choices)
    culture = _pick(gettext_lazy("how people treat each other here"), Change.choices)
    again = _pick(gettext_lazy("apply to us again"), Would.choices)
    refer = _pick(gettext_lazy("tell others to apply here"), Would.choices)
    buy = _pick(gettext_lazy("buy from us, or use what we do"), Would.choices)
    customer = _pick(gettext_lazy("Are you a customer of ours today?"), Is.choices)
    who = forms.ChoiceField(
        label=gettext_lazy("With your name?"),
        choices=[
            (NOT_NAMED, gettext_lazy("Without my name")),
            (NAMED, gettext_lazy("With my name")),
        ],
        initial=NOT_NAMED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, occasion: str, company: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = {
            "interviewed": gettext(
                "Based on your interview, how likely is it that you would recommend someone else to apply to "
                "%(company)s?"
            ),
            "applied": gettext(
                "Based on how applying was, how likely is it that you would recommend someone else to apply to "
                "%(company)s?"
            ),
        }
        usual = gettext(
            "Based on your recruitment experience, how likely is it that you would recommend someone else to "
            "apply to %(company)s?"
        )
        self.fields["score"].label = asks.get(occasion, usual) % {"company": company}

    @property
    def of_respect(self) -> list[forms.BoundField]:
        return [self[name] for name in OF_RESPECT]

    @property
    def would(self) -> list[forms.BoundField]:
        return [self[name] for name in WOULD]

    def said(self) -> Said:
        data = self.cleaned_data
        asked = {name: data[name] for name in (*OF_RESPECT, *WOULD, "customer", "words")}
        return Said(score=int(data["score"]), named=data["who"] == NAMED, **asked)
