"""Requisitions for API clients."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from requisitions.models import Criterion, Opening, Requisition, RequisitionState, Stage
from requisitions.roles import actions


class StageSerializer(serializers.ModelSerializer[Stage]):
    class Meta:
        model = Stage
        fields = [
            "id",
            "name",
            "kind",
            "position",
            "promise",
            "promise_days",
            "promise_side",
            "candidate_name",
        ]


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    class Meta:
        model = Criterion
        fields = ["id", "kind", "position", "name", "why"]


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    class Meta:
        model = Opening
        fields = ["id", "number", "state", "filled_at"]


class RequisitionSerializer(serializers.ModelSerializer[Requisition]):
    stages = StageSerializer(many=True, read_only=True)
    criteria = CriterionSerializer(many=True, read_only=True)
    openings = OpeningSerializer(many=True, read_only=True)

    class Meta:
        model = Requisition
        fields = [
            "id", "reference", "title", "state", "confidential", "organisation", "department", "location",
            "employment_type", "remote_mode", "pay_min", "pay_max", "pay_currency", "pay_period",
            "target_start", "why", "outcomes", "value_proposition", "hard_part", "recruiter",
            "hiring_manager", "opened_at", "ended_at", "end_reason", "created_at", "updated_at",
            "stages", "criteria", "openings",
        ]  # fmt: skip
        read_only_fields = ["id", "reference", "state", "opened_at", "ended_at", "end_reason"]


class RequisitionFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=RequisitionState.choices)

    class Meta:
        model = Requisition
        fields = ["organisation", "department", "location", "recruiter", "hiring_manager", "reference"]


class RequisitionResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Approved needs to hire."""

    scope = "requisitions"
    queryset = Requisition.objects.all()
    serializer_class = RequisitionSerializer
    filterset_class = RequisitionFilter

    def rows(self, user: User) -> QuerySet[Requisition]:
        return Requisition.objects.visible_to(user).prefetch_related(
            Prefetch("stages", Stage.objects.order_by("position")),
            Prefetch("criteria", Criterion.objects.order_by("kind", "position")),
            Prefetch("openings", Opening.objects.order_by("number")),
        )

    def create(self, request: Request) -> Response:
        """Create a draft."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = actions.create_requisition(by=self.person, now=timezone.now(), **serializer.validated_data)
        return self._answer(made.pk, status.HTTP_201_CREATED)

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change facts of a requisition."""
        serializer = self.get_serializer(self.get_object(), data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        actions.change_requisition(
            requisition_id=int(pk), by=self.person, now=timezone.now(), **serializer.validated_data
        )
        return self._answer(int(pk))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Open a draft: from now on candidates may be in it. It stays a draft while approvers are asked."""
        actions.open_requisition(requisition_id=int(pk), by=self.person, now=timezone.now())
        return self._answer(int(pk))

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        data: dict[str, Any] = self.get_serializer(self.get_queryset().get(pk=pk)).data
        return Response(data, status=code)
