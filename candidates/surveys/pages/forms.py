"""What the report shows."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext_lazy
from candidates.surveys.models import Tag
from candidates.surveys.queries.report import SPLIT_NAMES, Period


class ReportForm(forms.Form):
    """One split at a time: figures of groups within groups are not shown."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("Time"), required=False, choices=Period.choices)
    by = forms.ChoiceField(
        label=gettext_lazy("Compare by"), required=False, choices=list(SPLIT_NAMES.items())
    )

    def __init__(self, *args: Any, organisations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [(str(pk), name) for pk, name in organisations]
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext_lazy("All organisations")), *owners]
        if len(owners) < 2:
            del self.fields["organisation"]


class TagForm(forms.Form):
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("It is about"),
        choices=Tag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
