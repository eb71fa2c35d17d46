"""What somebody who sits in writes, the word of whom they sat beside, and why somebody interviews alone anyway."""

from django import forms

from ats.kernel.staff_words import gettext_lazy
from candidates.shadowing.actions.arrange import LONGEST_REASON
from candidates.shadowing.actions.learn import LONGEST_EVIDENCE, LONGEST_WORD
from candidates.shadowing.models import MOST_NEEDED


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label=gettext_lazy("What you saw"),
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 4, "data-wording": "feedback"}),
        help_text=gettext_lazy(
            "What was asked, and what they did. It counts nowhere: it is there for you to learn."
        ),
        error_messages={"required": gettext_lazy("Write down what you saw.")},
    )


class WordForm(forms.Form):
    word = forms.CharField(
        label=gettext_lazy("What you saw, in one word"),
        max_length=LONGEST_WORD,
        help_text=gettext_lazy("Such as listened, or prepared. From then on this interview counts for them."),
        error_messages={"required": gettext_lazy("Say in one word what you saw.")},
    )


class AloneForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why they can interview alone"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("It is on record with your name."),
        error_messages={"required": gettext_lazy("Say why they can interview alone.")},
    )


class NeededForm(forms.Form):
    needed = forms.IntegerField(
        label=gettext_lazy("Interviews to sit in on first"),
        min_value=0,
        max_value=MOST_NEEDED,
        help_text=gettext_lazy("0: nobody is asked to."),
    )
