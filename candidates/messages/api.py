"""Messages with candidates for API clients."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from ats.mail.models import MailState
from candidates.messages import actions
from candidates.messages.models import Direction, Message


class MessageSerializer(serializers.ModelSerializer[Message]):
    delivery = serializers.ChoiceField(
        source="mail.state", choices=MailState.choices, read_only=True, default=None, allow_null=True
    )
    doubt = serializers.CharField(read_only=True, help_text="Why it may be somebody else's words, if it may.")
    files: Any = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True, help_text="Documents that came along."
    )
    not_kept = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="What came along and was not taken, with reasons.",
    )

    class Meta:
        model = Message
        fields = [
            "id", "candidate", "application", "direction", "author", "subject", "body", "below", "said_at",
            "delivery", "channel", "substance", "doubt", "is_automatic", "files", "not_kept", "answered_at",
            "created_at", "updated_at",
        ]  # fmt: skip


class NewMessageSerializer(serializers.Serializer[Message]):
    application = serializers.IntegerField(min_value=1)
    subject = serializers.CharField(max_length=300)
    body = serializers.CharField(max_length=20_000)
    send_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    gaps_meant = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Where the text has a place still to be filled in: yes, it is meant so. It keeps no promise.",
    )


class MessageFilter(StampedFilter):
    direction = django_filters.ChoiceFilter(choices=Direction.choices)
    unanswered = django_filters.BooleanFilter(method="waiting", label="Only those that wait for an answer")

    class Meta:
        model = Message
        fields = ["application", "candidate", "author"]

    def waiting(self, rows: QuerySet[Message], name: str, value: bool) -> QuerySet[Message]:
        return rows.filter(direction=Direction.IN, answered_at__isnull=True) if value else rows


class MessageResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What candidates and the people who hire write to each other."""

    scope = "messages"
    queryset = Message.objects.all()
    serializer_class = MessageSerializer
    filterset_class = MessageFilter

    def rows(self, user: User) -> QuerySet[Message]:
        return Message.objects.visible_to(user).select_related("mail").prefetch_related("files")

    @extend_schema(request=NewMessageSerializer, responses={201: MessageSerializer})
    def create(self, request: Request) -> Response:
        """Write to a candidate."""
        serializer = NewMessageSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        message = actions.send(
            application_id=given["application"],
            subject=given["subject"],
            body=given["body"],
            send_at=given["send_at"],
            gaps_meant=given["gaps_meant"],
            by=self.person,
            now=timezone.now(),
        )
        return Response(
            MessageSerializer(self.get_queryset().get(pk=message.pk)).data, status=status.HTTP_201_CREATED
        )
