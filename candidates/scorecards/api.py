"""Scorecards for API clients: as blind as the pages are."""

from collections.abc import Callable
from dataclasses import replace
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
from candidates.scorecards import actions
from candidates.scorecards.domain.evidence import MAX_TEXT, MAX_WHY, Content, Given, content_of
from candidates.scorecards.models import Rating, Scorecard, ScorecardMark, ScorecardState


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


REVISION = "The one that you saw; where another window has saved since, this is a 409."


class GivenMarkSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=0)
    rating = serializers.ChoiceField(choices=Rating.choices)
    evidence = serializers.CharField(max_length=MAX_TEXT)


class HandInSerializer(serializers.Serializer[Scorecard]):
    revision = serializers.IntegerField(min_value=0, help_text=REVISION)
    marks = GivenMarkSerializer(many=True, help_text="One for each criterion of the scorecard.")
    recommendation = serializers.ChoiceField(choices=Rating.choices)
    reason = serializers.CharField(max_length=MAX_TEXT)
    private_notes = serializers.CharField(
        max_length=MAX_TEXT,
        required=False,
        allow_blank=True,
        help_text="For nobody but you; left out, they stay as they are.",
    )


class CorrectionSerializer(HandInSerializer):
    why = serializers.CharField(
        max_length=MAX_WHY, help_text="Why it is corrected; all who read it see this."
    )


class DraftMarkSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=0)
    rating = serializers.ChoiceField(choices=Rating.choices, required=False, allow_blank=True)
    evidence = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)


class DraftSerializer(serializers.Serializer[Scorecard]):
    """What is left out stays as it is."""

    revision = serializers.IntegerField(min_value=0, help_text=REVISION)
    marks = DraftMarkSerializer(many=True, required=False)
    recommendation = serializers.ChoiceField(choices=Rating.choices, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    private_notes = serializers.CharField(
        max_length=MAX_TEXT, required=False, allow_blank=True, help_text="For nobody but you."
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

    @extend_schema(request=DraftSerializer)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        """Keep what one has so far of one's own."""
        return self._do(actions.save_draft, DraftSerializer, request)

    @extend_schema(request=HandInSerializer)
    @action(detail=True, methods=["post"], url_path="hand-in")
    def hand_in(self, request: Request, pk: str) -> Response:
        """Hand in one's own: every criterion with a rating and its evidence."""
        return self._do(actions.hand_in, HandInSerializer, request)

    @extend_schema(request=CorrectionSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """Correct one's own that is in: a further version, with the reason; the ones before it stay."""
        return self._do(actions.correct, CorrectionSerializer, request)

    def _do(
        self,
        act: Callable[..., Scorecard],
        kind: type[serializers.Serializer[Scorecard]],
        request: Request,
    ) -> Response:
        card: Scorecard = self.get_object()
        serializer = kind(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        why = {"why": given.pop("why")} if "why" in given else {}
        act(
            scorecard_id=card.pk,
            revision=given.pop("revision"),
            content=_laid_over(card, given),
            by=self.person,
            now=timezone.now(),
            **why,
        )
        return Response(self.get_serializer(self.get_queryset().get(pk=card.pk)).data)


def _laid_over(card: Scorecard, given: dict[str, Any]) -> Content:
    """What is given, over what is kept: the revision sees to it that this is what they saw."""
    kept = content_of(card, card.marks.all())
    marks = dict(kept.marks)
    for mark in given.pop("marks", []):
        place = mark.pop("position")
        marks[place] = replace(marks.get(place, Given()), **mark)
    return replace(kept, marks=marks, **given)
