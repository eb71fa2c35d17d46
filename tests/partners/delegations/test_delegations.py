"""While somebody is away a colleague does their part: what they may, until when, and what the record says of it."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.activity.describing import entry
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import ActionError, Conflict, Invalid, Missing
from ats.mail.models import OutgoingMail
from candidates.models import Review
from candidates.reviews import actions as reviews
from candidates.reviews import queries as review_queries
from partners.delegations import actions
from partners.models import Commitment, Delegation, Partnership
from partners.partnerships import actions as partnerships
from requisitions.models import Requisition, TeamMember
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
BACK = datetime(2026, 11, 28, tzinfo=UTC)
"""After the last of four days, the first of which is NOW's."""


@pytest.fixture
def deputy():
    return make.make_user(Role.MANAGER, name="Dana Deputy")


def away(owner, to, *, begins=0, days=3, now=NOW):
    first = TODAY + timedelta(days=begins)
    return actions.delegate(
        to_id=to.pk, begins_on=first, ends_on=first + timedelta(days=days), by=owner, now=now
    )


def anew(user):
    return User.objects.get(pk=user.pk)


def answer(review, by, now=NOW):
    must = review.application.requisition.criteria.get().pk
    return reviews.answer(
        review_id=review.pk,
        verdict="yes",
        reason="Has done this before.",
        criteria={must: {"met": "yes", "text": ""}},
        by=by,
        now=now,
    )


def asked(role):
    person = make.make_application(requisition=role)
    return reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW).reviews.get()


@pytest.mark.ordinary_day
def test_the_deputy_gives_the_view_in_the_managers_stead_and_the_record_says_for_whom(role, deputy):
    review = asked(role)
    with pytest.raises(Missing):
        answer(review, deputy)
    away(role.hiring_manager, deputy)
    deputy = anew(deputy)
    assert deputy.stands_in_until == BACK
    assert list(review_queries.waiting_for(deputy)) == [review]
    answer(review, deputy)
    said = Activity.objects.get(verb="review.answered")
    assert (said.actor_id, said.data["for"], said.data["for_id"]) == (
        deputy.pk,
        str(role.hiring_manager),
        role.hiring_manager.pk,
    )
    assert entry(said).who == f"Dana Deputy (for {role.hiring_manager})"
    engine.tick(NOW)
    assert Commitment.objects.get(kind="slate_reviewed").state == "kept"
    # Whoever is here does what they always did, and nobody is asked about them.
    assert Activity.objects.filter(actor_id=role.recruiter.pk, data__has_key="for").count() == 0


@pytest.mark.ordinary_day
def test_it_ends_with_its_last_day_and_with_it_all_that_the_deputy_might(role, deputy):
    away(role.hiring_manager, deputy)
    review = asked(role)
    assert Partnership.objects.visible_to(deputy).count() == 1
    engine.tick(BACK - timedelta(minutes=1))
    assert Delegation.objects.get().state == "active"
    engine.tick(BACK)
    over = Delegation.objects.get()
    assert (over.state, over.ended_at) == ("over", BACK)
    assert not TeamMember.objects.filter(user=deputy).exists()
    assert anew(deputy).stands_in_until is None
    assert Partnership.objects.visible_to(deputy).count() == 0
    with pytest.raises(Missing):
        answer(review, anew(deputy), now=BACK)
    assert OutgoingMail.objects.filter(role="partners.delegation_ended").count() == 2


def test_the_agreement_is_still_the_managers_own_to_accept(role, deputy):
    away(role.hiring_manager, deputy)
    version = {"partnership_id": role.partnership.pk, "version": 1, "now": NOW}
    with pytest.raises(Missing):
        partnerships.accept(**version, by=anew(deputy))


