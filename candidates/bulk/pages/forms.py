"""What is filled in before something is done with many."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import QuickSelect
from candidates.application_pages.forms import BulkRejectForm, LetterForm, TagsForm
from candidates.bulk.models import BulkKind
from candidates.bulk.queries.checking import MOVABLE
from candidates.people.domain.keys import one_line
from candidates.pools.pages.forms import AddForm
from candidates.sequences.pages.forms import ChooseForm
from requisitions.models import Requisition, Stage


class MoveForm(forms.Form):
    """To a stage of the one role; of several roles to the first stage of a kind in each."""

    to = forms.ChoiceField(label=gettext_lazy("Move to"), choices=(), widget=QuickSelect)

    def __init__(self, *args: Any, roles: Sequence[Requisition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]]
        if len(roles) == 1:
            stages = Stage.objects.filter(requisition=roles[0], kind__in=MOVABLE).order_by("position")
            choices = [(f"stage:{stage.pk}", retold(stage.name)) for stage in stages]
        else:
            choices = [(f"kind:{kind.value}", kind.label) for kind in MOVABLE]
            self.fields["to"].help_text = gettext("Each in their own role, to its first stage of this kind.")
        cast("forms.ChoiceField", self.fields["to"]).choices = choices

    def parameters(self) -> dict[str, Any]:
        sort, _, said = self.cleaned_data["to"].partition(":")
        if sort == "kind":
            return {"stage_kind": said}
        return {"stage": int(said), "name": Stage.objects.get(pk=int(said)).name}


class MessageForm(LetterForm):
    def parameters(self) -> dict[str, Any]:
        subject, body, gaps_meant = self.message
        return {"subject": subject, "body": body, "gaps_meant": gaps_meant}


class RejectForm(BulkRejectForm):
    def parameters(self) -> dict[str, Any]:
        facts = self.cleaned_data
        subject, body, gaps_meant = self.message
        return {
            "reason": facts["reason"],
            "subject": subject,
            "body": body,
            "gaps_meant": gaps_meant,
            "claims_meant": facts["claims_meant"],
        }


class TagForm(TagsForm):
    adds = True

    def clean_tags(self) -> str:
        if not self._names():
            raise forms.ValidationError(gettext("Write at least one tag."))
        return str(self.cleaned_data["tags"])

    def _names(self) -> list[str]:
        return sorted({name for each in self.names() if (name := one_line(each).lower())})

    def parameters(self) -> dict[str, Any]:
        return {"tags": self._names(), "adds": self.adds}


class UntagForm(TagForm):
    adds = False


class ReviewForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("A word to the manager"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
        help_text=gettext_lazy("Candidates of one role are put before its manager together."),
    )

    def parameters(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


class PoolForm(AddForm):
    def parameters(self) -> dict[str, Any]:
        facts = self.cleaned_data
        touch_on = facts["touch_on"].isoformat() if facts["touch_on"] else ""
        return {
            "pool": facts["pool"].pk,
            "name": facts["pool"].name,
            "why": facts["why"],
            "touch_on": touch_on,
        }


class SequenceForm(ChooseForm):
    def parameters(self) -> dict[str, Any]:
        sequence = self.cleaned_data["sequence"]
        return {"sequence": sequence.pk, "name": sequence.name}


class ExportForm(forms.Form):
    """Nothing has to be said about it."""

    def parameters(self) -> dict[str, Any]:
        return {}


FORMS: dict[str, type[Any]] = {
    BulkKind.MOVE: MoveForm,
    BulkKind.MESSAGE: MessageForm,
    BulkKind.REJECT: RejectForm,
    BulkKind.TAG: TagForm,
    BulkKind.UNTAG: UntagForm,
    BulkKind.REVIEW: ReviewForm,
    BulkKind.POOL: PoolForm,
    BulkKind.SEQUENCE: SequenceForm,
    BulkKind.EXPORT: ExportForm,
}
