"""Job posts for API clients."""

import django_filters
from django.db.models import Prefetch, QuerySet
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from ats.accounts.models import User
from ats.api.filters import StampedFilter
from ats.api.views import Resource
from requisitions.models import JobPost, PostState, Question
from requisitions.posts.domain.statements import screening


class QuestionSerializer(serializers.ModelSerializer[Question]):
    class Meta:
        model = Question
        fields = ["id", "kind", "label", "help_text", "required", "options", "position"]


class JobPostSerializer(serializers.ModelSerializer[JobPost]):
    questions = QuestionSerializer(many=True, read_only=True)
    url = serializers.SerializerMethodField()
    screening = serializers.SerializerMethodField(
        help_text="Whether software screens, assesses or selects: computed, in the words of the place."
    )

    class Meta:
        model = JobPost
        fields = [
            "id", "requisition", "slug", "url", "title", "body", "state", "language", "published_at",
            "closed_at", "valid_through", "vacancy", "fill_by", "screening", "questions", "created_at", "updated_at",
        ]  # fmt: skip

    def get_screening(self, post: JobPost) -> str:
        return screening(post.requisition)

    def get_url(self, post: JobPost) -> str:
        request: Request | None = self.context.get("request")
        return reverse("job", args=[post.slug], request=request)


class JobPostFilter(StampedFilter):
    state = django_filters.MultipleChoiceFilter(choices=PostState.choices)

    class Meta:
        model = JobPost
        fields = ["requisition", "slug", "language"]


class JobPostResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Public advertisements of requisitions."""

    scope = "requisitions"
    queryset = JobPost.objects.all()
    serializer_class = JobPostSerializer
    filterset_class = JobPostFilter

    def rows(self, user: User) -> QuerySet[JobPost]:
        asked = Question.objects.filter(removed_at__isnull=True).order_by("position")
        return (
            JobPost.objects.visible_to(user)
            .select_related("requisition__location")
            .prefetch_related(Prefetch("questions", asked))
        )
