"""Feedback that was given, for API clients: read alone; a person writes and sends it on its page."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from candidates.feedback.models import Feedback, FeedbackPoint, FeedbackState


class FeedbackPointSerializer(serializers.ModelSerializer[FeedbackPoint]):
    """From which evidence a point was put together: a mark of a scorecard in its version, or a client's word."""

    class Meta:
        model = FeedbackPoint
        fields = ["criterion", "evidence", "mark", "number", "client_word"]


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    points: Any = FeedbackPointSerializer(many=True, read_only=True)

    class Meta:
        model = Feedback
        fields = [
            "id", "application", "author", "state", "depth", "language", "subject", "body", "points", "message",
            "written_at", "sent_at", "created_at", "updated_at",
        ]  # fmt: skip


class FeedbackFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=FeedbackState.choices)

    class Meta:
        model = Feedback
        fields = ["application", "author"]


class FeedbackResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Feedback as it was sent to candidates, with the evidence that it was put together from."""

    scope = "candidates"
    queryset = Feedback.objects.all()
    serializer_class = FeedbackSerializer
    filterset_class = FeedbackFilter

    def rows(self, user: User) -> QuerySet[Feedback]:
        return Feedback.objects.visible_to(user).prefetch_related("points")
