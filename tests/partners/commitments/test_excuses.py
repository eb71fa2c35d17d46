"""An excuse: by the other side alone, with its reason, as a fact that measuring reads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from partners.commitments import actions
from partners.models import Commitment
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.commitments.facts import History, at

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=30)


@pytest.fixture
def missed(role):
    actions.remeasure(partnership=role.partnership, now=LATE)
    return Commitment.objects.get(kind="first_slate")


def excuse(commitment, by, reason="You were ill."):
    return actions.excuse(commitment_id=commitment.pk, reason=reason, by=by, now=LATE)


def test_the_other_side_excuses_what_was_missed(role, missed):
    assert missed.state == "missed"
    excused = excuse(missed, role.hiring_manager)
    assert (excused.state, excused.settled_at, excused.over_at, excused.court) == ("excused", LATE, None, "")
    said = Activity.objects.get(verb="commitment.excused")
    assert (excused.excused_by, excused.settled_by) == (said.pk, said.pk)
    assert (said.data["key"], said.data["reason"], said.actor_id) == (
        "first_slate",
        "You were ill.",
        role.hiring_manager.pk,
    )
    Commitment.objects.all().delete()
    actions.remeasure(partnership=role.partnership, now=LATE)
    assert Commitment.objects.get(kind="first_slate").state == "excused"


def test_who_owes_it_excuses_nothing(role, missed):
    colleague = make.make_user(Role.COORDINATOR)
    make.add_member(role, colleague, "coordinator")
    for person in (role.recruiter, colleague):
        with pytest.raises(NotAllowed):
            excuse(missed, person)
    assert Activity.objects.filter(verb="commitment.excused").count() == 0


def test_whoever_is_on_both_sides_or_on_none_excuses_nothing(role, missed):
    make.add_member(role, role.hiring_manager, "coordinator")
    with pytest.raises(NotAllowed):
        excuse(missed, role.hiring_manager)
    with pytest.raises(NotAllowed):
        excuse(missed, make.make_user(Role.ADMIN))
    with pytest.raises(Missing):
        excuse(missed, make.make_user(Role.MANAGER))


def test_what_was_kept_needs_no_excuse_and_an_excuse_says_why(role, missed):
    kept = Commitment.objects.get(kind="intake")
    assert kept.state == "kept"
    with pytest.raises(WrongState):
        excuse(kept, role.recruiter)
    with pytest.raises(Invalid):
        excuse(missed, role.hiring_manager, reason="   ")
    excuse(missed, role.hiring_manager)
    with pytest.raises(WrongState):
        excuse(missed, role.hiring_manager)


def test_the_page_offers_it_to_the_other_side_alone_and_says_the_reason(client, role, missed):
    address = reverse("commitment_excuse", args=[missed.pk])
    page = reverse("partnership", args=[role.partnership.pk])
    client.force_login(role.recruiter)
    assert address not in client.get(page).content.decode()
    client.force_login(role.hiring_manager)
    assert address in client.get(page).content.decode()
    assert client.post(address, {"reason": "A holiday nobody knew of."}).status_code == 302
    missed.refresh_from_db()
    assert missed.state == "excused"
    client.force_login(role.recruiter)
    assert "A holiday nobody knew of." in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("excused", "done", "state", "hours"),
    [
        (at(3), None, "excused", 0),  # before its time
        (at(20), None, "excused", 0),
        (at(20), at(17, 10), "excused", 1),  # done late, and excused
        (at(3), at(5), "kept", 0),  # done in time all the same
        (at(3), at(17, 10), "excused", 1),
    ],
)
def test_an_excuse_lets_pass_what_was_not_kept(excused, done, state, hours):
    history = History().opened(at(2)).add("commitment.excused", excused, key="first_slate")
    if done:
        history.add("slate.presented", done, subject=1)
    row = history.one("first_slate", at(25))
    assert (row.state, row.hours_late) == (state, hours)


def test_it_reaches_its_own_occasion_alone():
    history = History().opened(at(2)).add("commitment.excused", at(20), key="weekly_update:1")
    assert history.states("first_slate", at(25)) == ["missed"]
    assert history.states("weekly_update", at(25)) == ["excused"]


def test_a_partner_who_has_changed_excuses_for_their_side(role, missed):
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    assert excuse(missed, successor).state == "excused"
