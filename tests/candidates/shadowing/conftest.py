"""An interview of a role, who holds it, and who is still to learn."""

import pytest

from tests import factories
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan


@pytest.fixture
def role(db):
    return factories.make_requisition()


@pytest.fixture
def application(role):
    return in_play(role)


@pytest.fixture
def people(role):
    """Who interviews, and who is still to learn."""
    return interviewers(role, 2)


@pytest.fixture
def interview(role, application, people):
    return book(application, plan(role, people[0]), at(10))