def test_it_begins_on_its_day(role, deputy):
    away(role.hiring_manager, deputy, begins=1)
    (mail,) = OutgoingMail.objects.filter(role="partners.delegated")
    assert (mail.to, str(role.hiring_manager) in mail.subject) == (deputy.email, True)
    assert not TeamMember.objects.filter(user=deputy).exists()
    engine.tick(NOW + timedelta(days=1))
    member = TeamMember.objects.get(user=deputy)
    assert (member.role, member.stands_in_for, member.requisition) == ("manager", role.hiring_manager, role)


def test_a_confidential_role_is_opened_to_nobody(deputy):
    role = open_role(confidential=True)
    away(role.hiring_manager, deputy)
    assert not TeamMember.objects.filter(user=deputy).exists()
    assert not Requisition.objects.visible_to(anew(deputy)).exists()


def test_nobody_comes_to_stand_on_both_sides(role):
    colleague = make.make_user(Role.LEAD)
    make.add_member(role, colleague, "coordinator")
    away(role.hiring_manager, colleague)
    assert list(TeamMember.objects.filter(user=colleague).values_list("role", flat=True)) == ["coordinator"]


def test_who_was_on_the_team_already_stays_on_it_as_they_were(role, deputy):
    make.add_member(role, deputy, "interviewer")
    given = away(role.hiring_manager, deputy)
    assert sorted(TeamMember.objects.filter(user=deputy).values_list("role", flat=True)) == [
        "interviewer",
        "manager",
    ]
    actions.end(delegation_id=given.pk, by=role.hiring_manager, now=NOW)
    assert list(TeamMember.objects.filter(user=deputy).values_list("role", flat=True)) == ["interviewer"]


@pytest.mark.parametrize(
    ("begins", "days", "field"), [(-1, 3, "begins_on"), (0, -1, "ends_on"), (0, 92, "ends_on")]
)
def test_the_days_make_sense_and_there_is_an_end(role, deputy, begins, days, field):
    with pytest.raises(Invalid) as refusal:
        away(role.hiring_manager, deputy, begins=begins, days=days)
    assert refusal.value.field == field


def test_not_to_oneself_nor_to_whoever_may_do_none_of_it_or_has_left(role):
    manager = role.hiring_manager
    gone = make.make_user(Role.MANAGER, is_active=False)
    for other in (manager, make.make_user(Role.INTERVIEWER), gone):
        with pytest.raises(Invalid) as refusal:
            away(manager, other)
        assert refusal.value.field == "to"


def test_no_circle_and_no_endless_chain():
    first, second, third, fourth = (make.make_user(Role.MANAGER) for _ in range(4))
    away(first, second)
    with pytest.raises(Conflict):
        away(first, third)
    with pytest.raises(Invalid):
        away(second, first)
    away(second, third)
    with pytest.raises(Invalid):
        away(third, first)
    with pytest.raises(Invalid):
        away(third, fourth)
    away(third, first, begins=4)  # when the others are back
    assert Delegation.objects.count() == 3


def test_who_stands_in_goes_away_too_and_it_comes_to_the_next_and_back(role, deputy):
    third = make.make_user(Role.MANAGER)
    away(role.hiring_manager, deputy, days=3)
    theirs = away(deputy, third, days=1)
    assert [
        (row.user, row.stands_in_for) for row in TeamMember.objects.filter(stands_in_for__isnull=False)
    ] == [(third, role.hiring_manager)]
    actions.end(delegation_id=theirs.pk, by=third, now=NOW)
    assert [
        (row.user, row.stands_in_for) for row in TeamMember.objects.filter(stands_in_for__isnull=False)
    ] == [(deputy, role.hiring_manager)]


