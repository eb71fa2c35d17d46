"""Advice for API clients: what the figures of a role say, and what its partners made of it."""

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import NumberFilter, StampedFilter
from ats.api.views import Resource
from partners.advice.domain.rules import RULES
from partners.models import Advice


class AdviceSerializer(serializers.ModelSerializer[Advice]):
    requisition = serializers.IntegerField(source="partnership.requisition_id", read_only=True)
    found = serializers.DictField(help_text="The figures by which it was found.", read_only=True)
    figures = serializers.DictField(help_text="The figures of the last look.", read_only=True)

    class Meta:
        model = Advice
        fields = [
            "id", "partnership", "requisition", "rule", "state", "said", "found", "figures", "found_at", "looked_at",
            "over_at", "until", "settled_at", "settled_by", "words", "created_at", "updated_at",
        ]  # fmt: skip


class AdviceFilter(StampedFilter):
    requisition = NumberFilter(field_name="partnership__requisition")

    class Meta:
        model = Advice
        fields = ["partnership", "state", "rule"]


class AdviceResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What the figures of a role say, without anybody's name, and what recruiter and hiring manager made of it."""

    scope = "requisitions"
    queryset = Advice.objects.all()
    serializer_class = AdviceSerializer
    filterset_class = AdviceFilter

    def rows(self, user: User) -> QuerySet[Advice]:
        return Advice.objects.visible_to(user).filter(rule__in=RULES).select_related("partnership")
