"""A role with somebody in play, and an interview of its plan with who is to sit in it."""

import pytest

from tests import factories
from tests.candidates.interviews.builders import in_play, interviewers, plan


@pytest.fixture
def role():
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


@pytest.fixture
def person(role):
    return interviewers(role, 1)[0]


@pytest.fixture
def planned(role, person):
    return plan(role, person)
