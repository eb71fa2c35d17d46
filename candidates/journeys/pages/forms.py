"""What one says of a planned step of one candidate."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import needed
from candidates.journeys.models import LONGEST_TASK


class StepForm(forms.Form):
    """Another day for it, where it is moved; and why, whatever is done with it."""

    due_on = forms.DateTimeField(
        label=gettext_lazy("Move it to"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("The team reads it in the story of this application."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("for each of these"), "reason")


class TaskForm(forms.Form):
    """Another day for a task, where it is put off; and why it is put off or skipped."""

    due_on = forms.DateField(
        label=gettext_lazy("Another day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("The team reads it in the story of this application."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("to put it off"), "due_on")
        needed(self, gettext("to put it off or skip it"), "reason")


class AskForm(forms.Form):
    """What a colleague is asked to do, and by when."""

    what = forms.CharField(label=gettext_lazy("What is to be done"), max_length=LONGEST_TASK)
    owner = forms.TypedChoiceField(label=gettext_lazy("Who does it"), coerce=int, choices=())
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(user.pk, user.name or user.email) for user in colleagues]
        cast("forms.ChoiceField", self.fields["owner"]).choices = choices
