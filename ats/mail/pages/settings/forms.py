"""Forms about messages and their words."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.mail.claims import Claim
from ats.mail.models import MailState
from ats.mail.queries import OPEN

STATES = {
    MailState.QUEUED: gettext_lazy("Waiting"),
    MailState.SENDING: gettext_lazy("Leaving"),
    MailState.BOUNCED: gettext_lazy("Came back"),
    MailState.CANCELLED: gettext_lazy("Taken back"),
}
"""How the outbox calls what has another name in its rows (see `ats/mail/state.html`)."""


class OutboxFilter(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("Every state")),
            *(
                (state.value, STATES.get(state, state.label))
                for state in [*OPEN, MailState.SENT, MailState.CANCELLED]
            ),
        ],
    )
    q = forms.CharField(label=gettext_lazy("Address or subject"), required=False, widget=forms.SearchInput())


class WordsForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16, "class": "words-body", "data-wording": "message"}),
        help_text=(
            gettext_lazy(
                "An empty line begins a new paragraph, lines that begin with “- ” are a list, and "
                "[Words]({{ link }}) on a line of its own is a button."
            )
        ),
    )

    claims = forms.MultipleChoiceField(
        label=gettext_lazy("This letter says that"),
        required=False,
        choices=Claim,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "It is only sent where that is so: where somebody was hired, every seat is filled, or the role ends."
        ),
    )

    def __init__(self, *args: Any, claims: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not claims:
            del self.fields["claims"]

    def clean_claims(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["claims"])

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")


class OwnerForm(forms.Form):
    """Whose words: the house's, or one organisation's."""

    def __init__(self, *args: Any, organisations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [("", "Every organisation"), *((str(each.pk), each.name) for each in organisations)]
        self.fields["organisation"] = forms.ChoiceField(label=gettext("For"), required=False, choices=owners)
