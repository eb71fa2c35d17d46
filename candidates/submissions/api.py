"""Who is put forward to which client, for API clients: read alone; asking is for people, on the application's page."""

import django_filters
from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from candidates.submissions.models import Submission, SubmissionState


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    owner = serializers.IntegerField(
        source="ownership.owner_id",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="Whose they count as.",
    )
    owned_until = serializers.DateTimeField(
        source="ownership.ends_at",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="Until when they count as ours at this client.",
    )

    class Meta:
        model = Submission
        fields = [
            "id", "application", "candidate", "organisation", "state", "asked_at", "asked_by", "answered_at", "way",
            "said_on", "noted_by", "version", "language", "forward_at", "forward_by", "back_at", "owner",
            "owned_until", "created_at", "updated_at",
        ]  # fmt: skip


class SubmissionFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=SubmissionState.choices)

    class Meta:
        model = Submission
        fields = ["application", "candidate", "organisation"]


class SubmissionResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Who is put forward to which client, with whose yes, and until when they count as ours there."""

    scope = "candidates"
    queryset = Submission.objects.all()
    serializer_class = SubmissionSerializer
    filterset_class = SubmissionFilter

    def rows(self, user: User) -> QuerySet[Submission]:
        return Submission.objects.visible_to(user).select_related("ownership")
