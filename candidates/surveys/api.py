"""What candidates answered, for API clients: read alone, and of anonymous answers nothing that joins."""

import django_filters
from django.db.models import QuerySet
from rest_framework import mixins, serializers

from ats.accounts.models import User
from ats.api.pagination import ByRandomKey
from ats.api.views import Resource
from candidates.surveys.models import SurveyResponse
from candidates.surveys.rules import VIEW_RESPECT


class SurveySerializer(serializers.ModelSerializer[SurveyResponse]):
    """`application` and `occasion` are of named answers alone; `week` of an anonymous one is that of its counting.

    Whether somebody is a customer is not here: it counts in sums alone.
    """

    class Meta:
        model = SurveyResponse
        fields = [
            "id", "organisation", "application", "occasion", "week", "score", "product", "organisation_respect",
            "culture", "again", "refer", "buy", "words", "tags",
        ]  # fmt: skip


class SurveyFilter(django_filters.FilterSet):
    named = django_filters.BooleanFilter(
        field_name="application", lookup_expr="isnull", exclude=True, label="With a name"
    )

    class Meta:
        model = SurveyResponse
        fields = ["organisation", "application"]


class SurveyResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Named answers of applications that one sees, and anonymous ones that have been counted, in a random order."""

    scope = "candidates"
    queryset = SurveyResponse.objects.all()
    serializer_class = SurveySerializer
    filterset_class = SurveyFilter
    pagination_class = ByRandomKey
    lookup_value_regex = r"[0-9a-f-]{36}"

    def rows(self, user: User) -> QuerySet[SurveyResponse]:
        rows = SurveyResponse.objects.all()
        return rows.readable(user) if user.has_perm(VIEW_RESPECT) else rows.none()
