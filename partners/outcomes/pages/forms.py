"""Agreeing outcomes, and answering how it stands: the same questions for manager and new hire."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy

from ats.kernel import staff_words
from ats.web.forms import DateInput
from partners.alignment.domain.words import lines
from partners.outcomes.domain.answers import LONGEST, LONGEST_WORDS, Said
from partners.outcomes.models import Again, Verdict
from partners.outcomes.queries.brief import BY

ANSWER = {"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose one.")}


class AgreeForm(forms.Form):
    """The outcomes, one a line."""

    outcomes = forms.CharField(
        label=staff_words.gettext_lazy("After 90 days, this person will have"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=staff_words.gettext_lazy("One a line, so that one can see whether it is done."),
    )
    outcomes_12_months = forms.CharField(
        label=staff_words.gettext_lazy("After 12 months"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def expected(self) -> list[dict[str, str]]:
        return [
            {"text": line, "by": by} for code, by in BY.items() for line in lines(self.cleaned_data[code])
        ]

    @staticmethod
    def initial_of(expected: Sequence[Mapping[str, str]]) -> dict[str, str]:
        return {
            code: "\n".join(line["text"] for line in expected if line["by"] == by) for code, by in BY.items()
        }


def _choice(label: Any, choices: type[Verdict] | type[Again]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices.choices, widget=forms.RadioSelect, error_messages=ANSWER
    )


def _words(label: str, rows: int, most: int = LONGEST_WORDS) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class AnswerForm(forms.Form):
    """What both are asked, in the words of each."""

    used: Any = ""
    again_asks: Any = ""

    def __init__(
        self, *args: Any, expected: Sequence[Mapping[str, str]], points: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.many, self.points_asked = len(expected), len(points)
        for place, line in enumerate(expected):
            self.fields[f"outcome_{place}"] = _choice(line["text"], Verdict)
            self.fields[f"outcome_{place}_words"] = _words(gettext("In words"), 2, LONGEST)
        for place, point in enumerate(points):
            self.fields[f"point_{place}"] = _choice(point, Verdict)
        self.fields["well_used"] = _choice(self.used, Verdict)
        self.fields["again"] = _choice(self.again_asks, Again)
        self.fields["words"] = _words(gettext("Anything else"), 4)

    @property
    def outcome_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"outcome_{place}"], self[f"outcome_{place}_words"]) for place in range(self.many)]

    @property
    def point_fields(self) -> list[BoundField]:
        return [self[f"point_{place}"] for place in range(self.points_asked)]

    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            outcomes=[(data[f"outcome_{n}"], data[f"outcome_{n}_words"]) for n in range(self.many)],
            points=[data[f"point_{n}"] for n in range(self.points_asked)],
            well_used=data["well_used"],
            again=data["again"],
            words=data["words"],
            talked_on=data.get("talked_on"),
            shared=data.get("shared", False),
        )


class ManagerForm(AnswerForm):
    used = staff_words.gettext_lazy("Do they do what they are best at?")
    again_asks = staff_words.gettext_lazy("Would you hire them again?")

    talked_on = forms.DateField(
        label=staff_words.gettext_lazy("When did you two speak with each other?"),
        widget=DateInput,
        error_messages={
            "required": staff_words.gettext_lazy("Choose the day."),
            "invalid": staff_words.gettext_lazy("Choose a day."),
        },
    )


class NewHireForm(AnswerForm):
    used = gettext_lazy("Do you do what you are best at?")
    again_asks = gettext_lazy("Would you join again?")

    shared = forms.BooleanField(label=gettext_lazy("My manager may read this"), required=False)
