"""An API client as a program would be one: a token, no session, no CSRF."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from ats.accounts.models import Role, User
from ats.api.actions import create_token
from tests.factories import make_user


@pytest.fixture
def recruiter(db: None) -> User:
    return make_user(Role.RECRUITER)


@pytest.fixture
def client_of() -> Callable[..., APIClient]:
    def make(user: User, *scopes: str) -> APIClient:
        _, secret = create_token(user=user, name="test", scopes=scopes or None, now=timezone.now())
        client = APIClient(enforce_csrf_checks=True)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


@pytest.fixture
def api(recruiter: User, client_of: Callable[..., APIClient]) -> APIClient:
    """A client with every scope, for a recruiter."""
    return client_of(recruiter)
