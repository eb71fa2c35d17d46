"""Both sides say yes to the same words, and those stay as a version."""

import threading
from typing import Any

import pytest
from django.db import InternalError, connection, transaction

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Missing, WrongState
from partners.intake import queries
from partners.models import Brief, BriefVersion
from requisitions.roles import actions as roles
from requisitions.roles.domain.facts import Wanted
from tests import factories as make
from tests.factories import NOW
from tests.partners.intake import parts

pytestmark = pytest.mark.django_db


def change(role: Any, by: Any = None, **facts: Any) -> None:
    roles.change_requisition(requisition_id=role.pk, by=by or role.recruiter, now=NOW, **facts)


def test_a_partnership_has_a_brief_from_its_first_moment() -> None:
    role = parts.open_role()
    brief = Brief.objects.get()
    assert brief.partnership.requisition == role
    assert queries.settled(brief.partnership) is None


def test_it_is_a_version_once_both_have_said_yes() -> None:
    role = parts.open_role()
    words, content = parts.words_of(role), parts.said(role)

    assert parts.say_yes(role, role.hiring_manager, words) is None
    version = parts.say_yes(role, role.recruiter, words)

    assert version == queries.settled(parts.partnership_of(role))
    assert (version.number, version.content) == (1, content)
    assert version.changed == ["why", "outcomes", "must_haves", "value_proposition", "pay"]
    assert (version.recruiter_yes_by, version.manager_yes_by) == (role.recruiter, role.hiring_manager)
    brief = Brief.objects.get()
    assert (brief.agreed_words, brief.recruiter_yes_by, brief.manager_yes_by) == ("", None, None)
    verbs = Activity.objects.filter(verb__startswith="brief.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["brief.agreed", "brief.agreed", "brief.settled"]


def test_the_next_version_says_what_changed_and_by_whom() -> None:
    role = parts.open_role()
    parts.settle(role)
    change(role, outcomes="Has shipped two reports.")
    change(role, role.hiring_manager, outcomes="Has shipped three reports.")
    change(role, role.hiring_manager, must_haves=[Wanted("Python", "The work needs it.")])

    version = parts.settle(role)

    assert (version.number, version.changed) == (2, ["outcomes", "must_haves"])
    assert version.writers == {
        "outcomes": [role.recruiter_id, role.hiring_manager_id],
        "must_haves": [role.hiring_manager_id],
    }
    assert BriefVersion.objects.get(number=1).content["outcomes"] == "Has shipped the first report."


def test_who_read_other_words_settles_nothing_and_loses_nothing() -> None:
    role = parts.open_role()
    read = parts.words_of(role)
    parts.say_yes(role, role.hiring_manager, read)
    change(role, outcomes="Has shipped another one.")

    with pytest.raises(Conflict, match="was changed while you read it"):
        parts.say_yes(role, role.recruiter, read)
    # The manager's yes was to what it said then: the recruiter's alone settles nothing.
    assert parts.say_yes(role, role.recruiter) is None
    assert BriefVersion.objects.count() == 0
    assert parts.said(role)["outcomes"] == "Has shipped another one."
    assert parts.say_yes(role, role.hiring_manager).content["outcomes"] == "Has shipped another one."


def test_nobody_says_yes_twice_or_to_what_is_settled() -> None:
    role = parts.open_role()
    parts.say_yes(role, role.recruiter)
    with pytest.raises(WrongState, match="the other side has not yet"):
        parts.say_yes(role, role.recruiter)
    parts.say_yes(role, role.hiring_manager)
    with pytest.raises(WrongState, match="settled exactly this, as version 1"):
        parts.say_yes(role, role.hiring_manager)


def test_what_a_recruiter_needs_is_said_before_it_is_settled() -> None:
    role = parts.open_role(value_proposition="")
    with pytest.raises(WrongState, match="say why a great person would want it"):
        parts.say_yes(role, role.recruiter)


def test_the_yes_of_who_has_handed_the_role_on_is_nobodys() -> None:
    role = parts.open_role()
    parts.say_yes(role, role.hiring_manager)
    next_one = make.make_user(Role.MANAGER)
    change(role, hiring_manager=next_one)
    role.refresh_from_db()

    assert parts.say_yes(role, role.recruiter) is None
    version = parts.say_yes(role, next_one)
    assert version.manager_yes_by == next_one


def test_a_settled_version_stays_with_who_settled_it() -> None:
    role = parts.open_role()
    version, first = parts.settle(role), role.hiring_manager
    change(role, hiring_manager=make.make_user(Role.MANAGER))
    version.refresh_from_db()
    assert version.manager_yes_by == first


@pytest.mark.parametrize("who", ["interviewer", "stranger", "lead"])
def test_only_who_leads_a_side_settles(who: str) -> None:
    role = parts.open_role()
    user = make.make_user({"lead": Role.LEAD}.get(who, Role.INTERVIEWER))
    if who == "interviewer":
        make.add_member(role, user, "interviewer")
    with pytest.raises(Missing):
        parts.say_yes(role, user)


def test_nothing_is_settled_once_the_role_has_ended() -> None:
    role = parts.open_role()
    words = parts.words_of(role)
    roles.end(requisition_id=role.pk, new_state="closed", reason="No budget", by=role.recruiter, now=NOW)
    with pytest.raises(WrongState, match="its brief stays as it is"):
        parts.say_yes(role, role.recruiter, words)


def test_the_database_refuses_to_change_a_settled_version() -> None:
    version = parts.settle(parts.open_role())
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        BriefVersion.objects.filter(pk=version.pk).update(number=9)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_at_once_settle_one_version() -> None:
    role = parts.open_role()
    words, told = parts.words_of(role), []
    barrier = threading.Barrier(2)

    def one(person: Any) -> None:
        barrier.wait()
        try:
            told.append(parts.say_yes(role, person, words))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(who,)) for who in (role.recruiter, role.hiring_manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(version.number if version else 0 for version in told) == [0, 1]
    assert list(BriefVersion.objects.values_list("number", flat=True)) == [1]
