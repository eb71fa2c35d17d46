"""The base of every resource."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import APIRootView
from rest_framework.viewsets import GenericViewSet

from ats.accounts.models import User
from ats.api.idempotency import IdempotentMixin


class Resource(IdempotentMixin, GenericViewSet):
    """A resource says its `scope` and `rows(user)`: what that person may see, with what the serializer needs."""

    scope: str
    lookup_value_regex = r"\d+"

    def rows(self, user: User) -> QuerySet[Any]:
        raise TypeError(f"{type(self).__name__} does not say its rows.")

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        return self.rows(self.person)

    @property
    def person(self) -> User:
        user = self.request.user
        assert isinstance(user, User)
        return user


class Root(APIRootView):
    """The address of every resource; whatever a token is for, it may read this."""

    permission_classes = (IsAuthenticated,)
