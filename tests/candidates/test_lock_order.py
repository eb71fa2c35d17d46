"""Everything that happens around a candidate, at the same moment on real connections: nobody waits for ever.

docs/adr/0025-one-lock-order.md says in which order rows are taken. What is refused is refused in words.
"""

from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

import pytest
import time_machine

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.duework import engine
from ats.kernel.access import lock
from ats.kernel.errors import ActionError, Missing
from candidates.applications import actions as applications
from candidates.interviews.actions import reply
from candidates.models import Application, Promise
from candidates.reviews import actions as reviews
from candidates.scheduling import actions as booking
from partners.checkins import actions as checkins
from partners.models import CheckIn
from partners.partnerships.actions import begin
from requisitions.interview_plan.actions import change_pools
from requisitions.models import PoolMember
from requisitions.roles.actions import change_requisition
from tests import factories
from tests.candidates.helpers import at_once, hours, while_held
from tests.candidates.interviews.builders import ask, at, book, in_play, interviewers, plan
from tests.factories import NOW

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.ordinary_day]
Call = Callable[[], Any]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def all_in_words(outcomes: list[Any]) -> None:
    """Each came through, or was refused as an action refuses; the database ended nothing."""
    for outcome in outcomes:
        assert not isinstance(outcome, Exception) or isinstance(outcome, ActionError | Missing), repr(outcome)


class House:
    """A role in full swing, and what can happen to it."""

    def __init__(self) -> None:
        self.admin = factories.make_user(Role.ADMIN)
        self.role = factories.make_requisition(openings=3, must_haves=("Python",))
        self.people = interviewers(self.role, 2)
        self.panel, self.other = (plan(self.role, *self.people) for _ in range(2))
        self.persons = [in_play(self.role) for _ in range(4)]
        for place, person in enumerate(self.persons):
            book(person, self.panel, at(9 + place, day=27))
        self.reason = factories.make_reason()
        begin(requisition=self.role, now=NOW)

    def deactivate(self, user: User, **successors: int) -> Call:
        return lambda: accounts.deactivate(
            user_id=user.pk, successors=successors, by=self.admin, now=hours(1)
        )

    def become(self, user: User, role: str, **successors: int) -> Call:
        return lambda: accounts.change_role(
            user_id=user.pk, role=role, successors=successors, by=self.admin, now=hours(1)
        )

    def books(self, person: Application, hour: int) -> Call:
        return lambda: book(person, self.other, at(hour, day=27), now=hours(1))

    def moves(self, person: Application, kind: str) -> Call:
        return lambda: applications.move(
            application_id=person.pk,
            stage_id=factories.stage(self.role, kind).pk,
            by=self.role.recruiter,
            now=hours(1),
        )

    def rejects(self, person: Application) -> Call:
        return lambda: applications.reject(
            application_id=person.pk,
            reason=self.reason.code,
            by=self.role.recruiter,
            now=hours(1),
            message=None,
        )

    def reschedules(self, person: Application, hour: int) -> Call:
        interview = person.interviews.get()
        return lambda: booking.reschedule(
            interview_id=interview.pk,
            starts_at=at(hour, day=30),
            reason="A dentist",
            by=self.role.recruiter,
            now=hours(1),
        )

    def changes_hands(self, manager: User) -> Call:
        return lambda: change_requisition(
            requisition_id=self.role.pk, hiring_manager=manager, by=self.role.recruiter, now=hours(1)
        )


@pytest.mark.parametrize("turn", range(4))
def test_people_leave_while_they_are_booked_and_candidates_are_moved_and_rejected(turn: int) -> None:
    house = House()
    one, other = house.people
    heir, second = factories.make_user(), factories.make_user(Role.MANAGER)
    calls = [
        house.deactivate(one),
        house.books(house.persons[0], 14),
        house.moves(house.persons[1], "offer"),
        house.rejects(house.persons[2]),
        house.reschedules(house.persons[3], 10),
        house.deactivate(house.role.hiring_manager, manager=second.pk),
        house.books(house.persons[1], 15),
        house.become(house.role.recruiter, "interviewer", recruiter=heir.pk),
        house.moves(house.persons[0], "review"),
        house.deactivate(other),
    ]
    all_in_words(at_once(*calls[turn:], *calls[:turn]))
    assert not Promise.objects.open().filter(owner__is_active=False).exists()
    engine.tick(hours(2))
    house.role.refresh_from_db()
    assert (house.role.recruiter, house.role.hiring_manager) == (heir, second)


