"""An application, the recruiter who sees to it, and a clock that stands at `NOW`."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from ats.accounts.models import Role, User
from candidates.models import Application
from tests import factories as f
from tests.factories import NOW


@pytest.fixture
def clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def application(recruiter: User) -> Application:
    role = f.make_requisition(recruiter=recruiter, manager=f.make_user(Role.MANAGER, name="Max Manager"))
    candidate = f.make_candidate(first_name="Ada", last_name="Example", email="ada@example.com")
    return f.make_application(requisition=role, candidate=candidate)


@pytest.fixture
def desk(client: Any, recruiter: User) -> Any:
    client.force_login(recruiter)
    return client
