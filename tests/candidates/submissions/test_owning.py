"""How long a person counts as ours at a client: once at a time, whoever comes second, and however soon."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from ats.accounts.models import Role
from ats.kernel.errors import Conflict
from ats.kernel.moments import months_after
from candidates.applications import actions as applications
from candidates.models import Application, Candidate, Ownership, Submission
from candidates.submissions import actions
from candidates.submissions.queries.listing import as_csv, listed
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.helpers import at_once, days, mails, submission, whole
from tests.candidates.submissions.parts import answer, ask, put_forward, row_of, take_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00:00+00:00")


@pytest.mark.parametrize(
    ("since", "months", "until"),
    [
        ("2026-11-24", 12, "2027-11-24"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-15", 60, "2031-01-15"),
    ],
)
def test_months_are_those_of_the_calendar(since: str, months: int, until: str) -> None:
    assert months_after(utc(since), months) == utc(until)


def test_from_the_yes_on_they_count_as_ours_through_the_roles_recruiter(
    application: Application, role: Requisition
) -> None:
    put_forward(application, now=days(1))
    owned = Ownership.objects.get()
    assert (owned.owner, owned.starts_at, owned.ends_at) == (
        role.recruiter,
        days(1),
        months_after(days(1), 12),
    )


def test_where_nothing_is_agreed_nobody_counts_as_ours(application: Application, client_house) -> None:
    type(client_house).objects.update(owned_months=0)
    put_forward(application)
    assert (row_of(application).state, Ownership.objects.count()) == ("forward", 0)


def test_the_database_refuses_two_that_overlap_and_not_two_in_turn(
    application: Application, client_house
) -> None:
    put_forward(application)
    first = Ownership.objects.get()
    facts = {"candidate": first.candidate, "organisation": client_house, "owner": first.owner}
    with pytest.raises(IntegrityError, match="ownership_once_at_a_time"), transaction.atomic():
        Ownership.objects.create(starts_at=days(300), ends_at=days(700), **facts)
    Ownership.objects.create(starts_at=first.ends_at, ends_at=days(700), **facts)
    elsewhere = facts | {"organisation": make.make_organisation()}
    Ownership.objects.create(starts_at=days(300), ends_at=days(700), **elsewhere)


def test_a_second_recruiter_reads_who_and_until_when_and_no_role(
    application: Application, person: Candidate, client_house
) -> None:
    put_forward(application)
    other = make.make_requisition(organisation=client_house)
    second = take_up(person, other)
    for act in (actions.ask, actions.put_forward):
        with pytest.raises(Conflict) as refused:
            act(application_id=second.pk, by=other.recruiter, now=days(1))
        said = str(refused.value.message)
        assert said.startswith(
            "Rita Recruiter has put Robin Example forward to Nordwerk already; they count as"
        )
        assert "Welder" not in said
    lead = make.make_user(Role.LEAD)
    row = actions.put_forward(application_id=second.pk, by=lead, now=days(1))
    assert (row.way, row.ownership) == ("standing", row_of(application).ownership)


def test_for_a_further_role_their_yes_stands_and_they_are_told(
    application: Application, person: Candidate, role: Requisition, client_house
) -> None:
    put_forward(application)
    other = make.make_requisition(organisation=client_house, recruiter=role.recruiter, title="Fitter")
    second = take_up(person, other)
    row = actions.put_forward(application_id=second.pk, by=role.recruiter, now=days(1))
    assert (row.state, row.way) == ("forward", "standing")
    assert [mail.subject for mail in mails("submission.also")] == ["You are put forward to Nordwerk: Fitter"]
    assert Ownership.objects.count() == 1


def test_who_applies_within_the_period_stays_with_whom_they_are(
    application: Application, person: Candidate, role: Requisition, client_house
) -> None:
    put_forward(application)
    other = make.make_requisition(organisation=client_house)
    post = make.make_post(other)
    direct = applications.apply(submission=submission(post, email=person.email), now=days(30)).application
    row = row_of(direct)
    assert (row.way, row.ownership) == ("applied", Ownership.objects.get())
    assert row.ownership is not None
    assert row.ownership.owner == role.recruiter


def test_after_the_period_the_next_one_is_another_recruiters(
    application: Application, person: Candidate, client_house
) -> None:
    put_forward(application)
    other = make.make_requisition(organisation=client_house)
    second = take_up(person, other)
    put_forward(second, now=days(366))
    assert list(Ownership.objects.order_by("pk").values_list("owner", flat=True)) == [
        application.requisition.recruiter_id,
        other.recruiter_id,
    ]


def test_a_hire_within_the_period_stands_in_the_list_and_one_after_it_does_not(
    application: Application, role: Requisition
) -> None:
    put_forward(application)
    Application.objects.filter(pk=application.pk).update(
        state="hired", opening=role.openings.get(), decided_at=days(100), decided_by=role.recruiter
    )
    head, line = as_csv(listed(role.recruiter)).splitlines()
    assert head.endswith("owner,owned_until,outcome,decided,hired_within_period")
    until = months_after(NOW, 12).date()
    assert line.endswith(f"Rita Recruiter,{until},hired,{days(100).date()},yes")
    Application.objects.filter(pk=application.pk).update(decided_at=days(370))
    assert as_csv(listed(role.recruiter)).splitlines()[1].endswith(f"hired,{days(370).date()},")


@pytest.mark.django_db(transaction=True)
def test_two_who_put_somebody_forward_at_once_own_them_once(
    application: Application, person: Candidate, client_house
) -> None:
    other = make.make_requisition(organisation=client_house)
    second = take_up(person, other)
    ask(application)
    ask(second)
    outcomes = at_once(lambda: answer(application), lambda: answer(second))
    assert [row.state for row in outcomes] == ["forward", "forward"]
    owned = Ownership.objects.get()
    assert [row.ownership for row in Submission.objects.order_by("pk")] == [owned, owned]


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_at_once_are_one_answer(application: Application) -> None:
    ask(application)
    outcomes = at_once(lambda: answer(application), lambda: answer(application, yes=False))
    row = row_of(application)
    assert (
        row.state == "forward"
    )  # the no came second and is refused, or came first and was thought better of
    refused = [each for each in outcomes if isinstance(each, Exception)]
    assert len(refused) in {0, 1}


def test_an_erased_person_is_put_forward_by_nobody(application: Application, role: Requisition) -> None:
    found = whole(application)
    Candidate.objects.filter(pk=found.candidate_id).update(anonymised_at=NOW)
    with pytest.raises(Exception, match="erased"):
        ask(application)
