"""What people fill in about feedback."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import DateInput
from candidates.compose import gaps, letters
from candidates.feedback.actions.client import LONGEST, LONGEST_NAME
from candidates.feedback.domain.safe import Said
from candidates.feedback.models import LEAST_DAYS, MOST_DAYS, Depth
from requisitions.models import Criterion


class LetterForm(forms.Form):
    """Words as a person leaves them, with a yes to what in them may be all right, or is left open."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("What they read"),
        max_length=letters.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 14, "data-wording": "feedback"}),
    )
    meant = forms.BooleanField(
        label=gettext_lazy("Yes, I have looked at these words, and they are all right"), required=False
    )
    gaps_meant = forms.BooleanField(label=gettext_lazy("Send it as it stands"), required=False)

    doubts: Sequence[Said] = ()

    @property
    def asks_about_words(self) -> bool:
        return bool(self.doubts) or bool(self["meant"].value())

    @property
    def asks_about_gaps(self) -> bool:
        return bool(self.is_bound and gaps.gaps(self.data.get("body", "")[: letters.LONGEST_BODY]))

    @property
    def unfilled(self) -> str:
        """What is still to be filled in, in words, for whoever looks at the message before it leaves."""
        found = gaps.gaps(self.data.get("body", "")[: letters.LONGEST_BODY], signature=letters.SIGNATURE)
        return gaps.said(found) if found else ""


class ClientForm(forms.Form):
    """What somebody at the client said of them."""

    criterion = forms.ModelChoiceField(
        label=gettext_lazy("Criterion"),
        queryset=Criterion.objects.none(),
        empty_label=gettext_lazy("Choose one"),
    )
    words = forms.CharField(
        label=gettext_lazy("What they said"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "feedback"}),
        help_text=gettext_lazy(
            "What was seen or heard, in their words. It is passed on only if you choose it."
        ),
    )
    said_by = forms.CharField(
        label=gettext_lazy("Who said it"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    said_on = forms.DateField(label=gettext_lazy("When"), widget=DateInput)

    def __init__(self, *args: Any, requisition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Criterion.objects.filter(requisition=requisition).order_by("position", "pk")
        self.fields["criterion"].queryset = rows  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"criterion_id": given.pop("criterion").pk} | given


def _depth(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Depth.choices)


class RulesForm(forms.Form):
    """How deep feedback goes, by how far somebody came."""

    applied = _depth(gettext_lazy("At the application"))
    review = _depth(gettext_lazy("At the review"))
    interview = _depth(gettext_lazy("At an interview"))
    assessment = _depth(gettext_lazy("At an assessment"))
    offer = _depth(gettext_lazy("At the offer"))
    answer_days = forms.IntegerField(
        label=gettext_lazy("Working days to answer who asks for feedback"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("They are told the day. Once it has passed, the recruiting lead hears of it."),
    )

    @property
    def depths(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "answer_days"}
