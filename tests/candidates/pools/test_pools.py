"""People who are kept for later: who added them, what they agreed to, and the next touch."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.home.queries.day import day_of
from ats.kernel.errors import Invalid, Missing, WrongState
from candidates.bulk import actions as bulk
from candidates.bulk.domain.choice import Choice
from candidates.bulk.queries.choosing import chosen
from candidates.consents.actions import withdraw
from candidates.models import Candidate, TalentMember
from candidates.people_pages.queries import selected
from candidates.people_pages.queries.listing import PeopleFilter
from candidates.pools import actions
from candidates.pools.queries import listing
from tests import factories as f
from tests.candidates.helpers import at_once, days, hours, mails, run_lane
from tests.candidates.pools.helpers import consent, make_pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


def put(pool: Any, candidate: Candidate, by: User, **facts: Any) -> TalentMember:
    given = {"why": "A good talk", "now": f.NOW} | facts
    return actions.add(pool_id=pool.pk, candidate_id=candidate.pk, by=by, **given)


def found(user: User, question: str) -> list[int]:
    return sorted(selected(user, PeopleFilter(text=question), most=10))


def test_somebody_is_kept_with_who_why_and_until_when(recruiter: User) -> None:
    pool, candidate = make_pool(recruiter), f.make_candidate()

    member = put(pool, candidate, recruiter)

    assert (member.added_by, member.why, member.ends_at) == (recruiter, "A good talk", days(30))
    with pytest.raises(WrongState, match="already"):
        put(pool, candidate, recruiter)
    agreed = f.make_candidate()
    consent(agreed)
    assert put(pool, agreed, recruiter).ends_at == days(365)
    assert put(make_pool(recruiter, name="Other", needs=""), candidate, recruiter).ends_at is None


def test_who_does_not_agree_by_their_day_leaves_and_who_agreed_stays(recruiter: User) -> None:
    pool = make_pool(recruiter)
    silent, agreed = (put(pool, f.make_candidate(), recruiter) for _ in range(2))
    consent(agreed.candidate, days(3))
    agreed.refresh_from_db()
    assert agreed.ends_at == days(3 + 365)

    run_lane("pools", days(29))
    assert TalentMember.objects.inside().count() == 2
    run_lane("pools", days(31))

    silent.refresh_from_db()
    assert (silent.left, silent.left_at) == ("no_consent", days(31))
    assert list(TalentMember.objects.inside()) == [agreed]
    withdraw(candidate=agreed.candidate, purpose="roles", where="page", by=agreed.candidate, now=days(32))
    agreed.refresh_from_db()
    assert agreed.left == "refused"


def test_they_are_asked_once_with_the_purpose_and_the_day(recruiter: User) -> None:
    member = put(make_pool(recruiter), f.make_candidate(), recruiter)

    actions.ask_for_consent(member_id=member.pk, by=recruiter, now=days(20))

    (mail,) = mails("pools.consent")
    assert (mail.to, mail.state, mail.candidate_id) == (
        member.candidate.email,
        "queued",
        member.candidate_id,
    )
    assert "to tell you of roles for nurses" in mail.text
    member.refresh_from_db()
    assert member.ends_at == days(50)
    with pytest.raises(WrongState, match="asked already"):
        actions.ask_for_consent(member_id=member.pk, by=recruiter, now=days(21))


def test_the_next_touch_stands_on_the_day_and_moves_with_a_reason(recruiter: User) -> None:
    day = f.NOW.date() + timedelta(days=7)
    member = put(make_pool(recruiter), f.make_candidate(), recruiter, touch_on=day)

    def sections(now: Any, user: User = recruiter) -> list[str]:
        return [section.key for section in day_of(user, whole_team=False, now=now).sections]

    assert "touches" not in sections(days(1))
    assert "touches" in sections(member.touch_at + timedelta(hours=1))
    assert "touches" not in sections(member.touch_at, f.make_user(Role.RECRUITER))
    later = day + timedelta(days=7)
    with pytest.raises(Invalid, match="why it moves"):
        actions.plan_touch(member_id=member.pk, on=later, why="", by=recruiter, now=f.NOW)
    actions.plan_touch(member_id=member.pk, on=later, why="They are on holiday", by=recruiter, now=f.NOW)
    assert "touches" not in sections(days(8))
    actions.touched(member_id=member.pk, by=recruiter, now=days(9))
    member.refresh_from_db()
    assert (member.touch_at, member.touched_at) == (None, days(9))
    with pytest.raises(Invalid, match="lies ahead"):
        actions.plan_touch(
            member_id=member.pk, on=f.NOW.date() - timedelta(days=2), why="x", by=recruiter, now=f.NOW
        )


def test_a_pool_is_asked_for_by_its_name_and_consent_in_another_word(recruiter: User) -> None:
    pool, other = make_pool(recruiter), make_pool(recruiter, name="Data people", needs="")
    inside, agreed, beside = (f.make_candidate() for _ in range(3))
    put(pool, inside, recruiter)
    put(other, agreed, recruiter)
    consent(agreed)

    assert found(recruiter, "pool:nurses") == [inside.pk]
    assert found(recruiter, 'pool:"Data people"') == [agreed.pk]
    assert found(recruiter, "pool:any") == sorted([inside.pk, agreed.pk])
    assert found(recruiter, "-pool:any") == [beside.pk]
    assert found(recruiter, "has:consent") == [agreed.pk]
    assert found(f.make_user(Role.RECRUITER, works_for=[f.make_organisation().pk]), "pool:any") == []


def test_many_are_added_at_once_and_taken_out_again(recruiter: User) -> None:
    pool = make_pool(recruiter)
    people = [f.make_candidate() for _ in range(3)]
    put(pool, people[0], recruiter)
    places = chosen(recruiter, Choice(people=tuple(p.pk for p in people)), kind="pool", now=f.NOW)
    said = {"pool": pool.pk, "name": pool.name, "why": "Fair", "touch_on": ""}
    run = bulk.prepare(kind="pool", places=places, parameters=said, key=uuid.uuid4(), by=recruiter, now=f.NOW)
    bulk.start(run_id=run.pk, by=recruiter, now=f.NOW)
    run_lane("bulk", hours(1))

    assert list(run.items.order_by("state").values_list("state", flat=True)) == ["done", "done", "left_out"]
    assert TalentMember.objects.inside().count() == 3
    bulk.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(3))
    assert list(TalentMember.objects.inside().values_list("candidate", flat=True)) == [people[0].pk]


def test_who_does_not_work_for_it_or_does_not_see_them_keeps_nobody(recruiter: User) -> None:
    pool, candidate = make_pool(recruiter), f.make_candidate()
    other = f.make_user(Role.RECRUITER, works_for=[f.make_organisation().pk])
    hidden = f.make_candidate(only_confidential=True)
    with pytest.raises(Missing):
        put(pool, candidate, other)
    with pytest.raises(Missing):
        put(pool, candidate, f.make_user(Role.INTERVIEWER))
    with pytest.raises(Missing):
        put(pool, hidden, recruiter)
    put(pool, hidden, f.make_user(Role.ADMIN))
    assert listing.members(pool, recruiter, f.NOW).total == 0
    assert [row.people for row in listing.pools(recruiter, f.NOW)] == [0]


def test_a_pool_that_is_closed_lets_everybody_go(recruiter: User) -> None:
    pool = make_pool(recruiter)
    member = put(pool, f.make_candidate(), recruiter, touch_on=f.NOW.date() + timedelta(days=3))
    actions.close(pool_id=pool.pk, by=recruiter, now=hours(1))
    member.refresh_from_db()
    assert (member.left, member.touch_at) == ("closed", None)
    with pytest.raises(WrongState):
        put(pool, f.make_candidate(), recruiter)
    make_pool(recruiter, organisation=pool.organisation)  # its name is free again
    with pytest.raises(Invalid) as refused:
        make_pool(recruiter, organisation=pool.organisation, name="NURSES")
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " \x00 "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"needs": "everything"}, "needs"),
        ({"grace_days": 0}, "grace_days"),
        ({"grace_days": 91}, "grace_days"),
    ],
)
def test_what_makes_no_pool_says_where(recruiter: User, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_pool(recruiter, **facts)
    assert refused.value.field == field


def test_somebody_without_a_role_is_a_prospect_with_their_source(recruiter: User, client: Client) -> None:
    client.force_login(recruiter)
    source, pool = f.make_source(name="Job fair"), make_pool(recruiter)
    sent = {"first_name": "Ada", "last_name": "Prospect", "source": source.pk, "pool": pool.pk}
    client.post("/candidates/new/", sent)
    made = Candidate.objects.get(first_name="Ada")

    panel = client.get(f"/candidates/{made.pk}/kept/").content.decode()
    assert "Prospect</span> No application yet. We know of them through: Job fair" in panel
    assert "Nurses" in panel
    again = client.post("/candidates/new/", sent)
    assert again.status_code == 422
    assert b"Is it one of these?" in again.content
    role = f.make_requisition(recruiter=recruiter)
    client.post(f"/candidates/{made.pk}/roles/", {"requisition": role.pk})
    assert made.applications.get().source == source


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_person_add_them_once(recruiter: User) -> None:
    pool, candidate = make_pool(recruiter), f.make_candidate()
    outcomes = at_once(*[lambda: put(pool, candidate, recruiter)] * 2)
    assert sorted(type(each).__name__ for each in outcomes) == ["TalentMember", "WrongState"]
    assert TalentMember.objects.inside().count() == 1
