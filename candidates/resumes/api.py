"""JSON Resume for API clients: of a candidate, for one, and somebody new from one."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.kernel.errors import Invalid, Missing
from candidates.people.api import CandidateSerializer
from candidates.resumes import actions, queries
from candidates.resumes.actions.bring_in import LARGEST
from candidates.resumes.domain import filling, json_resume
from candidates.resumes.models import Origin, ResumeReading


class ResumeReadingSerializer(serializers.ModelSerializer[ResumeReading]):
    """What was brought; what stands in it is confirmed by a colleague on the candidate's page."""

    class Meta:
        model = ResumeReading
        fields = ["id", "candidate", "origin", "state", "created_at"]


class ResumeResource:
    """The part of a candidate's resource that speaks JSON Resume (https://jsonresume.org/schema)."""

    person: Any

    @extend_schema(methods=["GET"], responses=OpenApiTypes.OBJECT)
    @extend_schema(methods=["POST"], request=OpenApiTypes.OBJECT, responses={201: ResumeReadingSerializer})
    @action(detail=True, methods=["get", "post"], url_path="json-resume")
    def json_resume(self, request: Request, pk: str) -> Response:
        """What is known of a candidate as JSON Resume; or bring one along, to be confirmed by a colleague."""
        if request.method != "POST":
            return Response(queries.exported(self.person, int(pk)))
        text, _ = _valid(request)
        row = actions.bring(
            candidate_id=int(pk), origin=Origin.JSON_RESUME, text=text, by=self.person, now=timezone.now()
        )
        return Response(ResumeReadingSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=OpenApiTypes.OBJECT, responses={201: CandidateSerializer, 200: CandidateSerializer}
    )
    @action(detail=False, methods=["post"], url_path="from-json-resume")
    def from_json_resume(self, request: Request) -> Response:
        """Add a person from their JSON Resume. Somebody with this address who is known already is answered with 200,
        and stays as they are; in both cases the rest of it waits for a colleague to confirm it."""
        if not self.person.has_perm("candidates.add_candidate"):
            raise Missing("Candidates cannot be added by this person.")
        text, facts = _valid(request)
        fields = {"first_name": "", "last_name": "", "email": ""}
        fields |= {name: value for name, (value, _) in filling.fields(facts).items()}
        person, created = actions.add_from(
            fields=fields, origin=Origin.JSON_RESUME, text=text, by=self.person, now=timezone.now()
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(CandidateSerializer(person).data, status=code)


def _valid(request: Request) -> tuple[str, Any]:
    """The words of what was sent, and what it says; `Invalid` where it is no JSON Resume."""
    try:
        said = json_resume.checked(request.data)
    except json_resume.Faulty as faulty:
        raise Invalid(str(faulty)) from None
    text = json_resume.as_text(said)
    if len(text) > LARGEST:
        raise Invalid("This is larger than facts about one person are.")
    return text, json_resume.facts(said).kept()
