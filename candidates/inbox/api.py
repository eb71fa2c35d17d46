"""What came in by mail and found no place, for API clients: whose it is, a person says on its page."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from ats.mail.models import IncomingMail, Why
from candidates.inbox import queries


class IncomingSerializer(serializers.ModelSerializer[IncomingMail]):
    application = serializers.IntegerField(source="application_id", read_only=True, allow_null=True)
    candidate = serializers.IntegerField(source="candidate_id", read_only=True, allow_null=True)
    requisition = serializers.IntegerField(source="requisition_id", read_only=True, allow_null=True)

    class Meta:
        model = IncomingMail
        fields = [
            "id", "kind", "why", "sender", "sender_name", "subject", "size", "is_whole", "received_at",
            "application", "candidate", "requisition", "created_at", "updated_at",
        ]  # fmt: skip


class OpenedSerializer(IncomingSerializer):
    words = serializers.CharField(read_only=True, help_text="Their own words.")
    below = serializers.CharField(read_only=True, help_text="A signature, and what they answered to.")
    files = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="Names alone.")
    problem = serializers.CharField(read_only=True, help_text="Why there are no words, if there are none.")

    class Meta(IncomingSerializer.Meta):
        fields = [*IncomingSerializer.Meta.fields, "words", "below", "files", "problem"]


class IncomingFilter(StampedFilter):
    why = django_filters.ChoiceFilter(choices=Why.choices)

    class Meta:
        model = IncomingMail
        fields = ["kind", "sender"]


class InboxResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Messages that came in by mail and that a person has to place, for who recruits or oversees."""

    scope = "messages"
    queryset = IncomingMail.objects.all()
    serializer_class = IncomingSerializer
    filterset_class = IncomingFilter

    def rows(self, user: User) -> QuerySet[IncomingMail]:
        return queries.inbox(user)

    @extend_schema(responses=OpenedSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One of them with its words."""
        opened = queries.opened(self.person, self.get_object().pk)
        row = opened.row
        for name in ("words", "below", "files", "problem"):
            setattr(row, name, getattr(opened, name))
        return Response(OpenedSerializer(row).data)
