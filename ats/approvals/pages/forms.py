"""An approver's answer, and whom to pass it on to."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.approvals.actions import MAX_TEXT
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import choose_from


class AnswerForm(forms.Form):
    """Two buttons and one field: what a no needs, and a yes may have."""

    note = forms.CharField(
        label=gettext_lazy("Your words"),
        required=False,
        max_length=MAX_TEXT,
        help_text=gettext_lazy("Needed if you send it back: why, and what would have to change."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.ChoiceField(
        choices=[("yes", gettext_lazy("Approve")), ("no", gettext_lazy("Send back"))],
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Press approve or send back.")},
    )

    @property
    def approves(self) -> bool:
        return self.cleaned_data["answer"] == "yes"

    @property
    def words(self) -> str:
        return str(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "no" and not given.get("note", "").strip():
            self.add_error("note", gettext("Say in a few words why, and what would have to change."))
        return given

    def add_error(self, field: str | None, error: Any) -> None:
        """The reason that an action misses is this form's note; a button that was not pressed has no field."""
        super().add_error({"reason": "note", "answer": None}.get(field or "", field), error)


class PassOnForm(forms.Form):
    """Whom to pass one's approval on to."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("To whom"),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, to=colleagues)
