"""Bulk runs at the moment of the factories, and people who begin them."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from ats.accounts.models import Role, User
from tests import factories as f


@pytest.fixture
def clock() -> Iterator[None]:
    """Tuesday at ten, and ticking."""
    with time_machine.travel(f.NOW):
        yield


@pytest.fixture
def recruiter(db: Any) -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def role(recruiter: User) -> Any:
    return f.make_requisition(recruiter=recruiter, title="Data engineer", openings=2)


@pytest.fixture
def desk(client: Any, recruiter: User) -> Any:
    """The client of a recruiter who has signed in."""
    client.force_login(recruiter)
    return client
