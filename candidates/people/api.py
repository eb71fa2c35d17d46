"""Candidates for API clients."""

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
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from candidates.people import actions, queries
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate, FurtherAddress, Tag


class FurtherAddressSerializer(serializers.ModelSerializer[FurtherAddress]):
    class Meta:
        model = FurtherAddress
        fields = ["id", "kind", "value", "label", "confirmed_at"]


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    """`phone` is what was typed; `phone_normalised` how it is dialled from anywhere, if it says its country."""

    tags = serializers.SlugRelatedField[Tag](many=True, read_only=True, slug_field="name")
    further_addresses = FurtherAddressSerializer(
        many=True, read_only=True, help_text="Beside `email` and `phone`, which are the first ones."
    )
    erased_at = serializers.DateTimeField(
        source="anonymised_at",
        read_only=True,
        allow_null=True,
        help_text="When their data were erased: erase your copy too. Nothing but this and the number is left.",
    )

    class Meta:
        model = Candidate
        fields = [
            "id", "first_name", "last_name", "called", "email", "phone", "further_addresses", "phone_normalised",
            "city", "country", "time_zone", "language", "headline", "links", "tags", "pool_consent_at",
            "pool_consent_until", "created_at", "updated_at", "erased_at",
        ]  # fmt: skip
        extra_kwargs = {"first_name": {"required": True}, "last_name": {"required": True}}


class NewCandidateSerializer(serializers.Serializer[Candidate]):
    first_name = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
        help_text="One name is enough, here or as the last; alone it is kept as the first.",
    )
    last_name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    email = serializers.EmailField(required=False, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    headline = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="What they do now, such as: Data engineer at Example GmbH.",
    )
    city = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ChangedCandidateSerializer(serializers.Serializer[Candidate]):
    """What is left out stays as it is."""

    called = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="How they want to be addressed."
    )
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    headline = serializers.CharField(max_length=200, required=False, allow_blank=True)
    city = serializers.CharField(max_length=120, required=False, allow_blank=True)


class CandidateFilter(StampedFilter):
    q = django_filters.CharFilter(
        method="words",
        label="Words in name, headline, tags and résumés; an address; the digits of a telephone number",
    )
    email = django_filters.CharFilter(method="address", label="E-mail address, compared as when applying")
    tag = django_filters.CharFilter(field_name="tags__name")

    class Meta:
        model = Candidate
        fields = ["country", "city"]

    def words(self, rows: QuerySet[Candidate], name: str, value: str) -> QuerySet[Candidate]:
        return queries.matching(rows, value)

    def address(self, rows: QuerySet[Candidate], name: str, value: str) -> QuerySet[Candidate]:
        return rows.with_address(email_key(value))  # type: ignore[attr-defined]


class CandidateResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """People, each once, however often they apply."""

    scope = "candidates"
    queryset = Candidate.objects.all()
    serializer_class = CandidateSerializer
    filterset_class = CandidateFilter

    def rows(self, user: User) -> QuerySet[Candidate]:
        return Candidate.objects.visible_to(user).prefetch_related("tags", "further_addresses")

    @extend_schema(
        request=NewCandidateSerializer, responses={201: CandidateSerializer, 200: CandidateSerializer}
    )
    def create(self, request: Request) -> Response:
        """Add a person. Somebody with this address who is known already is answered with 200."""
        if not self.person.has_perm("candidates.add_candidate"):
            raise Missing("Candidates cannot be added by this person.")
        serializer = NewCandidateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person, created = actions.find_or_create(
            by=self.person, now=timezone.now(), **serializer.validated_data
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(CandidateSerializer(person).data, status=code)

    @extend_schema(request=ChangedCandidateSerializer, responses=CandidateSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is known of a person: what they do now, where they are, their telephone."""
        candidate = get_for(
            Candidate.objects.without_words(),
            int(pk),
            user=self.person,
            permission="candidates.change_candidate",
        )
        serializer = ChangedCandidateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.change_contact(
            candidate=candidate, by=self.person, now=timezone.now(), **serializer.validated_data
        )
        return Response(self.get_serializer(self.get_queryset().get(pk=candidate.pk)).data)
