"""Who is signed in is read with every request: with words that are kept, and otherwise as ever."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import BESIDE, Role, User
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_somebody_by_their_number() -> None:
    ada = f.make_user()
    with CaptureQueriesContext(connection) as seen:
        found = User.objects.get(pk=ada.pk)
    assert len(seen) == 1
    as_ever = User.objects.filter(pk=ada.pk)[0]
    without = {"_state", *BESIDE}
    assert {k: v for k, v in vars(found).items() if k not in without} == {
        k: v for k, v in vars(as_ever).items() if k not in without
    }
    assert User.objects.get(pk=str(ada.pk)) == User.objects.get(email=ada.email) == ada


def test_nobody_is_said_as_ever() -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)


def test_of_a_team_only_who_is_on_it() -> None:
    role, stranger = f.make_requisition(), f.make_user(Role.INTERVIEWER)
    assert role.team.get(pk=role.recruiter_id) == role.recruiter
    with pytest.raises(User.DoesNotExist):
        role.team.get(pk=stranger.pk)
