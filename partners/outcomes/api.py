"""Reviews of hires for API clients: when each is asked and who has answered.

What was answered is read on the page alone: who may read which answer hangs on more than who sees the hire.
"""

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import NumberFilter, StampedFilter
from ats.api.views import Resource
from partners.models import OutcomeReview


class OutcomeReviewSerializer(serializers.ModelSerializer[OutcomeReview]):
    application = serializers.IntegerField(source="outcome.hire.application_id", read_only=True)
    requisition = serializers.IntegerField(source="outcome.partnership.requisition_id", read_only=True)
    starts_on = serializers.DateField(source="outcome.starts_on", read_only=True, allow_null=True)
    outcomes_agreed_at = serializers.DateTimeField(
        source="outcome.agreed_at", read_only=True, allow_null=True
    )
    answered = serializers.SerializerMethodField(help_text="Which of the two has answered.")

    class Meta:
        model = OutcomeReview
        fields = [
            "id", "application", "requisition", "day", "state", "opens_at", "answered", "starts_on",
            "outcomes_agreed_at", "created_at", "updated_at",
        ]  # fmt: skip

    def get_answered(self, review: OutcomeReview) -> list[str]:
        return sorted(answer.side for answer in review.answers.all())


class OutcomeReviewFilter(StampedFilter):
    application = NumberFilter(field_name="outcome__hire__application")
    requisition = NumberFilter(field_name="outcome__partnership__requisition")

    class Meta:
        model = OutcomeReview
        fields = ["state", "day"]


class OutcomeReviewResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What manager and new hire are asked 30, 90 and 180 days after the first one, and who has answered."""

    scope = "candidates"
    queryset = OutcomeReview.objects.all()
    serializer_class = OutcomeReviewSerializer
    filterset_class = OutcomeReviewFilter

    def rows(self, user: User) -> QuerySet[OutcomeReview]:
        rows = OutcomeReview.objects.visible_to(user)
        return rows.select_related("outcome__hire", "outcome__partnership").prefetch_related("answers")
