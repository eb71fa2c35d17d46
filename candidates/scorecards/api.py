"""Scorecards for API clients: as blind as the pages are."""

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
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from candidates.models import Rating, Scorecard, ScorecardMark, ScorecardState
from candidates.scorecards import actions
from candidates.scorecards.evidence import MAX_TEXT, Content, Given


class MarkSerializer(serializers.ModelSerializer[ScorecardMark]):
    class Meta:
        model = ScorecardMark
        fields = ["position", "criterion", "name", "is_must", "rating", "evidence"]


class ScorecardSerializer(serializers.ModelSerializer[Scorecard]):
    marks = MarkSerializer(many=True, read_only=True)
    private_notes = serializers.SerializerMethodField()

    class Meta:
        model = Scorecard
        fields = [
            "id", "application", "interview", "interviewer", "state", "recommendation", "reason", "marks",
            "private_notes", "revision", "number", "due_at", "submitted_at", "created_at", "updated_at",
        ]  # fmt: skip

    def get_private_notes(self, scorecard: Scorecard) -> str:
        """The author's own alone; empty for everybody else."""
        return scorecard.private_notes if scorecard.interviewer == self.context["request"].user else ""


class GivenMarkSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=0)
    rating = serializers.ChoiceField(choices=Rating.choices)
    evidence = serializers.CharField(max_length=MAX_TEXT)


class HandInSerializer(serializers.Serializer[Scorecard]):
    revision = serializers.IntegerField(
        min_value=0, help_text="The one that you saw; where another window has saved since, this is a 409."
    )
    marks = GivenMarkSerializer(many=True, help_text="One for each criterion of the scorecard.")
    recommendation = serializers.ChoiceField(choices=Rating.choices)
    reason = serializers.CharField(max_length=MAX_TEXT)
    private_notes = serializers.CharField(
        max_length=MAX_TEXT, required=False, allow_blank=True, default="", help_text="For nobody but you."
    )


class ScorecardFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=ScorecardState.choices)
    requisition = django_filters.NumberFilter(field_name="application__requisition")

    class Meta:
        model = Scorecard
        fields = ["application", "interview", "interviewer"]


class ScorecardResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """One's own evidence from interviews, and the others' once one's own is in."""

    scope = "scorecards"
    queryset = Scorecard.objects.all()
    serializer_class = ScorecardSerializer
    filterset_class = ScorecardFilter

    def rows(self, user: User) -> QuerySet[Scorecard]:
        marks = Prefetch("marks", ScorecardMark.objects.order_by("position"))
        return Scorecard.objects.visible_to(user).select_related("interviewer").prefetch_related(marks)

    @extend_schema(request=HandInSerializer)
    @action(detail=True, methods=["post"], url_path="hand-in")
    def hand_in(self, request: Request, pk: str) -> Response:
        """Hand in one's own: every criterion with a rating and its evidence."""
        serializer = HandInSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        content = Content(
            marks={mark["position"]: Given(mark["rating"], mark["evidence"]) for mark in given["marks"]},
            recommendation=given["recommendation"],
            reason=given["reason"],
            private_notes=given["private_notes"],
        )
        actions.hand_in(
            scorecard_id=int(pk),
            revision=given["revision"],
            content=content,
            by=self.person,
            now=timezone.now(),
        )
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)
