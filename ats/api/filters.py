"""Filters that every list has."""

import django_filters


class StampedFilter(django_filters.FilterSet):
    """`created_after`, `created_before`, `updated_after`, `updated_before`: ISO 8601 moments."""

    created_after = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gt")
    created_before = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
    updated_after = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt")
    updated_before = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="lt")
