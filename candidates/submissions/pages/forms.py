"""What a recruiter notes of an answer that was given elsewhere, and what the list is narrowed to."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from ats.web.forms import DateInput
from candidates.submissions.actions.ask import LONGEST
from candidates.submissions.models import TOLD_WAYS, SubmissionState


class AnswerForm(forms.Form):
    """A yes or a no that came by telephone, in writing or face to face: a note is owed with it."""

    is_yes = forms.TypedChoiceField(
        label=gettext_lazy("They said"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it was a yes or a no.")},
    )
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=[(way.value, way.label) for way in TOLD_WAYS])
    said_on = forms.DateField(label=gettext_lazy("On which day"), widget=DateInput)
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
        help_text=gettext_lazy("What you can point to later. They find it in a copy of their data."),
    )


class ListForm(forms.Form):
    client = forms.ModelChoiceField(
        label=gettext_lazy("Client"),
        queryset=HiringOrganisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("All clients"),
    )
    state = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)

    def __init__(self, data: Any, *, clients: Any) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
        client, state = self.fields["client"], self.fields["state"]
        assert isinstance(client, forms.ModelChoiceField)
        assert isinstance(state, forms.ChoiceField)
        client.queryset = clients
        state.choices = [("", gettext_lazy("All")), *SubmissionState.choices]

    def wanted(self) -> dict[str, Any]:
        """What was chosen; what makes no sense chooses nothing."""
        self.is_valid()
        client = self.cleaned_data.get("client")
        return {"client": client.pk if client else None, "state": self.cleaned_data.get("state", "")}
