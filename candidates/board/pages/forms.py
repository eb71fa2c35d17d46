"""What people fill in on a board."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import cached_property

from ats.accounts.models import User
from ats.kernel.rows import answers
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import QuickSelect, choose_from
from candidates.board.queries.board import BoardFilter
from candidates.people.models import Source, Tag
from requisitions.models import Requisition

CHOICES = """
    SELECT
    (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY name), '[]') FROM candidates_tag) AS tag,
    (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY name), '[]') FROM candidates_source) AS source,
    (SELECT coalesce(json_agg(json_build_array(id, coalesce(nullif(name, ''), email)) ORDER BY name), '[]')
     FROM ats_user WHERE id IN (SELECT user_id FROM requisitions_teammember
                                WHERE requisition_id = %(requisition)s)) AS owner
"""


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
        self._requisition = requisition
        team = requisition.members.values("user")
        choose_from(
            self,
            tag=Tag.objects.order_by("name"),
            source=Source.objects.order_by("name"),
            owner=User.objects.filter(pk__in=team).only("name", "email").order_by("name"),
        )
        for name in ("tag", "source", "owner"):
            # A function: it is asked where the list is shown.
            self.fields[name].widget.choices = partial(self._lines, name)

    def _lines(self, name: str) -> list[tuple[object, object]]:
        return [("", self.fields[name].empty_label), *self.shown[name]]  # type: ignore[attr-defined]

    @cached_property
    def shown(self) -> dict[str, list[tuple[int, str]]]:
        """What there is to choose from, field by field; one query for all of them."""
        return answers(CHOICES, {"requisition": self._requisition.pk})

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
