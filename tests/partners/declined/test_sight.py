"""Who sees a declined request: its recorder, the lead, HR as set; never whoever asked or works for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.accounts.models import Role
from partners.declined import queries
from partners.declined.domain.same import key
from partners.declined.domain.sight import Case, Office
from partners.declined.queries import line
from tests import factories as make
from tests.partners.declined.helpers import declined, name, seen_by

PEOPLE = st.integers(1, 6)
NUMBERS = st.frozensets(PEOPLE, max_size=4)
OFFICES = st.builds(
    Office,
    leads=NUMBERS,
    hr=NUMBERS,
    following=st.lists(PEOPLE, unique=True, max_size=4).map(tuple),
    above=st.dictionaries(PEOPLE, NUMBERS, max_size=4),
)
CASES = st.builds(Case, recorder=PEOPLE, asker=st.none() | PEOPLE, kept_from=NUMBERS).filter(
    lambda case: case.asker != case.recorder
)


@given(office=OFFICES, case=CASES)
def test_nobody_sees_it_who_must_not(office: Office, case: Case) -> None:
    readers = office.readers(case) - {case.recorder}
    assert case.recorder in office.readers(case)
    assert readers == {one for one in readers if not office.is_kept_from(one, case)}
    assert case.asker not in office.readers(case)
    assert office.supporters(case) <= readers


@given(office=OFFICES, case=CASES)
def test_it_goes_to_the_next_in_line_where_somebody_is_kept_out(office: Office, case: Case) -> None:
    able = [one for one in office.following if one != case.recorder and not office.is_kept_from(one, case)]
    short = any(office.is_kept_from(one, case) for one in office.leads | office.hr)
    if short and able:
        assert able[0] in office.readers(case)
    if any(office.is_kept_from(one, case) for one in office.leads) and able:
        assert able[0] in office.supporters(case)


@given(office=OFFICES, asker=PEOPLE)
def test_an_order_that_is_long_enough_leaves_no_request_to_nobody(office: Office, asker: int) -> None:
    alone = office.ends_nowhere_for()
    named = office.leads | office.hr | set(office.following)
    for one in named - alone:
        assert office.supporters(Case(recorder=0, asker=one)) != frozenset()


def test_who_stands_above_is_known_further_up_and_in_circles() -> None:
    assert line.through({1: {2}, 2: {3}, 3: {1}, 4: {3}}) == {
        1: frozenset({2, 3}),
        2: frozenset({1, 3}),
        3: frozenset({1, 2}),
        4: frozenset({1, 2, 3}),
    }


@pytest.mark.django_db
def test_the_recorder_the_lead_and_hr_see_it_and_nobody_else() -> None:
    role = make.make_requisition()
    hr, last = make.make_user(Role.STAKEHOLDER), make.make_user(Role.STAKEHOLDER)
    lead, admin = make.make_user(Role.LEAD), make.make_user(Role.ADMIN)
    other = make.make_user(Role.RECRUITER)
    name(hr=(hr,), following=(last,))
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk)

    seen = {user: seen_by(user) for user in (role.recruiter, lead, hr)}
    unseen = {user: seen_by(user) for user in (role.hiring_manager, admin, other, last)}

    assert seen == {user: [record.pk] for user in (role.recruiter, lead, hr)}
    assert unseen == {user: [] for user in (role.hiring_manager, admin, other, last)}


@pytest.mark.django_db
@pytest.mark.parametrize("asks", ["lead", "hr", "admin"])
def test_where_one_of_them_asks_it_goes_to_the_next_in_line(asks: str) -> None:
    recruiter = make.make_user(Role.RECRUITER)
    people = {
        "lead": make.make_user(Role.LEAD),
        "hr": make.make_user(Role.STAKEHOLDER),
        "admin": make.make_user(Role.ADMIN, is_superuser=True),
        "first": make.make_user(Role.ADMIN),
        "second": make.make_user(Role.MANAGER),
    }
    name(hr=(people["hr"],), following=(people["first"], people["second"]))
    record = declined(recruiter, people[asks])

    seeing = {who for who, user in people.items() if seen_by(user) == [record.pk]}

    expected = {"lead": {"hr", "first"}, "hr": {"lead", "first"}, "admin": {"lead", "hr"}}
    assert seeing == expected[asks]


@pytest.mark.django_db
def test_a_next_in_line_who_asked_is_passed_over_and_so_are_those_who_work_for_whoever_asked() -> None:
    recruiter, lead = make.make_user(Role.RECRUITER), make.make_user(Role.LEAD)
    boss, theirs, last = (make.make_user(Role.MANAGER) for _ in range(3))
    name(following=(theirs, last))
    record = declined(recruiter, boss, kept_from=[lead.pk, theirs.pk])

    assert [seen_by(user) for user in (boss, lead, theirs, last)] == [[], [], [], [record.pk]]


@pytest.mark.django_db
def test_whom_the_house_knows_to_work_for_whoever_asked_does_not_see_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recruiter, lead, boss = make.make_user(), make.make_user(Role.LEAD), make.make_user(Role.ADMIN)
    hr, last = make.make_user(Role.STAKEHOLDER), make.make_user(Role.STAKEHOLDER)
    name(hr=(hr,), following=(last,))
    record = declined(recruiter, boss)
    assert seen_by(lead) == [record.pk]
    monkeypatch.setattr(line, "above", lambda: {lead.pk: frozenset({boss.pk})})

    assert [seen_by(user) for user in (lead, hr, last, recruiter)] == [[], *[[record.pk]] * 3]


@pytest.mark.django_db
def test_who_has_left_sees_nothing_more() -> None:
    recruiter, manager, lead = make.make_user(), make.make_user(Role.MANAGER), make.make_user(Role.LEAD)
    declined(recruiter, manager)
    for user in (recruiter, lead):
        user.is_active = False
        user.save()

    assert [seen_by(user) for user in (recruiter, lead)] == [[], []]


@pytest.mark.django_db
def test_the_same_request_put_to_another_is_linked_for_who_sees_both() -> None:
    role, lead, ruben = make.make_requisition(), make.make_user(Role.LEAD), make.make_user()
    asker = role.hiring_manager
    first = declined(role.recruiter, asker, requisition_id=role.pk)
    second = declined(ruben, asker, requisition_id=role.pk, subject=first.subject.upper())
    about_else = declined(ruben, asker, requisition_id=role.pk, subject="Pay so far")

    assert queries.same_as(first, lead) == [second]
    assert queries.same_as(second, lead) == [first]
    assert queries.same_as(second, ruben) == []
    assert queries.same_as(about_else, lead) == []
    assert key(first) == key(second)
