"""What one says of a wording rule, and what one tries it on."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from requisitions.wording.actions import LONGEST_TEXT
from requisitions.wording.models import Severity, Use, WordingRule

LONGEST_CHECKED = 200_000


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RuleForm(forms.Form):
    """An own rule; lists are written a line each."""

    topic = forms.CharField(
        label=gettext_lazy("Topic"), max_length=80, help_text=gettext_lazy("Such as Age or Family.")
    )
    phrases = forms.CharField(
        label=gettext_lazy("What to look for"),
        widget=_lines(5),
        help_text=gettext_lazy(
            "One a line. Capitals and accents do not matter; * at the end of a word stands for any ending,"
            " ... between words for up to four words."
        ),
    )
    except_phrases = forms.CharField(
        label=gettext_lazy("But not in"),
        required=False,
        widget=_lines(3),
        help_text=gettext_lazy("Lawful words, one a line: what they overlap is not found."),
    )
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Where"), choices=Use, widget=forms.CheckboxSelectMultiple
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("It is"), choices=Severity, widget=forms.RadioSelect, initial=Severity.BIASED
    )
    jurisdictions = forms.CharField(
        label=gettext_lazy("Holds in"),
        required=False,
        help_text=gettext_lazy("Codes such as DE, US-CA or EU, with commas. Empty: everywhere."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it does not belong"), max_length=LONGEST_TEXT, widget=_lines(2)
    )
    alternative = forms.CharField(
        label=gettext_lazy("What to ask or write instead"), max_length=LONGEST_TEXT, widget=_lines(2)
    )
    source = forms.CharField(
        label=gettext_lazy("Law or guidance"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What it rests on."),
    )

    def __init__(self, *args: Any, rule: WordingRule | None = None, **kwargs: Any) -> None:
        if rule is not None:
            facts = {name: getattr(rule, name) for name in RuleForm.base_fields}
            facts |= {name: "\n".join(facts[name]) for name in ("phrases", "except_phrases")}
            kwargs["initial"] = facts | {"jurisdictions": ", ".join(rule.jurisdictions)}
        super().__init__(*args, **kwargs)

    def words(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        for name in ("phrases", "except_phrases"):
            data[name] = data[name].splitlines()
        return data | {"jurisdictions": data["jurisdictions"].split(",")}


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why it does not hold here"),
        max_length=200,
        help_text=gettext_lazy("It stays in the record."),
    )


class MisreadForm(forms.Form):
    """What a lead says of a text that was refused."""

    why = forms.CharField(
        label=gettext_lazy("What the rule misread"),
        max_length=300,
        required=False,
        widget=_lines(2),
        help_text=gettext_lazy("Needed to let the text pass. It stays in the record, with your name."),
    )


class CheckForm(forms.Form):
    """A text to look through; `place` is a code such as US-CA. `role` and `application` are what it is about."""

    text = forms.CharField(required=False, max_length=LONGEST_CHECKED, strip=False)
    use = forms.ChoiceField(choices=Use)
    place = forms.CharField(required=False, max_length=10)
    role = forms.CharField(required=False, max_length=20)
    application = forms.CharField(required=False, max_length=20)


class TryForm(forms.Form):
    """The box in which one tries words."""

    text = forms.CharField(
        label=gettext_lazy("Your words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": gettext_lazy("How old are you, and do you have children?")}
        ),
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Used in"),
        choices=Use,
        required=False,
        initial=Use.QUESTION,
        help_text=gettext_lazy("Not every rule holds everywhere."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Such as DE or US-CA; empty: any."),
    )
