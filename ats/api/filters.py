"""Filters that every list has."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django_filters.fields import IsoDateTimeField

from ats.kernel.moments import SAID, in_reach

HIGHEST = 2**63 - 1
"""The highest number that a row can have."""


class MomentField(IsoDateTimeField):
    def to_python(self, value: Any) -> Any:
        given = super().to_python(value)
        if given is None:
            return None
        if (moment := in_reach(given)) is None:
            raise ValidationError(SAID, code="out_of_reach")
        return moment


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A moment in ISO 8601, which the database can compare with."""

    field_class = MomentField


class NumberFilter(django_filters.Filter):
    """What belongs to the row of this number, whether there is such a row or not: that is not told."""

    field_class = forms.IntegerField

    def filter(self, rows: Any, value: Any) -> Any:
        return rows.none() if value is not None and abs(value) > HIGHEST else super().filter(rows, value)


class StampedFilter(django_filters.FilterSet):
    """`created_after`, `created_before`, `updated_after`, `updated_before`: ISO 8601 moments.

    What a row belongs to is given by its number.
    """

    FILTER_DEFAULTS: ClassVar[dict[Any, Any]] = {
        **django_filters.FilterSet.FILTER_DEFAULTS,
        ForeignKey: {"filter_class": NumberFilter},
    }

    created_after = MomentFilter(field_name="created_at", lookup_expr="gt")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    updated_after = MomentFilter(field_name="updated_at", lookup_expr="gt")
    updated_before = MomentFilter(field_name="updated_at", lookup_expr="lt")
