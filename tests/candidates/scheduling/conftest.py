"""A role with somebody in play, and an interview of its plan with who is to sit in it."""

import pytest

from tests import factories
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan


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


@pytest.fixture
def ada(role):
    (person,) = interviewers(role, 1, name="Ada Example", email="ada@example.com")
    return person


@pytest.fixture
def interview(role, ada):
    """Of Robin, with Ada."""
    candidate = factories.make_candidate(first_name="Robin", last_name="Vogel", email="robin@example.com")
    return book(in_play(role, candidate=candidate), plan(role, ada), at(10, day=26))
