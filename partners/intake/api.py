"""Settled briefs for API clients: every version that both partners said yes to, as it was settled."""

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import NumberFilter, StampedFilter
from ats.api.views import Resource
from partners.models import BriefVersion


class BriefSerializer(serializers.ModelSerializer[BriefVersion]):
    requisition = serializers.IntegerField(source="partnership.requisition_id", read_only=True)
    content = serializers.DictField(help_text="What it says, by the code of each field.", read_only=True)
    changed = serializers.ListField(
        child=serializers.CharField(),
        help_text="The codes of the fields that are not what they were in the version before.",
        read_only=True,
    )

    class Meta:
        model = BriefVersion
        fields = [
            "id", "partnership", "requisition", "number", "content", "changed", "settled_at", "recruiter_yes_at",
            "recruiter_yes_by", "manager_yes_at", "manager_yes_by", "created_at", "updated_at",
        ]  # fmt: skip


class BriefFilter(StampedFilter):
    requisition = NumberFilter(field_name="partnership__requisition")

    class Meta:
        model = BriefVersion
        fields = ["partnership", "number"]


class BriefResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What recruiter and hiring manager settled of a role, version by version."""

    scope = "requisitions"
    queryset = BriefVersion.objects.all()
    serializer_class = BriefSerializer
    filterset_class = BriefFilter

    def rows(self, user: User) -> QuerySet[BriefVersion]:
        return BriefVersion.objects.visible_to(user).select_related("partnership")
