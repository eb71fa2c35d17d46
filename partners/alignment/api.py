"""Alignment for API clients: what each function says of a settled brief, and where the house contradicts itself."""

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.filters import NumberFilter, StampedFilter
from ats.api.views import Resource
from partners.models import Contradiction, Signature


class SignatureSerializer(serializers.ModelSerializer[Signature]):
    brief = serializers.IntegerField(source="version_id", read_only=True)
    requisition = serializers.IntegerField(source="version.partnership.requisition_id", read_only=True)
    changed = serializers.ListField(
        child=serializers.CharField(),
        help_text="The codes of this function's fields that are not what they were when it last signed.",
        read_only=True,
    )

    class Meta:
        model = Signature
        fields = [
            "id", "brief", "requisition", "function", "person", "state", "changed", "asked_at", "due_at", "signed_at",
            "words", "carried_from", "created_at", "updated_at",
        ]  # fmt: skip


class SignatureFilter(StampedFilter):
    brief = NumberFilter(field_name="version")
    requisition = NumberFilter(field_name="version__partnership__requisition")

    class Meta:
        model = Signature
        fields = ["state", "function"]


class SignatureResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What the functions of the house say of a settled brief: yes, yes with a concern, or no with a reason."""

    scope = "requisitions"
    queryset = Signature.objects.all()
    serializer_class = SignatureSerializer
    filterset_class = SignatureFilter

    def rows(self, user: User) -> QuerySet[Signature]:
        return Signature.objects.visible_to(user).select_related("version__partnership")


class ContradictionSerializer(serializers.ModelSerializer[Contradiction]):
    requisition = serializers.IntegerField(source="partnership.requisition_id", read_only=True)

    class Meta:
        model = Contradiction
        fields = [
            "id", "partnership", "requisition", "rule", "state", "said", "raised_at", "due_at", "decider", "above",
            "settled_at", "settled_by", "reason", "again_at", "created_at", "updated_at",
        ]  # fmt: skip


class ContradictionFilter(StampedFilter):
    requisition = NumberFilter(field_name="partnership__requisition")

    class Meta:
        model = Contradiction
        fields = ["partnership", "state", "rule"]


class ContradictionResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Two things that are wanted of one role and cannot both be had; who decides, by when, and how it was settled."""

    scope = "requisitions"
    queryset = Contradiction.objects.all()
    serializer_class = ContradictionSerializer
    filterset_class = ContradictionFilter

    def rows(self, user: User) -> QuerySet[Contradiction]:
        return Contradiction.objects.visible_to(user).select_related("partnership")