def test_it_follows_who_leads(role, deputy):
    manager = role.hiring_manager
    away(manager, deputy)
    change = {"by": role.recruiter, "now": NOW}
    other = open_role()
    roles.change_requisition(requisition_id=other.pk, hiring_manager=manager, by=other.recruiter, now=NOW)
    assert TeamMember.objects.filter(user=deputy, role="manager").count() == 2
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, hiring_manager=successor, **change)
    assert [row.requisition for row in TeamMember.objects.filter(user=deputy)] == [other]
    # The deputy takes the role over for good: then it is theirs, whatever becomes of the delegation.
    roles.change_requisition(requisition_id=other.pk, hiring_manager=deputy, by=other.recruiter, now=NOW)
    engine.tick(BACK)
    assert [(row.requisition, row.stands_in_for) for row in TeamMember.objects.filter(user=deputy)] == [
        (other, None)
    ]


@pytest.mark.parametrize("who", ["owner", "deputy"])
def test_it_ends_when_one_of_them_leaves(role, deputy, who):
    admin = make.make_user(Role.ADMIN)
    given = (
        away(deputy, make.make_user(Role.MANAGER)) if who == "owner" else away(role.hiring_manager, deputy)
    )
    accounts.deactivate(user_id=deputy.pk, by=admin, now=NOW)
    given.refresh_from_db()
    assert given.state == "over"
    assert not TeamMember.objects.filter(stands_in_for__isnull=False).exists()


def test_others_neither_see_nor_end_it(client, role, deputy):
    given = away(role.hiring_manager, deputy)
    with pytest.raises(Missing):
        actions.end(delegation_id=given.pk, by=make.make_user(Role.MANAGER), now=NOW)
    client.force_login(make.make_user(Role.MANAGER))
    assert (
        "Dana Deputy"
        not in client.get(reverse("delegations")).content.decode().partition("Ask a colleague")[0]
    )


def test_on_the_page(client, role, deputy):
    address, manager = reverse("delegations"), role.hiring_manager
    client.force_login(manager)
    given = {"to": deputy.pk, "begins_on": TODAY.isoformat(), "ends_on": ""}
    assert client.post(address, given).status_code == 422
    assert client.post(address, given | {"ends_on": TODAY.isoformat()}).status_code == 302
    assert "Dana Deputy stands in" in client.get(address).content.decode()
    client.force_login(anew(deputy))
    page = client.get(address).content.decode()
    assert f"You stand in for {manager}" in page
    assert reverse("requisition", args=[role.pk]) in page
    end = reverse("delegation_end", args=[Delegation.objects.get().pk])
    assert client.post(end).status_code == 302
    assert Delegation.objects.get().state == "over"


def test_who_stands_in_for_nobody_costs_no_question(role):
    review = asked(role)
    with CaptureQueriesContext(connection) as captured:
        answer(review, role.hiring_manager)
    assert not [
        query
        for query in captured
        if "stands_in_for_id" in query["sql"]
        and "WHERE" in query["sql"]
        and '"stands_in_for_id" IS NOT NULL' in query["sql"]
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_each_other_at_the_same_moment_make_no_circle():
    first, second = make.make_user(Role.MANAGER), make.make_user(Role.MANAGER)
    outcomes, start = [], threading.Barrier(2)

    def run(owner, to):
        start.wait()
        try:
            outcomes.append(away(owner, to).state)
        except ActionError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["active", "invalid"]
    assert Delegation.objects.count() == 1


def test_reviews_of_who_is_here_are_nobody_elses(role, deputy):
    away(role.hiring_manager, deputy)
    other = open_role()
    review = asked(other)
    with pytest.raises(Missing):
        answer(review, anew(deputy))
    assert Review.objects.get(pk=review.pk).state == "open"


def test_the_page_of_it_is_ones_own_and_no_place_of_the_rail(client) -> None:
    client.force_login(make.make_user(Role.RECRUITER))
    shell = client.get(reverse("delegations")).context["shell"]
    assert [entry.label for entry in shell.rail if entry.active] == []
    assert [entry.label for entry in shell.account if entry.active] == ["Away"]
    partners = client.get("/partners/").context["shell"]
    assert [entry.label for entry in partners.rail if entry.active] == ["Partners"]
