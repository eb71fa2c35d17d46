"""What people fill in on a board."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import QuickSelect, choose_from
from candidates.board.queries.board import BoardFilter
from candidates.people.models import Source, Tag
from requisitions.models import Requisition


class FilterForm(forms.Form):
    """The filters above a board; what does not make sense is left out, not complained about."""

    q = forms.CharField(
        label=gettext_lazy("Name or word"), required=False, max_length=100, widget=forms.TextInput
    )
    tag = forms.ModelChoiceField(
        Tag.objects.none(),
        label=gettext_lazy("Tag"),
        required=False,
        empty_label=gettext_lazy("Any tag"),
        widget=QuickSelect,
    )
    source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Source"),
        required=False,
        empty_label=gettext_lazy("Any source"),
        widget=QuickSelect,
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Whose move"),
        required=False,
        empty_label=gettext_lazy("Anybody's move"),
        widget=QuickSelect,
    )
    overdue = forms.BooleanField(label=gettext_lazy("Waits too long"), required=False)

    def __init__(self, *args: Any, requisition: Requisition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = requisition.members.values("user")
        choose_from(
            self,
            tag=Tag.objects.order_by("name"),
            source=Source.objects.order_by("name"),
            owner=User.objects.filter(pk__in=team).only("name", "email").order_by("name"),
        )

    @classmethod
    def of(
        cls, asked: Mapping[str, Any], requisition: Requisition, kept: frozenset[int] = frozenset()
    ) -> BoardFilter:
        """What an address narrows the board down to; mostly nothing, which is cheaper to see than to check."""
        if not any(asked.get(name) for name in cls.base_fields):
            return BoardFilter(kept=kept)
        return cls(asked, requisition=requisition).narrowed(kept)

    def narrowed(self, kept: frozenset[int] = frozenset()) -> BoardFilter:
        self.is_valid()
        data = self.cleaned_data
        chosen = {name: row.pk for name in ("tag", "source", "owner") if (row := data.get(name))}
        return BoardFilter(text=data.get("q", ""), overdue=data.get("overdue", False), kept=kept, **chosen)
