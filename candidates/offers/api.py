"""Offers for API clients: the same actions as on the pages."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from candidates.offers import actions
from candidates.offers.models import Offer, OfferTerms
from requisitions.models import EmploymentType, PayPeriod, RemoteMode


class OfferTermsSerializer(serializers.ModelSerializer[OfferTerms]):
    class Meta:
        model = OfferTerms
        fields = [
            "number", "pay", "pay_currency", "pay_period", "range_reason", "starts_on", "employment_type",
            "ends_on", "hours_a_week", "place", "remote_mode", "bonus", "equity", "custom", "language", "changes",
            "made_by", "made_at",
        ]  # fmt: skip


class OfferSerializer(serializers.ModelSerializer[Offer]):
    candidate = serializers.IntegerField(source="application.candidate_id", read_only=True)
    requisition = serializers.IntegerField(source="application.requisition_id", read_only=True)
    versions = OfferTermsSerializer(source="terms", many=True, read_only=True)

    class Meta:
        model = Offer
        fields = [
            "id", "application", "candidate", "requisition", "opening", "state", "number", "made_by",
            "valid_days", "sent_at", "expires_at", "renewed_at", "next_number", "next_state", "settled_at",
            "end_reason", "versions", "created_at", "updated_at",
        ]  # fmt: skip


class CustomTermSerializer(serializers.Serializer[Any]):
    label = serializers.CharField(max_length=80)  # type: ignore[assignment]
    text = serializers.CharField(max_length=1000)


class TermsSerializer(serializers.Serializer[Offer]):
    """What is left out stays as it is."""

    pay = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    pay_currency = serializers.CharField(max_length=3, required=False)
    pay_period = serializers.ChoiceField(choices=PayPeriod.choices, required=False)
    range_reason = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    starts_on = serializers.DateField(required=False)
    employment_type = serializers.ChoiceField(choices=EmploymentType.choices, required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)
    hours_a_week = serializers.DecimalField(max_digits=4, decimal_places=1, required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=200)
    remote_mode = serializers.ChoiceField(choices=RemoteMode.choices, required=False)
    bonus = serializers.CharField(required=False, allow_blank=True, max_length=300)
    equity = serializers.CharField(required=False, allow_blank=True, max_length=300)
    custom = CustomTermSerializer(many=True, required=False)
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES, required=False, help_text="That of the letter, and of the terms in it."
    )
    valid_days = serializers.IntegerField(min_value=1, max_value=60, required=False)


class NewOfferSerializer(TermsSerializer):
    """What is left out comes from the requisition and from the kept letter."""

    application = serializers.IntegerField(min_value=1)
    pay = serializers.DecimalField(max_digits=12, decimal_places=2)
    starts_on = serializers.DateField()


class SubmitSerializer(serializers.Serializer[Offer]):
    with_gaps = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Where no font has some letters of the letter: yes, it may leave with empty boxes.",
    )


class WithdrawOfferSerializer(serializers.Serializer[Offer]):
    reason = serializers.CharField(
        max_length=actions.LONGEST_REASON, help_text="Whoever has the offer already reads these words."
    )


class OfferFilter(StampedFilter):
    class Meta:
        model = Offer
        fields = ["application", "state"]


class OfferResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """An offer to one candidate for one opening, its terms in versions."""

    scope = "offers"
    queryset = Offer.objects.all()
    serializer_class = OfferSerializer
    filterset_class = OfferFilter

    def rows(self, user: User) -> QuerySet[Offer]:
        terms = OfferTerms.objects.order_by("number")
        return (
            Offer.objects.visible_to(user)
            .select_related("application")
            .defer("application__submitted", "application__cover_letter")
            .prefetch_related(Prefetch("terms", terms))
        )

    @extend_schema(request=NewOfferSerializer, responses={201: OfferSerializer})
    def create(self, request: Request) -> Response:
        """Begin an offer."""
        serializer = NewOfferSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        offer = actions.draft(
            application_id=given.pop("application"), by=self.person, now=timezone.now(), **given
        )
        return self._answer(offer.pk, status.HTTP_201_CREATED)

    @extend_schema(request=TermsSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Another version of the terms; of an offer that the candidate has, the next version, beside it."""
        serializer = TermsSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.change_terms(
            offer_id=int(pk), by=self.person, now=timezone.now(), **serializer.validated_data
        )
        return self._answer(int(pk))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="drop-next")
    def drop_next(self, request: Request, pk: str) -> Response:
        """The next version is not made after all; what the candidate has stands."""
        actions.drop_next(offer_id=int(pk), by=self.person, now=timezone.now())
        return self._answer(int(pk))

    @extend_schema(request=WithdrawOfferSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back, with the cause."""
        serializer = WithdrawOfferSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reason = serializer.validated_data["reason"]
        actions.withdraw(offer_id=int(pk), reason=reason, by=self.person, now=timezone.now())
        return self._answer(int(pk))

    @extend_schema(request=SubmitSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Ask for its approval; without a chain of approvals it is approved by that."""
        serializer = SubmitSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.submit(offer_id=int(pk), by=self.person, now=timezone.now(), **serializer.validated_data)
        return self._answer(int(pk))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        """Send an approved offer to its candidate, after the time in which it can be taken back.

        The next version of one that they have takes its place at once.
        """
        actions.send(offer_id=int(pk), by=self.person, now=timezone.now())
        return self._answer(int(pk))

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)
