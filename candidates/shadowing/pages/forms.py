"""What somebody who sits in writes, the word of whom they sat beside, and why somebody interviews alone anyway."""

from django import forms

from candidates.shadowing.actions.arrange import LONGEST_REASON
from candidates.shadowing.actions.learn import LONGEST_EVIDENCE, LONGEST_WORD
from candidates.shadowing.models import MOST_NEEDED


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label="What you saw",
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 4, "data-wording": "feedback"}),
        help_text="What was asked, and what they did. It counts nowhere: it is there for you to learn.",
        error_messages={"required": "Write down what you saw."},
    )


class WordForm(forms.Form):
    word = forms.CharField(
        label="What you saw, in one word",
        max_length=LONGEST_WORD,
        help_text="Such as listened, or prepared. From then on this interview counts for them.",
        error_messages={"required": "Say in one word what you saw."},
    )


class AloneForm(forms.Form):
    reason = forms.CharField(
        label="Why they can interview alone",
        max_length=LONGEST_REASON,
        help_text="It is on record with your name.",
        error_messages={"required": "Say why they can interview alone."},
    )


class NeededForm(forms.Form):
    needed = forms.IntegerField(
        label="Interviews to sit in on first",
        min_value=0,
        max_value=MOST_NEEDED,
        help_text="0: nobody is asked to.",
    )
