"""Applications for API clients: the same actions as on the pages."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from candidates.applications import actions
from candidates.applications.models import Application, ApplicationState
from candidates.applications.pages import cards
from requisitions.models import Side, StageKind

if TYPE_CHECKING:
    pass


class OpenPromiseSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(read_only=True)
    what = serializers.CharField(max_length=120)
    side = serializers.ChoiceField(choices=Side.choices, required=False, help_text="Whose move it is.")
    owner = serializers.PrimaryKeyRelatedField[User](
        queryset=User.objects.all(), help_text="Who answers for it."
    )
    due_at = serializers.DateTimeField()
    broken_before = serializers.IntegerField(max_value=32767, min_value=0, required=False)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    stage_name = serializers.CharField(source="stage.name", read_only=True)
    stage_kind = serializers.ChoiceField(source="stage.kind", choices=StageKind.choices, read_only=True)
    reason_code = serializers.CharField(source="reason.code", read_only=True, default=None, allow_null=True)
    promise = serializers.SerializerMethodField()
    put_forward = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = [
            "id", "candidate", "requisition", "post", "stage", "stage_name", "stage_kind", "state", "version",
            "source", "applied_at", "stage_entered_at", "decided_at", "decided_by", "reason_code", "told_at",
            "opening", "starts_on", "promise", "put_forward", "created_at", "updated_at",
        ]  # fmt: skip

    @extend_schema(responses=OpenPromiseSerializer(allow_null=True))
    def get_promise(self, application: Application) -> dict[str, Any] | None:
        """What is owed to the candidate next; nothing once the application has ended."""
        promise = cards.owed_in(application)
        return dict(OpenPromiseSerializer(promise).data) if promise else None

    def get_put_forward(self, application: Application) -> str:
        """How it stands with the client, by the states of `submissions`; empty where there is none to put them forward
        to."""
        # The submission lies a slice higher: it is known here by the relation's name.
        submission = getattr(application, "submission", None)
        return str(submission.state) if submission is not None else ""


class NewApplicationSerializer(serializers.Serializer[Application]):
    candidate = serializers.IntegerField(min_value=1)
    requisition = serializers.IntegerField(min_value=1)
    resume = serializers.FileField(required=False, help_text="PDF, DOCX, ODT, RTF or TXT, up to 10 MB.")


class MoveSerializer(serializers.Serializer[Application]):
    stage = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The version that you saw; another one is a 409.",
    )


class LetterSerializer(serializers.Serializer[Any]):
    subject = serializers.CharField(max_length=300)
    body = serializers.CharField(max_length=20_000)


class RejectSerializer(serializers.Serializer[Application]):
    reason = serializers.SlugField(help_text="Code of the disposition reason.")
    message = LetterSerializer(
        allow_null=True,
        help_text="What the candidate reads; null leaves them untold, which is shown as a debt.",
    )
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=5_000)
    version = serializers.IntegerField(required=False, allow_null=True, default=None)
    ends_offer = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Where the candidate has an offer in hand: yes, it is withdrawn by this.",
    )
    claims_meant = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Where the letter seems to say of the role what is not so: yes, it is meant.",
    )


class HireSerializer(serializers.Serializer[Application]):
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    without_offer = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=2_000,
        help_text="Where offers are approved first and this person has none: why a lead hires them all the same.",
    )
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class ApplicationFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=ApplicationState.choices)
    stage_kind = django_filters.MultipleChoiceFilter(field_name="stage__kind", choices=StageKind.choices)

    class Meta:
        model = Application
        fields = ["candidate", "requisition", "stage", "source", "post"]


class ApplicationResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """One candidate for one requisition."""

    scope = "candidates"
    queryset = Application.objects.all()
    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilter

    def rows(self, user: User) -> QuerySet[Application]:
        return cards.with_owed(
            Application.objects.visible_to(user).select_related("stage", "reason", "submission")
        )

    @extend_schema(request=NewApplicationSerializer, responses={201: ApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Put a candidate into a requisition, with a résumé if there is one (multipart)."""
        given = self._checked(NewApplicationSerializer, request)
        application = actions.add_application(
            candidate_id=given["candidate"],
            requisition_id=given["requisition"],
            resume=given.get("resume"),
            by=self.person,
            now=timezone.now(),
        )
        return self._answer(application.pk, status.HTTP_201_CREATED)

    @extend_schema(request=MoveSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move to another stage of the same requisition."""
        given = self._checked(MoveSerializer, request)
        actions.move(
            application_id=int(pk),
            stage_id=given["stage"],
            version=given["version"],
            by=self.person,
            now=timezone.now(),
        )
        return self._answer(int(pk))

    @extend_schema(request=RejectSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """End the application with a reason and the message that goes with it."""
        given = self._checked(RejectSerializer, request)
        letter = given["message"]
        actions.reject(
            application_id=int(pk),
            reason=given["reason"],
            message=(letter["subject"], letter["body"]) if letter else None,
            note=given["note"],
            version=given["version"],
            ends_offer=given["ends_offer"],
            claims_meant=given["claims_meant"],
            by=self.person,
            now=timezone.now(),
        )
        return self._answer(int(pk))

    @extend_schema(request=HireSerializer)
    @action(detail=True, methods=["post"])
    def hire(self, request: Request, pk: str) -> Response:
        """Fill an opening with this candidate."""
        given = self._checked(HireSerializer, request)
        actions.hire(application_id=int(pk), by=self.person, now=timezone.now(), **given)
        return self._answer(int(pk))

    def _checked(self, kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
        serializer = kind(data=request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)
