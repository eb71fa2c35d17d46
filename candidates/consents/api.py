"""What candidates agreed to, for API clients: to read, and to take back."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from candidates.consents import actions
from candidates.consents.models import Consent, Purpose, Where
from candidates.people.models import Candidate


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """`words` is what they read, in `language`; a yes that somebody took back, or that ran out, stays as a row."""

    class Meta:
        model = Consent
        fields = [
            "id", "candidate", "purpose", "given_at", "until", "where", "words", "language", "withdrawn_at",
            "withdrawn_where", "created_at", "updated_at",
        ]  # fmt: skip


class ConsentFilter(StampedFilter):
    purpose = django_filters.MultipleChoiceFilter(choices=Purpose.choices)
    standing = django_filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", label="Nobody has taken it back"
    )

    class Meta:
        model = Consent
        fields = ["candidate"]


class ConsentResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What candidates agreed to be written to about, purpose by purpose."""

    scope = "candidates"
    queryset = Consent.objects.all()
    serializer_class = ConsentSerializer
    filterset_class = ConsentFilter

    def rows(self, user: User) -> QuerySet[Consent]:
        return Consent.objects.filter(candidate__in=Candidate.objects.visible_to(user))

    @extend_schema(request=None, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """They told a colleague that they want no more of it; what waits to leave is taken back. 409 where it ended."""
        consent = self.get_object()
        candidate = get_for(
            Candidate.objects.without_words(),
            consent.candidate_id,
            user=self.person,
            permission="candidates.change_candidate",
        )
        ended = consent.withdrawn_at is not None or not actions.withdraw(
            candidate=candidate,
            purpose=consent.purpose,
            where=Where.COLLEAGUE,
            by=self.person,
            now=timezone.now(),
        )
        if ended:
            raise WrongState("This was taken back already.")
        consent.refresh_from_db()
        return Response(self.get_serializer(consent).data)
