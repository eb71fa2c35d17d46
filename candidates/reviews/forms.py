"""The answer to a review: a mark for each must-have, the verdict, the reason."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.reviews.actions import MAX_TEXT, MET
from candidates.reviews.models import Review, Verdict
from requisitions.models import Criterion

VERDICTS = [
    (Verdict.YES, gettext_lazy("Yes")),
    (Verdict.UNSURE, gettext_lazy("Unsure")),
    (Verdict.NO, gettext_lazy("No")),
]


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=VERDICTS,
        widget=forms.RadioSelect,
        label=gettext_lazy("Your view"),
        error_messages={"required": gettext_lazy("Choose yes, unsure or no.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What decided it"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "feedback"}),
        help_text=gettext_lazy(
            "One or two sentences on the must-haves, from what you read. The hiring team sees them."
        ),
        error_messages={"required": gettext_lazy("Say in a few words what decided it.")},
    )

    def __init__(self, *args: Any, must_haves: Sequence[Criterion], review: Review, **kwargs: Any) -> None:
        initial = {"verdict": "", "reason": review.reason}
        for number, mark in review.criteria.items():
            initial |= {f"met_{number}": mark["met"], f"text_{number}": mark["text"]}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.must_haves = must_haves
        for must in must_haves:
            self.fields[f"met_{must.pk}"] = forms.ChoiceField(
                choices=list(MET.items()),
                widget=forms.RadioSelect,
                label=must.name,
                help_text=must.why,
                error_messages={"required": gettext("Choose one of the three.")},
            )
            self.fields[f"text_{must.pk}"] = forms.CharField(
                required=False,
                max_length=MAX_TEXT,
                label=gettext("What you saw about: %(must)s") % {"must": must.name},
                widget=forms.TextInput(
                    attrs={"placeholder": gettext("What you saw (optional)"), "data-wording": "feedback"}
                ),
            )

    def must_have_fields(self) -> list[dict[str, Any]]:
        return [
            {"must": must, "met": self[f"met_{must.pk}"], "text": self[f"text_{must.pk}"]}
            for must in self.must_haves
        ]

    def criteria(self) -> dict[int, dict[str, str]]:
        return {
            must.pk: {
                "met": self.cleaned_data[f"met_{must.pk}"],
                "text": self.cleaned_data[f"text_{must.pk}"],
            }
            for must in self.must_haves
        }
