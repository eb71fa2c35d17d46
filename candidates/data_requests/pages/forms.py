"""Answers to requests about data."""

from django import forms

from ats.kernel.staff_words import gettext_lazy
from candidates.data_requests.actions.answer import LONGEST_ANSWER
from candidates.data_requests.models import ComplaintOutcome, CorrectionState

READ_BY_THEM = gettext_lazy("They read it as it stands here, by mail and on their page.")


class CorrectionAnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[
            (CorrectionState.DONE.value, gettext_lazy("It is put right")),
            (CorrectionState.DECLINED.value, gettext_lazy("It stays as it is")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it was put right.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=LONGEST_ANSWER,
        help_text=gettext_lazy(
            "They read it as it stands here, by mail and on their page. Where it stays as it is, say why."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "data-wording": "letter"}),
    )


class ComplaintAnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[
            (ComplaintOutcome.UPHELD.value, gettext_lazy("They are right")),
            (ComplaintOutcome.PARTLY.value, gettext_lazy("They are right in part")),
            (ComplaintOutcome.REJECTED.value, gettext_lazy("We see it differently")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_ANSWER,
        help_text=READ_BY_THEM,
        widget=forms.Textarea(attrs={"rows": 8, "data-wording": "letter"}),
        error_messages={"required": gettext_lazy("Write the answer: they read it.")},
    )
