"""What candidates get by SMS, for API clients: to read, and to end."""

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
from candidates.people.models import Candidate
from candidates.sms import actions
from candidates.sms.models import SmsAbout, SmsChoice


class SmsChoiceSerializer(serializers.ModelSerializer[SmsChoice]):
    """`number` (E.164) is confirmed by a code; only its owner can say it, on their own page."""

    about_what = serializers.ListField(
        child=serializers.ChoiceField(choices=SmsAbout.choices), read_only=True
    )

    class Meta:
        model = SmsChoice
        fields = ["id", "candidate", "number", "about_what", "confirmed_at", "created_at", "updated_at"]


class SmsChoiceFilter(StampedFilter):
    class Meta:
        model = SmsChoice
        fields = ["candidate"]


class SmsChoiceResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What candidates chose to get by SMS; whoever has no row wants none."""

    scope = "candidates"
    queryset = SmsChoice.objects.all()
    serializer_class = SmsChoiceSerializer
    filterset_class = SmsChoiceFilter

    def rows(self, user: User) -> QuerySet[SmsChoice]:
        return SmsChoice.objects.filter(candidate__in=Candidate.objects.visible_to(user))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """They told a colleague that they want no more SMS: what waits is taken back, the number forgotten."""
        choice = self.get_object()
        candidate = get_for(
            Candidate.objects.without_words(),
            choice.candidate_id,
            user=self.person,
            permission="candidates.change_candidate",
        )
        actions.end(candidate=candidate, where="to a colleague", by=self.person, now=timezone.now())
        return Response(status=204)
