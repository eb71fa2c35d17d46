"""What one says of a post, and of a question that it asks."""

from typing import Any

import pycountry
from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.domain import names
from ats.web.forms import needed
from requisitions.posts.actions.publish_knowingly import LONGEST_WHY
from requisitions.posts.models import Question, QuestionKind, Vacancy

REASONS = {"knowingly", "before_brief"}
"""Why something is published all the same: no facts of the post."""
COMMON = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")


def languages() -> list[tuple[str, str]]:
    """Every language with a two-letter code, the most common ones first."""
    known = [one for one in pycountry.languages if hasattr(one, "alpha_2")]
    said = [(one.alpha_2, names.language(one.name)) for one in known]
    return sorted(said, key=lambda one: (one[0] not in COMMON, one[1]))


class PostForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As a candidate would look for it."),
        widget=forms.TextInput(attrs={"data-wording": "advert"}),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy(
            "What one does all day, with whom, and what one finds here. Pay, must-haves, outcomes, the hard"
            " part and the steps are added by themselves."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "data-richtext": "post-toolbar", "data-wording": "advert"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=languages, initial="en")
    valid_through = forms.DateField(
        label=gettext_lazy("Last day to apply"),
        required=False,
        help_text=gettext_lazy("Empty: until you close it. After that day it closes by itself."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    vacancy = forms.ChoiceField(
        label=gettext_lazy("Is there a vacancy?"),
        choices=[("", gettext_lazy("Not said")), *Vacancy.choices],
        required=False,
        help_text=gettext_lazy("It stands on the page. Some places have to be told; then it is asked for."),
    )
    fill_by = forms.DateField(
        label=gettext_lazy("To be filled by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    knowingly = forms.CharField(
        label=gettext_lazy("Why you publish them all the same"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Your name and this reason stay in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    before_brief = forms.CharField(
        label=gettext_lazy("Why you publish it before the brief is settled and signed"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Your name and this reason stay in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("to publish"), "body")

    def facts(self) -> dict[str, Any]:
        """What is said of the post itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in REASONS}


class QuestionForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=300,
        widget=forms.TextInput(attrs={"data-wording": "question"}),
    )
    help_text = forms.CharField(
        label=gettext_lazy("A word of help"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-wording": "question"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Answered with"), choices=QuestionKind)
    options = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy("One a line; for single and several choices."),
        widget=forms.Textarea(attrs={"rows": 5, "data-options": "", "data-wording": "question"}),
    )
    required = forms.BooleanField(
        label=gettext_lazy("Must be answered"),
        required=False,
        help_text=gettext_lazy(
            "Only where you could not decide without it. Every question costs you applicants."
        ),
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        if question is not None:
            facts = {name: getattr(question, name) for name in QuestionForm.base_fields}
            kwargs["initial"] = facts | {"options": "\n".join(question.options)}
        super().__init__(*args, **kwargs)
        if question is not None and question.post.published_at is not None:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = gettext("It stays: people may have answered it already.")

    def words(self) -> dict[str, Any]:
        """The facts of the question; choices only for the kinds that have them."""
        data = dict(self.cleaned_data)
        chosen = data["kind"] in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
        return data | {"options": data["options"].splitlines() if chosen else []}


class OrderForm(forms.Form):
    """The numbers of all questions in their new order."""

    questions = forms.CharField(max_length=1000)

    def clean_questions(self) -> list[int]:
        try:
            return [int(number) for number in self.cleaned_data["questions"].split(",")]
        except ValueError:
            raise forms.ValidationError(gettext("These are not questions.")) from None
