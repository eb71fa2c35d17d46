"""The scorecard as a form: for each criterion a rating and the evidence, then the recommendation."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property

from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.scorecards.domain import evidence
from candidates.scorecards.domain.evidence import MAX_TEXT, MAX_WHY, Content, Given
from candidates.scorecards.models import Outcome, Rating, Scorecard, ScorecardMark
from candidates.scorecards.queries import Asked

RATINGS = [(rating.value, rating.label) for rating in Rating]


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=RATINGS, widget=forms.RadioSelect, label=label, required=False)


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    checked = {} if more.pop("private", False) else {"data-wording": "feedback"}
    attrs = {"rows": rows, **checked, **more.pop("attrs", {})}
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs=attrs),
        **more,
    )


class ScorecardForm(forms.Form):
    """Nothing is required while it is a draft; `check_whole` says beside each field what is still missing."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    recommendation = _choice(gettext_lazy("Your recommendation"))
    reason = _text(
        gettext_lazy("What decided it"),
        3,
        help_text=gettext_lazy("One or two sentences on the criteria, from what you saw and heard."),
    )
    private_notes = _text(gettext_lazy("Notes for yourself"), 4, private=True)

    def __init__(
        self, *args: Any, asked: Sequence[Asked], scorecard: Scorecard, why: bool = False, **kwargs: Any
    ) -> None:
        self.asked = asked
        self.scorecard = scorecard
        self.others: defaultdict[str, str] = defaultdict(str)
        initial: dict[str, Any] = {"revision": scorecard.revision, **values(scorecard, self._marks())}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for each in asked:
            place = each.mark.position
            self.fields[f"rating_{place}"] = _choice(
                gettext("Your rating: %(criterion)s") % {"criterion": each.mark.name}
            )
            self.fields[f"evidence_{place}"] = _text(
                gettext("Evidence: %(criterion)s") % {"criterion": each.mark.name},
                3,
                attrs={"placeholder": gettext("What you saw or heard")},
            )
        if why:
            self.fields["why"] = forms.CharField(
                label=gettext("Why you correct it"),
                max_length=MAX_WHY,
                error_messages={"required": gettext("Say why it is corrected.")},
                help_text=gettext("Everybody who reads the evidence sees this, and the version before."),
            )

    def _marks(self) -> list[ScorecardMark]:
        return [each.mark for each in self.asked]

    def parts(self) -> list[dict[str, Any]]:
        """What the page shows for each criterion."""
        return [
            {
                "asked": each,
                "rating": self[f"rating_{each.mark.position}"],
                "evidence": self[f"evidence_{each.mark.position}"],
                "other_rating": self._other_rating(f"rating_{each.mark.position}"),
                "other_evidence": self.others.get(f"evidence_{each.mark.position}", ""),
            }
            for each in self.asked
        ]

    def other_recommendation(self) -> str:
        return self._other_rating("recommendation")

    def _other_rating(self, name: str) -> str:
        value = self.others.get(name, "")
        return str(Rating(value).label) if value else ""

    @cached_property
    def content(self) -> Content:
        """What was typed, of a valid form. Kept: an error that is added takes its field's value away."""
        given = self.cleaned_data
        return Content(
            marks={
                each.mark.position: Given(
                    given[f"rating_{each.mark.position}"], given[f"evidence_{each.mark.position}"]
                )
                for each in self.asked
            },
            recommendation=given["recommendation"],
            reason=given["reason"],
            private_notes=given["private_notes"],
        )

    def check_whole(self) -> bool:
        """Whether it can be handed in; what is missing is said beside its field."""
        for field, message in evidence.missing(self.content, self._marks()):
            self.add_error(field, message)
        return not self.errors

    def show_both(self, kept: Content) -> None:
        """What another window wrote, beside what was typed here; saving again keeps what stands in the fields."""
        theirs = values_of(kept)
        self.others |= {
            name: text for name, text in theirs.items() if text and text != _lf(self.data.get(name, ""))
        }

    def saw(self, revision: int) -> None:
        """Shown again, the form goes on from this revision."""
        self.data = {**dict(self.data.items()), "revision": str(revision)}


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def values(scorecard: Scorecard, marks: Sequence[ScorecardMark]) -> dict[str, str]:
    return values_of(evidence.content_of(scorecard, marks))


def values_of(content: Content) -> dict[str, str]:
    """By the names of the form's fields."""
    named = {
        "recommendation": content.recommendation,
        "reason": content.reason,
        "private_notes": content.private_notes,
    }
    for place, given in content.marks.items():
        named |= {f"rating_{place}": given.rating, f"evidence_{place}": given.evidence}
    return named


class NotesForm(forms.Form):
    private_notes = _text(gettext_lazy("Notes for yourself"), 4, private=True)


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("How it goes on"),
        error_messages={"required": gettext_lazy("Choose how it goes on.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What in the evidence decided it"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "feedback"}),
        help_text=gettext_lazy("The hiring team reads it, and an answer to the candidate is built from it."),
        error_messages={"required": gettext_lazy("Say what in the evidence decided it.")},
    )
