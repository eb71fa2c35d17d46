"""What slips, what each side changes, and when the partners look again."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.kept import retold
from ats.kernel.languages import later
from ats.kernel.staff_words import gettext_lazy
from partners.corrections.actions import LONGEST, Change, Named
from partners.corrections.domain.challenges import Challenge
from partners.corrections.domain.measures import MEASURES, NAMEABLE
from partners.corrections.models import Lever

NAMED = "named"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )


class CorrectionForm(forms.Form):
    """The challenge, as the figures show it or in one's own words."""

    challenge = forms.ChoiceField(
        label=gettext_lazy("What slips"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what slips."),
            "invalid_choice": gettext_lazy("Choose what slips."),
        },
    )
    said = forms.CharField(
        label=gettext_lazy("In our words"),
        error_messages={"required": gettext_lazy("Say what slips.")},
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "note"}),
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("The figure that will say whether it worked"),
        choices=[(code, later(retold, MEASURES[code].name)) for code in NAMEABLE],
    )
    words = forms.CharField(
        label=gettext_lazy("Why, as you two see it"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
    )
    look_again_on = _day(gettext_lazy("The day to look again"))

    def __init__(self, *args: Any, slipping: Sequence[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(each.key, retold(each.said)) for each in slipping]
        self.fields["challenge"].choices = [*found, (NAMED, gettext_lazy("Something else"))]  # type: ignore[attr-defined]
        if self.initial.get("challenge") not in dict(found):
            self.initial["challenge"] = found[0][0] if found else NAMED
        for name in ("said", "measure"):
            self.fields[name].required = not found

    def chosen(self) -> str | Named:
        given = self.cleaned_data
        if given["challenge"] != NAMED:
            return str(given["challenge"])
        return Named(given["said"], given["measure"])


class StepForm(forms.Form):
    """One change of one side."""

    lever = forms.ChoiceField(label=gettext_lazy("It concerns"), choices=Lever)
    text = forms.CharField(
        label=gettext_lazy("What will be different"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"data-wording": "note"}),
        error_messages={"required": gettext_lazy("Say what will be changed.")},
    )
    owner = forms.TypedChoiceField(label=gettext_lazy("By whom"), coerce=int)
    due_on = _day(gettext_lazy("By when"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """Whether somebody wrote in it: who and what stand there from the beginning."""
        return bool(self.data.get(self.add_prefix("text"), "").strip())

    def change(self) -> Change:
        given = self.cleaned_data
        return Change(given["lever"], given["text"], given["owner"], given["due_on"])
