"""Browsers that are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from tests.factories import make_user


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def admin(db: None) -> User:
    return make_user(Role.ADMIN, name="Ada Admin", email="ada@example.com")


@pytest.fixture
def lead(db: None) -> User:
    return make_user(Role.LEAD, name="Lea Lead", email="lea@example.com")
