"""What each partner writes when they look back, and what is kept for the next brief. Words only."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from partners.retrospectives.actions import ASKED, LONGEST, LONGEST_KEPT
from partners.retrospectives.models import LookBack
from partners.retrospectives.queries import fields

ASKS = {
    "helped": gettext_lazy("What helped?"),
    "hindered": gettext_lazy("What hindered?"),
    "change": gettext_lazy("What do we change?"),
}


class LookBackForm(forms.Form):
    """Three questions; one of them is enough."""

    def __init__(self, *args: Any, mine: LookBack | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED:
            self.fields[name] = forms.CharField(
                label=ASKS[name],
                required=False,
                max_length=LONGEST,
                initial=getattr(mine, name, ""),
                widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
            )


class KeepForm(forms.Form):
    """A line for the next brief."""

    code = forms.ChoiceField(label=gettext_lazy("Where the next brief says it"))
    text = forms.CharField(
        label=gettext_lazy("What is to be kept"),
        max_length=LONGEST_KEPT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write what is to be kept.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = fields()  # type: ignore[attr-defined]
