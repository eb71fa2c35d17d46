"""The fields of a brief as forms: each is sent and kept by itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import DateInput
from partners.intake.actions.calibrate import LONGEST_SAMPLE, LONGEST_WHY
from partners.intake.domain.content import TEXTS
from partners.intake.domain.fields import FIELDS
from partners.intake.domain.values import LONGEST, LONGEST_HOW, LONGEST_LINE
from partners.intake.models import TalentBar, TurnDown, Verdict, Way
from requisitions.models import PayPeriod, PlannedInterview, Question
from requisitions.roles.domain.facts import MOST_PAY
from requisitions.roles.pages.forms import currencies

WORDING = {
    "must_haves": "criterion",
    "nice_to_haves": "criterion",
    "deal_breakers": "criterion",
    "outcomes": "advert",
    "value_proposition": "advert",
    "hard_part": "advert",
}
"""For what the words of a field are looked through while somebody types (see `requisitions/wording`)."""


class OneField(forms.Form):
    """A field of the brief; `given` is its value as a version keeps it."""

    code = ""

    def __init__(self, data: QueryDict | None = None, *, code: str, value: Any) -> None:
        super().__init__(data, prefix=code, initial=self.initial_of(value))
        self.code = code

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {"value": value}

    def given(self) -> Any:
        return self.cleaned_data["value"]


class TextForm(OneField):
    def __init__(self, data: QueryDict | None = None, *, code: str, value: Any) -> None:
        super().__init__(data, code=code, value=value)
        field = FIELDS[code]
        attrs: dict[str, Any] = {"rows": field.lines}
        if code in WORDING:
            attrs["data-wording"] = WORDING[code]
        self.fields["value"] = forms.CharField(
            label=field.ask,
            help_text=field.help,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs=attrs),
        )


class NamesForm(TextForm):
    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {"value": "\n".join(value)}

    def given(self) -> list[str]:
        return list(self.cleaned_data["value"].splitlines())


class BarForm(OneField):
    value = forms.ChoiceField(
        label=FIELDS["talent_bar"].ask,
        help_text=FIELDS["talent_bar"].help,
        choices=[("", gettext_lazy("Not said yet")), *TalentBar.choices],
        required=False,
        widget=forms.RadioSelect,
    )


class PayForm(OneField):
    min = forms.DecimalField(
        label=gettext_lazy("From"), min_value=0, max_value=MOST_PAY, decimal_places=2, required=False
    )
    max = forms.DecimalField(
        label=gettext_lazy("To"), min_value=0, max_value=MOST_PAY, decimal_places=2, required=False
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies)
    period = forms.ChoiceField(label=gettext_lazy("Per"), choices=PayPeriod)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        ends = {name: (value[name] or "").removesuffix(".00") for name in ("min", "max")}
        return value | ends

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PositionForm(OneField):
    percentile = forms.IntegerField(
        label=gettext_lazy("Percentile"), min_value=1, max_value=99, required=False
    )
    source = forms.CharField(label=gettext_lazy("Who says so"), max_length=LONGEST_LINE, required=False)
    as_of = forms.DateField(label=gettext_lazy("Of which day"), required=False, widget=DateInput())

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return dict(value)

    def given(self) -> dict[str, Any]:
        day = self.cleaned_data["as_of"]
        return self.cleaned_data | {"as_of": day.isoformat() if day else ""}


class DayForm(OneField):
    value = forms.DateField(label=FIELDS["target_start"].ask, required=False, widget=DateInput())

    def given(self) -> str:
        day = self.cleaned_data["value"]
        return day.isoformat() if day else ""


FORMS: dict[str, type[OneField]] = {
    **dict.fromkeys(TEXTS, TextForm),
    "nice_to_haves": NamesForm,
    "talent_bar": BarForm,
    "pay": PayForm,
    "pay_position": PositionForm,
    "target_start": DayForm,
}


def form_of(code: str, value: Any, data: QueryDict | None = None) -> OneField:
    return FORMS[code](data, code=code, value=value)


class MustHaveForm(forms.Form):
    """One must-have, with how it is assessed."""

    fields: dict[str, Any]

    name = forms.CharField(
        label=gettext_lazy("Must-have"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-wording": "criterion"}),
    )
    turn_down = forms.ChoiceField(
        label=gettext_lazy("Would you turn down a great person without it?"),
        choices=[("", gettext_lazy("Not said yet")), *TurnDown.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("Why it decides"),
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "criterion"}),
    )
    interviews = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Assessed in"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("An interview of the plan was taken out meanwhile: look again.")
        },
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Or by"),
        choices=[("", gettext_lazy("Nothing else")), *Way.choices],
        required=False,
    )
    question = forms.TypedChoiceField(
        label=gettext_lazy("Which question"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("This question is not asked any more: choose another one.")
        },
    )
    how = forms.CharField(label=gettext_lazy("How exactly"), max_length=LONGEST_HOW, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        value: dict[str, Any],
        planned: Sequence[PlannedInterview],
        questions: Sequence[Question],
    ) -> None:
        question = value["question"]["id"] if value["question"] else None
        super().__init__(data, prefix=f"must-{value['id']}", initial=value | {"question": question})
        self.fields["interviews"].choices = [(row.pk, row.name) for row in planned]
        self.fields["question"].choices = [("", gettext("None")), *((row.pk, row.label) for row in questions)]
        if not planned:
            del self.fields["interviews"]
        if not questions:
            del self.fields["question"]

    def given(self) -> dict[str, Any]:
        """The value as a version keeps it, but for its number."""
        data = {"interviews": [], "question": None} | self.cleaned_data
        return data | {"question": {"id": data["question"]} if data["question"] else None}


class NewMustHaveForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("One more must-have"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-wording": "criterion"}),
        error_messages={"required": gettext_lazy("Say in a few words what it is.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why a great person without it would still be turned down"),
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "criterion"}),
        error_messages={
            "required": gettext_lazy(
                "Say why it decides. If a great person could do without it, it is nice to have."
            )
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="new-must")


class ProfileForm(forms.Form):
    """Somebody to calibrate on: chosen, or made up."""

    fields: dict[str, Any]

    application = forms.TypedChoiceField(
        label=gettext_lazy("Somebody who applied here"), coerce=int, empty_value=None, required=False
    )
    sample = forms.CharField(
        label=gettext_lazy("Or a made-up person, in some lines"),
        help_text=gettext_lazy("Years, what they did, what they lack. No name."),
        required=False,
        max_length=LONGEST_SAMPLE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, prefix="profile")
        self.fields["application"].choices = [("", gettext("Nobody")), *people]


class VerdictForm(forms.Form):
    """What one's own side says of a profile."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("If they applied today"), choices=Verdict, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Why, in a line"),
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs={"data-wording": "feedback"}),
    )
