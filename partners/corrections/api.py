"""Course corrections for API clients: what slipped, what each side changed, and what both readings say."""

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import NumberFilter, StampedFilter
from ats.api.views import Resource
from partners.models import CorrectionStep, CourseCorrection


class CorrectionStepSerializer(serializers.ModelSerializer[CorrectionStep]):
    class Meta:
        model = CorrectionStep
        fields = ["id", "lever", "side", "owner", "text", "due_on", "done_at"]


class CourseCorrectionSerializer(serializers.ModelSerializer[CourseCorrection]):
    requisition = serializers.IntegerField(source="partnership.requisition_id", read_only=True)
    causes = serializers.ListField(
        child=serializers.CharField(), help_text="Likely causes, each with its figures.", read_only=True
    )
    start_figure = serializers.DictField(help_text="The reading at the start.", read_only=True)
    end_figure = serializers.DictField(help_text="The reading on the day to look again.", read_only=True)
    steps = CorrectionStepSerializer(many=True, read_only=True)

    class Meta:
        model = CourseCorrection
        fields = [
            "id", "partnership", "requisition", "state", "code", "challenge", "causes", "words", "measure", "scope",
            "started_by", "started_at", "start_figure", "look_again_on", "settled_at", "end_figure", "verdict",
            "result", "why", "steps", "created_at", "updated_at",
        ]  # fmt: skip


class CourseCorrectionFilter(StampedFilter):
    requisition = NumberFilter(field_name="partnership__requisition")

    class Meta:
        model = CourseCorrection
        fields = ["partnership", "state", "verdict"]


class CourseCorrectionResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Goals that slipped, what recruiter and hiring manager changed, and by figures whether it worked."""

    scope = "requisitions"
    queryset = CourseCorrection.objects.all()
    serializer_class = CourseCorrectionSerializer
    filterset_class = CourseCorrectionFilter

    def rows(self, user: User) -> QuerySet[CourseCorrection]:
        rows = CourseCorrection.objects.visible_to(user).select_related("partnership")
        return rows.prefetch_related("steps")
