"""Journeys for API clients: versions with their steps; planned steps of candidates, and what is done with them."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import MomentFilter, StampedFilter
from ats.api.views import Resource
from candidates.applications.models import Application
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys import actions
from candidates.journeys.models import Journey, JourneyStep
from candidates.journeys.rules import VIEW


class JourneyStepSerializer(serializers.ModelSerializer[JourneyStep]):
    """`key` is the step's name through all versions; `amount` of `unit` after its `trigger`."""

    class Meta:
        model = JourneyStep
        fields = [
            "key", "name", "is_active", "owed", "trigger", "amount", "unit", "hours", "stage_kind", "source",
            "location", "language", "act", "sender", "doer", "task", "within",
        ]  # fmt: skip


class JourneySerializer(serializers.ModelSerializer[Journey]):
    steps = JourneyStepSerializer(many=True, read_only=True)

    class Meta:
        model = Journey
        fields = [
            "id", "organisation", "version", "is_current", "daily_cap", "made_by", "change", "steps",
            "created_at", "updated_at",
        ]  # fmt: skip


class JourneyFilter(StampedFilter):
    class Meta:
        model = Journey
        fields = ["organisation", "version", "is_current"]


class JourneyResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """The versions of organisations' journeys. One that has changed nothing has none here, and the one that ships."""

    scope = "candidates"
    queryset = Journey.objects.all()
    serializer_class = JourneySerializer
    filterset_class = JourneyFilter

    def rows(self, user: User) -> QuerySet[Journey]:
        if not user.has_perm(VIEW):
            return Journey.objects.none()
        return Journey.objects.prefetch_related(Prefetch("steps", JourneyStep.objects.order_by("position")))


class PlannedStepSerializer(serializers.ModelSerializer[FollowUp]):
    name = serializers.CharField(source="label", read_only=True)

    class Meta:
        model = FollowUp
        fields = [
            "id", "candidate", "application", "step", "name", "due_at", "state", "reason", "settled_at",
            "created_at", "updated_at",
        ]  # fmt: skip


class WhySerializer(serializers.Serializer[FollowUp]):
    reason = serializers.CharField(max_length=300, help_text="The team reads it.")


class MoveStepSerializer(WhySerializer):
    due_at = serializers.DateTimeField(help_text="Brought to a civil hour where the candidate is.")


class PlannedStepFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=FollowUpState.choices)
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    due_after = MomentFilter(field_name="due_at", lookup_expr="gt")

    class Meta:
        model = FollowUp
        fields = ["application", "candidate", "step"]


def _checked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


class PlannedStepResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What candidates get by itself: planned, taken, left out."""

    scope = "candidates"
    queryset = FollowUp.objects.all()
    serializer_class = PlannedStepSerializer
    filterset_class = PlannedStepFilter

    def rows(self, user: User) -> QuerySet[FollowUp]:
        if not user.recruits:
            return FollowUp.objects.none()
        return FollowUp.objects.filter(application__in=Application.objects.visible_to(user))

    @extend_schema(request=WhySerializer, responses=PlannedStepSerializer)
    @action(detail=True, methods=["post"])
    def skip(self, request: Request, pk: str) -> Response:
        """This candidate does not get it; what is owed cannot be left out (409)."""
        given = _checked(WhySerializer, request)
        actions.leave_out(follow_up_id=int(pk), by=self.person, now=timezone.now(), **given)
        return self._answer(pk)

    @extend_schema(request=WhySerializer, responses=PlannedStepSerializer)
    @action(detail=True, methods=["post"], url_path="send-now")
    def send_now(self, request: Request, pk: str) -> Response:
        """It does not wait for its time; whether it is still true is looked at all the same."""
        given = _checked(WhySerializer, request)
        actions.send_now(follow_up_id=int(pk), by=self.person, now=timezone.now(), **given)
        return self._answer(pk)

    @extend_schema(request=MoveStepSerializer, responses=PlannedStepSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Another time for it."""
        given = _checked(MoveStepSerializer, request)
        actions.move_step(follow_up_id=int(pk), by=self.person, now=timezone.now(), **given)
        return self._answer(pk)

    def _answer(self, pk: str) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=int(pk))).data)
