"""Interviews for API clients: what is booked, what is free, and the same actions as on the pages."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import MomentFilter, StampedFilter
from ats.api.views import Resource
from candidates.interviews.models import Interview, InterviewSeat, InterviewState
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import ask_interviewers, propose_times
from candidates.scheduling.actions.ask_interviewers import ANSWER_DAYS, MOST_ANSWER_DAYS, MOST_GIVEN
from candidates.scheduling.domain.slots import all_slots
from candidates.scheduling.models import AvailabilityRequest, AvailabilityState, ProposedTime
from candidates.scheduling.queries import arranging, availability


class SeatSerializer(serializers.ModelSerializer[InterviewSeat]):
    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = InterviewSeat
        fields = ["user", "name", "kind", "reply", "comment"]


class ProposedTimeSerializer(serializers.ModelSerializer[ProposedTime]):
    user = serializers.IntegerField(
        source="seat.user_id", read_only=True, default=None, allow_null=True, help_text="None: the candidate."
    )

    class Meta:
        model = ProposedTime
        fields = ["id", "user", "starts_at", "ends_at", "comment", "proposed_at"]


class InterviewSerializer(serializers.ModelSerializer[Interview]):
    interviewers = SeatSerializer(source="seats", many=True, read_only=True)
    proposed_times = ProposedTimeSerializer(
        source="proposals", many=True, read_only=True, help_text="Other times that wait for who arranges it."
    )

    class Meta:
        model = Interview
        fields = [
            "id", "application", "planned", "state", "name", "purpose", "format", "place", "video_link",
            "starts_at", "ends_at", "interviewers", "candidate_reply", "candidate_comment", "proposed_times",
            "booked_at", "booked_by", "cancel_reason",
            "cancelled_by_candidate", "changes", "uid", "sequence", "created_at", "updated_at",
        ]  # fmt: skip


class BookSerializer(serializers.Serializer[Interview]):
    application = serializers.IntegerField(min_value=1)
    planned = serializers.IntegerField(min_value=1, help_text="An interview of the role's plan.")
    starts_at = serializers.DateTimeField()
    interviewers = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        allow_null=True,
        default=None,
        help_text="Users who take part; without them, whoever of the plan is free.",
    )


class MoveInterviewSerializer(serializers.Serializer[Interview]):
    starts_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=300, help_text="The candidate and the interviewers read it.")


class CancelInterviewSerializer(serializers.Serializer[Interview]):
    reason = serializers.CharField(max_length=300, help_text="The candidate and the interviewers read it.")


class TakeProposedTimeSerializer(serializers.Serializer[Interview]):
    proposed_time = serializers.IntegerField(min_value=1, help_text="One of the interview's proposed times.")
    shares_place = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Where another interview is at the same place then: yes, there is room for both.",
    )


class RefuseProposedTimeSerializer(serializers.Serializer[Interview]):
    proposed_time = serializers.IntegerField(min_value=1, help_text="One of the interview's proposed times.")
    reason = serializers.CharField(max_length=300, help_text="Whoever proposed it reads it.")


class FreeTimeSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class WantedSerializer(serializers.Serializer[Any]):
    application = serializers.IntegerField(min_value=1)
    planned = serializers.IntegerField(min_value=1)
    earliest = serializers.DateField(required=False, allow_null=True, default=None)
    latest = serializers.DateField(required=False, allow_null=True, default=None)


class AvailabilitySerializer(serializers.ModelSerializer[AvailabilityRequest]):
    times = serializers.SerializerMethodField(help_text="When they can.")

    class Meta:
        model = AvailabilityRequest
        fields = [
            "id", "application", "planned", "interviewer", "state", "asked_by", "asked_at", "due_at", "given_at",
            "settled_at", "times", "created_at", "updated_at",
        ]  # fmt: skip

    @extend_schema_field(FreeTimeSerializer(many=True))
    def get_times(self, row: AvailabilityRequest) -> Any:
        spans = [{"starts_at": start, "ends_at": end} for start, end in row.spans]
        return FreeTimeSerializer(spans, many=True).data


class AskAvailabilitySerializer(serializers.Serializer[AvailabilityRequest]):
    application = serializers.IntegerField(min_value=1)
    planned = serializers.IntegerField(min_value=1, help_text="An interview of the role's plan.")
    interviewer = serializers.IntegerField(
        min_value=1, help_text="Who is to sit in it: of the plan, its pool, or the hiring team."
    )
    days = serializers.IntegerField(
        min_value=1,
        max_value=MOST_ANSWER_DAYS,
        default=ANSWER_DAYS,
        help_text="Working days in which they are to say so.",
    )


class GiveAvailabilitySerializer(serializers.Serializer[AvailabilityRequest]):
    times = serializers.ListField(child=FreeTimeSerializer(), min_length=1, max_length=MOST_GIVEN)


class InterviewFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=InterviewState.choices)
    requisition = django_filters.NumberFilter(field_name="application__requisition")
    starts_after = MomentFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = MomentFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Interview
        fields = ["application", "planned"]


def _checked(kind: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    serializer = kind(data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class InterviewResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Meetings with candidates."""

    scope = "interviews"
    queryset = Interview.objects.all()
    serializer_class = InterviewSerializer
    filterset_class = InterviewFilter

    def rows(self, user: User) -> QuerySet[Interview]:
        seats = InterviewSeat.objects.filter(released=False).select_related("user").order_by("pk")
        proposals = ProposedTime.objects.open().select_related("seat").order_by("proposed_at", "pk")
        return Interview.objects.visible_to(user).prefetch_related(
            Prefetch("seats", seats), Prefetch("proposals", proposals)
        )

    @extend_schema(request=BookSerializer, responses={201: InterviewSerializer})
    def create(self, request: Request) -> Response:
        """Book an interview; a time that is no longer free is a 409 that names the next ones."""
        given = _checked(BookSerializer, request.data)
        arranging.application_for(self.person, given["application"])  # before anybody's calendar is held
        interview = booking.book(
            application_id=given["application"],
            planned_id=given["planned"],
            starts_at=given["starts_at"],
            user_ids=given["interviewers"],
            by=self.person,
            now=timezone.now(),
        )
        return self._answer(interview.pk, status.HTTP_201_CREATED)

    @extend_schema(request=MoveInterviewSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move it to another time; everybody is told."""
        given = _checked(MoveInterviewSerializer, request.data)
        interview = arranging.interview_to_arrange(self.person, int(pk))
        booking.reschedule(interview=interview, by=self.person, now=timezone.now(), **given)
        return self._answer(interview.pk)

    @extend_schema(request=CancelInterviewSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """It does not take place; everybody is told."""
        given = _checked(CancelInterviewSerializer, request.data)
        interview = arranging.interview_to_arrange(self.person, int(pk))
        booking.cancel(interview=interview, reason=given["reason"], by=self.person, now=timezone.now())
        return self._answer(interview.pk)

    @extend_schema(request=TakeProposedTimeSerializer)
    @action(detail=True, methods=["post"], url_path="take-proposed-time")
    def take_proposed_time(self, request: Request, pk: str) -> Response:
        """Move it to a time that was proposed; a 409 names who could not come then, or the place that is taken."""
        given = _checked(TakeProposedTimeSerializer, request.data)
        number = self._proposed(pk, given)
        propose_times.take(
            proposed_time_id=number, shares_place=given["shares_place"], by=self.person, now=timezone.now()
        )
        return self._answer(int(pk))

    @extend_schema(request=RefuseProposedTimeSerializer)
    @action(detail=True, methods=["post"], url_path="refuse-proposed-time")
    def refuse_proposed_time(self, request: Request, pk: str) -> Response:
        """The time stays as it is; whoever proposed another is told why, in their calendar too."""
        given = _checked(RefuseProposedTimeSerializer, request.data)
        number = self._proposed(pk, given)
        propose_times.refuse(
            proposed_time_id=number, reason=given["reason"], by=self.person, now=timezone.now()
        )
        return self._answer(int(pk))

    def _proposed(self, pk: str, given: dict[str, Any]) -> int:
        """The number of one that was proposed for this interview, which they arrange."""
        interview = arranging.interview_to_arrange(self.person, int(pk))
        return arranging.proposed_for(interview, given["proposed_time"])

    @extend_schema(
        parameters=[OpenApiParameter(name, int, required=True) for name in ("application", "planned")]
        + [OpenApiParameter(name, str) for name in ("earliest", "latest")],
        responses=FreeTimeSerializer(many=True),
        filters=False,
    )
    @action(detail=False, methods=["get"], url_path="free-times", pagination_class=None)
    def free_times(self, request: Request) -> Response:
        """Times that suit everybody whom an interview of the plan needs."""
        given = _checked(WantedSerializer, request.query_params)
        application = arranging.application_for(self.person, given["application"])
        planned = availability.planned_of(application, [given["planned"]])
        search = availability.search(
            application,
            availability.needs_of(planned),
            now=timezone.now(),
            earliest=given["earliest"],
            latest=given["latest"],
        )
        return Response(FreeTimeSerializer(all_slots(search), many=True).data)

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)


class AvailabilityFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=AvailabilityState.choices)

    class Meta:
        model = AvailabilityRequest
        fields = ["application", "interviewer"]


class AvailabilityRequestResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Questions to those who are to sit in an interview: when can you?"""

    scope = "interviews"
    queryset = AvailabilityRequest.objects.all()
    serializer_class = AvailabilitySerializer
    filterset_class = AvailabilityFilter

    def rows(self, user: User) -> QuerySet[AvailabilityRequest]:
        return AvailabilityRequest.objects.visible_to(user)

    @extend_schema(request=AskAvailabilitySerializer, responses={201: AvailabilitySerializer})
    def create(self, request: Request) -> Response:
        """Ask somebody when they can in the next two weeks; they get a mail."""
        facts = _checked(AskAvailabilitySerializer, request.data)
        asked = ask_interviewers.ask(
            application_id=facts["application"],
            planned_id=facts["planned"],
            interviewer_id=facts["interviewer"],
            days=facts["days"],
            by=self.person,
            now=timezone.now(),
        )
        return self._answer(asked.pk, status.HTTP_201_CREATED)

    @extend_schema(request=GiveAvailabilitySerializer)
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Say when you can, if it is you who was asked; other times take the place of those you gave before."""
        facts = _checked(GiveAvailabilitySerializer, request.data)
        spans = [(each["starts_at"], each["ends_at"]) for each in facts["times"]]
        ask_interviewers.give(request_id=int(pk), times=spans, by=self.person, now=timezone.now())
        return self._answer(int(pk))

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)
