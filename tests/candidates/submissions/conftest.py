"""A client with a role, its manager and interviewer, and somebody whom a recruiter takes up for it."""

import pytest

from ats.accounts.models import Role, User
from ats.organisation.models import HiringOrganisation
from candidates.applications import actions as applications
from candidates.models import Application, Candidate
from requisitions.models import Requisition
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def client_house() -> HiringOrganisation:
    return make.make_organisation(name="Nordwerk", is_client=True, client_since=NOW)


@pytest.fixture
def manager() -> User:
    return make.make_user(Role.MANAGER, name="Mara Manager")


@pytest.fixture
def role(client_house: HiringOrganisation, manager: User) -> Requisition:
    recruiter = make.make_user(name="Rita Recruiter")
    return make.make_requisition(
        title="Welder", organisation=client_house, manager=manager, recruiter=recruiter
    )


@pytest.fixture
def person() -> Candidate:
    return make.make_candidate(first_name="Robin", last_name="Example", email="robin@example.com")


@pytest.fixture
def application(role: Requisition, person: Candidate) -> Application:
    return applications.add_application(
        candidate_id=person.pk, requisition_id=role.pk, by=role.recruiter, now=NOW
    )