@pytest.mark.parametrize("turn", range(3))
def test_a_role_changes_hands_while_views_are_given_and_slates_asked(turn: int) -> None:
    house = House()
    manager, second = house.role.hiring_manager, factories.make_user(Role.MANAGER)
    slate = reviews.ask(
        application_ids=[person.pk for person in house.persons], by=house.role.recruiter, now=NOW
    )
    must = house.role.criteria.get().pk
    answers = [
        lambda review=review: reviews.answer(
            review_id=review.pk,
            verdict="yes",
            reason="Has done it.",
            criteria={must: {"met": "yes", "text": ""}},
            by=manager,
            now=hours(1),
        )
        for review in slate.reviews.all()
    ]
    calls = [
        *answers,
        house.changes_hands(second),
        *(house.moves(person, "offer") for person in house.persons[:2]),
        lambda: reviews.ask(
            application_ids=[person.pk for person in reversed(house.persons)],
            by=house.role.recruiter,
            now=hours(1),
        ),
        house.rejects(house.persons[3]),
    ]
    all_in_words(at_once(*calls[turn:], *calls[:turn]))
    assert not Promise.objects.open().filter(owner=manager).exists()


def test_a_role_changes_hands_in_the_order_of_its_candidates() -> None:
    """Also where only somebody further down waits for a view of who led it."""
    house = House()
    first, *_, last = sorted(person.pk for person in house.persons)
    reviews.ask(application_ids=[last], by=house.role.recruiter, now=NOW)

    outcome = while_held(
        lambda: lock(Application, first),
        house.changes_hands(factories.make_user(Role.MANAGER)),
        last=lambda: lock(Application, last),
    )

    all_in_words([outcome])


def test_two_candidates_two_interviewers_and_both_rows_crosswise() -> None:
    """Two interviews in a row with two people each, and one of them longer in the middle of both."""
    first, second = factories.make_requisition(), factories.make_requisition()
    person = factories.make_candidate()
    one, other = in_play(first, candidate=person), in_play(second, candidate=person)
    people = interviewers(first, 2)
    row = [plan(first, people[0]), plan(first, people[1])]
    single = plan(second, *interviewers(second, 1))
    request, beside = ask(one, *row), ask(other, single)
    key = f"{at(10):%Y%m%dT%H%MZ}-{at(11):%Y%m%dT%H%MZ}"
    outcomes = at_once(
        lambda: booking.pick(request=request, slot_key=key, candidate=person, now=NOW),
        lambda: booking.pick(
            request=beside, slot_key=f"{at(10, 30):%Y%m%dT%H%MZ}", candidate=person, now=NOW
        ),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Taken", "list"]


@pytest.mark.parametrize("turn", range(2))
def test_partners_meet_while_they_change_their_rhythm_and_the_role_changes_hands(turn: int) -> None:
    house = House()
    check_in = CheckIn.objects.get(partnership=house.role.partnership)
    recruiter, second = house.role.recruiter, factories.make_user(Role.MANAGER)
    calls = [
        lambda: checkins.hold(check_in_id=check_in.pk, by=recruiter, now=hours(1)),
        lambda: checkins.change_rhythm(
            partnership_id=check_in.partnership_id,
            weeks=2,
            weekday=3,
            at=time(11),
            by=recruiter,
            now=hours(1),
        ),
        lambda: checkins.reschedule(check_in_id=check_in.pk, at=at(15, day=27), by=recruiter, now=hours(1)),
        house.changes_hands(second),
        lambda: engine.tick(hours(1)),
    ]
    all_in_words(at_once(*calls[turn:], *calls[:turn]))
    assert CheckIn.objects.filter(state__in=["planned", "ready"]).count() <= 1


def test_who_agreed_to_fewer_still_says_yes_to_what_they_have() -> None:
    role = factories.make_requisition()
    (person,) = interviewers(role, 1)
    pool = factories.make_pool(role.organisation, person)
    planned = plan(role, pool=pool)
    booked = [book(in_play(role), planned, at(10 + place)) for place in range(2)]
    change_pools.set_member(
        pool_id=pool.pk,
        user_id=person.pk,
        weekly_limit=1,
        trained_on=PoolMember.objects.get().trained_on,
        by=role.recruiter,
        now=NOW,
    )
    for interview in booked:
        seat = reply.answer(interview_id=interview.pk, reply="accepted", by=person, now=hours(1))
        assert seat.reply == "accepted"
    with pytest.raises(ActionError):
        book(in_play(role), planned, at(15))
