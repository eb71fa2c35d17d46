"""Who did it, from an activity."""

import pytest

from ats.activity.actors import AsRecorded, user_of
from ats.activity.models import Activity
from ats.activity.record import Actor, record
from tests.factories import NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


def test_a_colleague_is_the_row_that_the_action_holds_and_is_read_again_later(
    django_assert_num_queries,
) -> None:
    user = make_user()
    noted = record("user.joined", subject=user, by=user, now=NOW, data={"role": "Recruiter"})
    with django_assert_num_queries(0):
        assert user_of(noted) is user
    assert user_of(Activity.objects.get(pk=noted.pk)) == user


def test_candidates_and_accord_are_no_colleagues_and_stay_who_they_were() -> None:
    candidate, user = make_candidate(), make_user()
    for by in (candidate, None):
        record("user.joined", subject=user, by=by, now=NOW, data={"role": "Recruiter"})
    theirs, ours = Activity.objects.filter(verb="user.joined").order_by("pk")

    assert (user_of(theirs), user_of(ours)) == (None, None)
    assert AsRecorded(theirs).actor() == Actor(
        kind="candidate", id=candidate.pk
    )  # the record keeps no name of theirs
    assert AsRecorded(ours).actor().kind == "system"
