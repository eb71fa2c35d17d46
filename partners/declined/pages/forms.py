"""Recording a declined request, what is added to it, and who sees it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy, pgettext_lazy
from ats.web.forms import LocalMoment
from partners.declined.actions import Declined
from partners.declined.models import Addition, Ground, Way

LONGEST = 5_000
People = Sequence[tuple[int, str]]
EXAMPLE = gettext_lazy("No one over 40 on the short list")


def _words(label: Any, rows: int = 3, *, ask: Any, help_text: Any = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, **attrs}),
        help_text=help_text,
        error_messages={"required": ask},
    )


class DeclineForm(forms.Form):
    """What was asked, why it was declined, and what was offered instead."""

    asked_by = forms.TypedChoiceField(
        label=gettext_lazy("Who asked"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("They never see this record. Who has no account here is named beside."),
    )
    asked_by_name = forms.CharField(
        label=gettext_lazy("Or somebody without an account here"), max_length=200, required=False
    )
    requisition = forms.TypedChoiceField(
        label=gettext_lazy("For which role"), coerce=int, empty_value=None, required=False
    )
    application = forms.IntegerField(widget=forms.HiddenInput, required=False)
    asked_at = LocalMoment(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Choose a day and a time."),
            "invalid": gettext_lazy("Choose a day and a time."),
        },
    )
    asked_how = forms.ChoiceField(label=gettext_lazy("How"), choices=Way)
    asked = _words(
        gettext_lazy("What was asked"),
        ask=gettext_lazy("Say what was asked."),
        help_text=gettext_lazy("In their words, as far as you remember them."),
        placeholder=EXAMPLE,
    )
    subject = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=80,
        help_text=gettext_lazy("In a word or two, such as Age or Pay so far."),
        error_messages={"required": gettext_lazy("Say in a word what it is about.")},
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Why you declined: it is"), choices=Ground, widget=forms.RadioSelect
    )
    rule = _words(
        gettext_lazy("Law or policy"),
        2,
        ask=gettext_lazy("Say against which law or policy it is."),
        help_text=gettext_lazy("Its name or its words."),
    )
    alternative = _words(
        gettext_lazy("What you offered instead"),
        ask=gettext_lazy("Say what you offered instead."),
        help_text=gettext_lazy("The lawful way to what they need."),
    )
    kept_from = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Keep it from these people too"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Those who work for whoever asked. Whom the house knows to work for them is kept out anyway."
        ),
    )
    wants_support = forms.BooleanField(
        label=gettext_lazy("I want support with this"),
        required=False,
        help_text=gettext_lazy(
            "The recruiting lead finds it on My day; where it is the lead who asked, the next person named."
        ),
    )

    def __init__(self, *args: Any, people: People, roles: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].choices = [("", gettext_lazy("Choose a person")), *people]  # type: ignore[attr-defined]
        self.fields["requisition"].choices = [("", gettext_lazy("No role")), *roles]  # type: ignore[attr-defined]
        self.fields["kept_from"].choices = people  # type: ignore[attr-defined]
        self.initial.setdefault("asked_at", timezone.localtime())

    def facts(self) -> Declined:
        return Declined(**{name: self.cleaned_data[name] for name in Declined.__dataclass_fields__})

    def places(self) -> dict[str, Any]:
        """Whom and what it is about, as the action takes them."""
        data = self.cleaned_data
        return {
            "asked_by_id": data["asked_by"],
            "requisition_id": data["requisition"],
            "application_id": data["application"],
            "kept_from": data["kept_from"],
            "wants_support": data["wants_support"],
        }


class AddForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[(each.value, each.label) for each in (Addition.OUTCOME, Addition.NOTE)],
        widget=forms.RadioSelect,
        initial=Addition.OUTCOME,
    )
    text = _words(
        gettext_lazy("Your words"),
        ask=gettext_lazy("Write a few words."),
        help_text=gettext_lazy("It stays as you leave it."),
    )


class AnswerForm(forms.Form):
    text = _words(gettext_lazy("Your message"), 6, ask=gettext_lazy("Write a few words."))


class SupportForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What you need"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SupportedForm(forms.Form):
    text = _words(gettext_lazy("What you have done"), ask=gettext_lazy("Say what you have done."))


PLACES = (
    pgettext_lazy("in line", "First"),
    gettext_lazy("Second"),
    gettext_lazy("Third"),
    gettext_lazy("Fourth"),
    gettext_lazy("Fifth"),
)


class ReadersForm(forms.Form):
    """Who is HR here, and who is next in line, in order."""

    hr = forms.TypedMultipleChoiceField(
        label=gettext_lazy("HR"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They see every declined request but those that they asked for themselves."),
    )

    def __init__(self, *args: Any, people: People, named: dict[str, list[int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hr"].choices = people  # type: ignore[attr-defined]
        self.initial["hr"] = named["hr"]
        line = named["next"]
        for place, label in enumerate(PLACES):
            self.fields[f"next_{place}"] = forms.ChoiceField(
                label=label,
                choices=[("", gettext("Nobody")), *people],
                required=False,
                initial=line[place] if place < len(line) else "",
            )

    @property
    def places(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("next_")]

    def following(self) -> list[int]:
        chosen = (self.cleaned_data[field.name] for field in self.places)
        return [found for one in chosen if (found := number(one)) is not None]
