"""Putting two candidates together, for API clients."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from candidates.duplicates.actions.merge import LONGEST_WHY, merge
from candidates.duplicates.actions.undo import undo
from candidates.duplicates.domain.choices import FIELDS
from candidates.duplicates.models import Merge
from candidates.people.api import CandidateResource, CandidateSerializer
from candidates.people.models import Candidate
from candidates.resumes.api import ResumeResource


class MergeSerializer(serializers.Serializer[Merge]):
    other = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="The candidate who leads to this one from now on."
    )
    take = serializers.DictField(
        child=serializers.ChoiceField(choices=["kept", "lost", "both"]),
        required=False,
        default=dict,
        help_text=f"Whose each field is; left out: this candidate's, where they have it: {', '.join(FIELDS)}.",
    )
    why = serializers.CharField(
        max_length=LONGEST_WHY,
        required=False,
        allow_blank=True,
        default="",
        help_text="Has to be said where nothing but a telephone number says that they are one.",
    )


class MergedSerializer(serializers.Serializer[Merge]):
    merge = serializers.IntegerField(source="pk", help_text="With this number it can be undone.")
    candidate = CandidateSerializer(source="kept")
    undone_until = serializers.DateTimeField()


class UndoMergeSerializer(serializers.Serializer[Merge]):
    merge = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class MergingCandidateResource(ResumeResource, CandidateResource):
    """People, each once, however often they apply."""

    @extend_schema(
        responses={
            200: CandidateSerializer,
            307: OpenApiResponse(
                description="Put together with another candidate, who stands at `Location`."
            ),
        }
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One candidate; who was put together with another one leads there."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = Candidate.objects.visible_to(self.person).filter(merged=int(kwargs["pk"]))
            found = rows.values_list("pk", flat=True).first()
            if found is None:
                raise
        where = reverse("api:candidate-detail", args=[found], request=request)
        return Response(status=status.HTTP_307_TEMPORARY_REDIRECT, headers={"Location": where})

    @extend_schema(request=MergeSerializer, responses=MergedSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Put another candidate together with this one; everything of theirs comes along. It is an activity
        `candidate.merged`, and can be undone for thirty days."""
        given = self._given(MergeSerializer, request)
        row = merge(
            kept_id=int(pk),
            lost_id=given["other"],
            by=self.person,
            now=timezone.now(),
            chosen=given["take"],
            why=given["why"],
        )
        return Response(MergedSerializer(row).data)

    @extend_schema(request=UndoMergeSerializer, responses=CandidateSerializer)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str) -> Response:
        """Take two candidates apart that were put together into this one."""
        given = self._given(UndoMergeSerializer, request)
        row = undo(merge_id=given["merge"], kept_id=int(pk), by=self.person, now=timezone.now())
        return Response(self.get_serializer(self.get_queryset().get(pk=row.kept_id)).data)

    def _given(self, kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
        serializer = kind(data=request.data)
        serializer.is_valid(raise_exception=True)
        given: dict[str, Any] = serializer.validated_data
        return given
