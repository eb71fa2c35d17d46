"""A role, its manager and their head, and somebody who works for the manager."""

import pytest

from ats.accounts.models import Role, User
from requisitions.models import Requisition
from tests import factories as make


@pytest.fixture
def head() -> User:
    return make.make_user(Role.MANAGER, name="Hedda Head")


@pytest.fixture
def manager(head: User) -> User:
    return make.make_user(Role.MANAGER, name="Mara Manager", manager=head)


@pytest.fixture
def colleague(manager: User) -> User:
    return make.make_user(Role.INTERVIEWER, name="Ines Inside", email="ines@house.example", manager=manager)


@pytest.fixture
def role(manager: User) -> Requisition:
    return make.make_requisition(manager=manager)
