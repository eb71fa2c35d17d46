"""Promises for API clients."""

import django_filters
from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import MomentFilter, StampedFilter
from ats.api.views import Resource
from candidates.promises.models import Promise, PromiseState
from requisitions.models import Side


class PromiseSerializer(serializers.ModelSerializer[Promise]):
    class Meta:
        model = Promise
        fields = [
            "id", "application", "kind", "what", "owner", "side", "state", "opened_at", "due_at", "settled_at",
            "broken_before", "reason", "created_at", "updated_at",
        ]  # fmt: skip


class PromiseFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=PromiseState.choices)
    side = django_filters.MultipleChoiceFilter(choices=Side.choices)
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    due_after = MomentFilter(field_name="due_at", lookup_expr="gt")
    requisition = django_filters.NumberFilter(field_name="application__requisition")

    class Meta:
        model = Promise
        fields = ["application", "owner"]


class PromiseResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What is and was owed to candidates."""

    scope = "candidates"
    queryset = Promise.objects.all()
    serializer_class = PromiseSerializer
    filterset_class = PromiseFilter

    def rows(self, user: User) -> QuerySet[Promise]:
        return Promise.objects.visible_to(user)
