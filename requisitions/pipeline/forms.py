"""What one says of a stage."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.pipeline.actions import FIXED, MOST_DAYS
from requisitions.pipeline.models import PipelineTemplate, Side, Stage, StageKind

KINDS = [(kind.value, kind.label) for kind in StageKind if kind not in FIXED]


class StageForm(forms.Form):
    """A stage: what it is called, what is promised in it, and its words for the candidate."""

    fields: dict[str, Any]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    candidate_name = forms.CharField(
        label=gettext_lazy("In words for the candidate"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("It stands on the careers page and in their own view. Empty: the name."),
    )
    promise = forms.CharField(
        label=gettext_lazy("What you promise them here"),
        max_length=120,
        help_text=gettext_lazy("Such as: Answer after our call."),
    )
    promise_days = forms.IntegerField(
        label=gettext_lazy("Within how many working days"), min_value=1, max_value=MOST_DAYS, initial=5
    )
    promise_side = forms.ChoiceField(label=gettext_lazy("Whose move it is"), choices=Side)

    def __init__(self, *args: Any, stage: Stage | None = None, **kwargs: Any) -> None:
        if stage is not None:
            kwargs["initial"] = {name: getattr(stage, name) for name in StageForm.base_fields}
        super().__init__(*args, **kwargs)
        if stage is not None and stage.kind == StageKind.HIRED:
            for name in ("promise", "promise_days", "promise_side"):
                del self.fields[name]


class NewStageForm(StageForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What happens in it"), choices=KINDS, initial=StageKind.INTERVIEW
    )
    after_id = forms.TypedChoiceField(
        label=gettext_lazy("After"), coerce=int, empty_value=None, required=False
    )
    field_order = ("name", "kind", "after_id")

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = [stage for stage in stages if stage.kind != StageKind.HIRED]
        self.fields["after_id"].choices = [(stage.pk, stage.name) for stage in before]
        if before:
            self.initial.setdefault("after_id", before[-1].pk)


class TemplateForm(forms.Form):
    template = forms.ModelChoiceField(
        PipelineTemplate.objects.order_by("-is_default", "name"), empty_label=None
    )


class OrderForm(forms.Form):
    """The numbers of all stages in their new order."""

    stages = forms.CharField(max_length=1000)

    def clean_stages(self) -> list[int]:
        try:
            return [int(number) for number in self.cleaned_data["stages"].split(",")]
        except ValueError:
            raise forms.ValidationError(gettext("These are not stages.")) from None
