"""What people fill in about an application."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone

from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import DateInput, LocalMoment
from candidates.applications.models import DispositionKind, DispositionReason, NoteVisibility
from candidates.compose import gaps, letters
from candidates.messages.models import Channel
from requisitions.models import RequisitionState
from requisitions.roles.workflow import ENDED

BRACES = gettext_lazy("What stands in double braces is filled in for each person.")
LATER_HELP = gettext_lazy("Leave it empty to send it as soon as it may leave.")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class FutureMoment(LocalMoment):
    """A time ahead, in the zone of who gives it."""

    widget = MomentInput

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(gettext("Give a time that lies ahead."))
        return moment


def reason_choices(*, withdrew: bool) -> list[tuple[str, Any]]:
    """Every active reason under the words of its kind."""
    kinds = [kind for kind in DispositionKind if withdrew or kind != DispositionKind.WITHDREW]
    grouped: dict[str, list[tuple[str, str]]] = {kind.value: [] for kind in kinds}
    for reason in DispositionReason.objects.filter(is_active=True).order_by("position", "label"):
        if reason.kind in grouped:
            grouped[reason.kind].append((reason.code, retold(reason.label)))
    return [
        ("", gettext("Choose a reason")),
        *((str(kind.label), grouped[kind.value]) for kind in kinds if grouped[kind.value]),
    ]


class ExactYes(forms.CheckboxInput):
    """A box whose yes is to one text, by its digest: to another text it is no yes."""

    def __init__(self, digest: str) -> None:
        super().__init__(attrs={"value": digest}, check_test=lambda given: given == digest)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")

    def format_value(self, value: Any) -> str | None:
        return str(value) if value else None


class LetterForm(forms.Form):
    """A message as a person leaves it.

    Where something in it looks as if it were still to be filled in, it asks for a yes to exactly that text.
    """

    gap_help: Any = gettext_lazy("With a gap in it, it is no answer: what is owed to them stays owed.")
    """What a text with a gap does not do, beside the yes to it."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"rows": 9, "data-wording": "message"}),
        max_length=20_000,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        body = data.get("body", "")
        found = gaps.gaps(body, signature=letters.SIGNATURE) if body else []
        if found and "preview" not in self.data:
            exactly = gaps.digest(body)
            data["gaps_meant"] = self.data.get(self.add_prefix("gaps_meant"), "") == exactly
            self._ask(found, exactly, answered=data["gaps_meant"])
        return data

    def _ask(self, found: list[str], exactly: str, *, answered: bool) -> None:
        """Show the box, and what it is about."""
        self.fields["gaps_meant"] = forms.CharField(
            label=gettext("Send it as it stands"),
            required=False,
            widget=ExactYes(exactly),
            help_text=self.gap_help,
        )
        names = [name for name in self.fields if name != "gaps_meant"]
        at = names.index("body") + 1
        self.order_fields([*names[:at], "gaps_meant", *names[at:]])
        if not answered:
            self.add_error("body", gaps.said(found))

    @property
    def unfilled(self) -> str:
        """What is still to be filled in, in words, for whoever looks at the message before it leaves."""
        body = getattr(self, "cleaned_data", {}).get("body", "")
        found = gaps.gaps(body, signature=letters.SIGNATURE) if body else []
        return gaps.said(found) if found else ""

    @property
    def message(self) -> tuple[str, str, bool]:
        """What is sent."""
        facts = self.cleaned_data
        return facts["subject"], facts["body"], facts.get("gaps_meant", False)


class NoForm(LetterForm):
    """A letter that says no; where it seems to say what is not so, one says that it is meant."""

    gap_help = ""  # the decision is told all the same
    claims_meant = forms.BooleanField(label=gettext_lazy("Yes, it is so all the same"), required=False)

    @property
    def asks_about_claims(self) -> bool:
        return bool(self.errors.get("claims_meant")) or bool(self["claims_meant"].value())


class RejectForm(NoForm):
    """Why, and the message that says so."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=())
    note = forms.CharField(
        label=gettext_lazy("More about it, for the team"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Never shown to the candidate."),
    )
    send_at = FutureMoment(label=gettext_lazy("Send later"), required=False, help_text=LATER_HELP)
    silent = forms.BooleanField(
        label=gettext_lazy("Do not tell them now"),
        required=False,
        help_text=gettext_lazy("It stands among your debts until they are told."),
    )
    ends_offer = forms.BooleanField(
        label=gettext_lazy("Yes, withdraw the offer that they have"), required=False
    )
    field_order = ["reason", "subject", "body", "claims_meant", "note", "send_at", "silent", "ends_offer"]

    def __init__(self, *args: Any, withdrew: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = reason_choices(withdrew=withdrew)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("silent"):  # no message, no mistakes in it
            self.errors.pop("subject", None)
            self.errors.pop("body", None)
        return data

    @property
    def letter(self) -> tuple[str, str, bool] | None:
        """What is sent; None for silence."""
        return None if self.cleaned_data["silent"] else self.message


class BulkRejectForm(NoForm):
    """The same for many: what stands in braces is filled in for each."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=())
    field_order = ["reason", "subject", "body", "claims_meant"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = reason_choices(withdrew=False)
        self.fields["body"].help_text = BRACES


class SweepForm(BulkRejectForm):
    """How a role ends, and what those are told who were still in play for it."""

    new_state = forms.ChoiceField(
        label=gettext_lazy("The role ends as"),
        choices=[(state.value, state.label) for state in RequisitionState if state in ENDED],
        widget=forms.RadioSelect,
    )
    end_reason = forms.CharField(
        label=gettext_lazy("Why, for the record of the role"), required=False, max_length=200
    )
    field_order = ["new_state", "end_reason", "reason", "subject", "body", "claims_meant"]


class HireForm(LetterForm):
    gap_help = ""
    starts_on = forms.DateField(label=gettext_lazy("First day"), required=False, widget=DateInput)
    without_offer = forms.CharField(
        label=gettext_lazy("Why without an approved offer"),
        help_text=gettext_lazy("Offers are approved first here. Your yes and this reason go on record."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Say why they are hired without an approved offer: it stays on record.")
        },
    )
    field_order = ["starts_on", "without_offer", "subject", "body"]

    def __init__(self, *args: Any, asks_for_yes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_yes:
            del self.fields["without_offer"]


class WriteForm(LetterForm):
    send_at = FutureMoment(label=gettext_lazy("Send later"), required=False, help_text=LATER_HELP)


class ToldForm(forms.Form):
    """What somebody told the candidate by telephone or in person."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[(each.value, each.label) for each in (Channel.CALL, Channel.IN_PERSON)],
    )
    body = forms.CharField(
        label=gettext_lazy("What you told them"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
        help_text=gettext_lazy("Their page says that you spoke, not what you note here."),
    )


class NoteForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=20_000,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": gettext_lazy("Write a note; @ and a name mentions somebody"),
                "data-wording": "note",
            }
        ),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), choices=NoteVisibility.choices, initial="team"
    )

    def __init__(self, *args: Any, recruits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not recruits:
            del self.fields["visibility"]


class PromiseForm(forms.Form):
    """A new date, and why."""

    due_on = forms.DateField(label=gettext_lazy("New date"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Why, in words the candidate will read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "message"}),
        help_text=gettext_lazy("They get a message with the new date and this reason."),
    )


class TagsForm(forms.Form):
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=1500,
        help_text=gettext_lazy("With commas between them."),
    )

    def names(self) -> list[str]:
        return self.cleaned_data["tags"].split(",")
