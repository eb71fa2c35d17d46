"""Who stands above both sides resolves a contradiction or accepts it knowingly, by name, with the reason."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.lawful import Unlawful
from ats.mail.models import OutgoingMail
from partners.models import Contradiction
from tests import factories as make
from tests.factories import NOW
from tests.partners.alignment import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Any:
    return make.make_user(Role.LEAD)


def test_it_is_accepted_by_name_with_the_reason(lead):
    role, row = parts.at_odds()
    done = parts.decide(row, lead, reason="We have no more money this year.")
    assert (done.state, done.settled_by, done.settled_at, done.again_at) == ("accepted", lead, NOW, None)
    assert (
        Activity.objects.get(verb="contradiction.accepted").data["body"] == "We have no more money this year."
    )
    told = OutgoingMail.objects.filter(role="partners.contradiction_decided")
    assert sorted(mail.to for mail in told) == sorted([role.recruiter.email, role.hiring_manager.email])


def test_what_is_accepted_is_not_raised_again_while_it_stays_as_it_is(lead):
    role, row = parts.at_odds()
    parts.decide(row, lead)
    assert parts.look(role, NOW + timedelta(days=90)) == []
    parts.write(role, pay_percentile=20)
    (again,) = parts.look(role, NOW + timedelta(days=90))
    assert again.pk != row.pk


@pytest.mark.ordinary_day
def test_what_is_resolved_has_a_while_to_come_true(lead):
    role, row = parts.at_odds()
    done = parts.decide(row, lead, "resolved", "We pay more from January.")
    assert done.again_at == NOW.replace(hour=17) + timedelta(days=7)
    assert parts.look(role, NOW + timedelta(days=6)) == []
    (again,) = parts.look(role, NOW + timedelta(days=8))
    assert (again.state, again.rule) == ("open", "bar_above_pay")


def test_what_is_resolved_and_came_true_is_over(lead):
    role, row = parts.at_odds()
    parts.decide(row, lead, "resolved", "We pay more.")
    parts.write(role, pay_percentile=70)
    assert parts.look(role, NOW + timedelta(days=8)) == []


@pytest.mark.parametrize(
    ("how", "reason", "field"), [("accepted", " ", "reason"), ("gone", "x", "how"), ("", "x", "how")]
)
def test_nothing_is_decided_without_a_reason_or_otherwise(lead, how, reason, field):
    _, row = parts.at_odds()
    with pytest.raises(Invalid) as refused:
        parts.decide(row, lead, how, reason)
    assert refused.value.field == field


def test_what_is_unlawful_is_no_reason(lead):
    _, row = parts.at_odds()
    with pytest.raises(Unlawful):
        parts.decide(row, lead, reason="She is too old anyway, somebody younger comes cheaper.")


@pytest.mark.parametrize("who", ["recruiter", "hiring_manager", "stranger"])
def test_neither_partner_decides(lead, who):
    role, row = parts.at_odds()
    by = make.make_user(Role.MANAGER) if who == "stranger" else getattr(role, who)
    with pytest.raises(Missing):
        parts.decide(row, by)


def test_not_even_a_lead_who_is_one_of_them(lead):
    role, row = parts.at_odds()
    role.recruiter.role = Role.LEAD
    role.recruiter.save()
    with pytest.raises(Missing):
        parts.decide(row, role.recruiter)


def test_another_lead_may(lead):
    _, row = parts.at_odds()
    assert parts.decide(row, make.make_user(Role.LEAD)).state == "accepted"


def test_who_read_something_else_decides_nothing(lead):
    role, row = parts.at_odds()
    parts.write(role, pay_percentile=20)
    with pytest.raises(Conflict, match=r"something else than what you read\. Now: The bar is A, .* 20th"):
        parts.decide(row, lead)
    row.refresh_from_db()
    assert row.state == "open"


def test_what_contradicts_itself_no_longer_is_not_decided(lead):
    role, row = parts.at_odds()
    parts.write(role, pay_percentile=80)
    with pytest.raises(Conflict, match="contradict each other no longer"):
        parts.decide(row, lead)


def test_what_is_decided_is_decided(lead):
    _, row = parts.at_odds()
    parts.decide(row, lead)
    with pytest.raises(WrongState, match="accepted knowingly already"):
        parts.decide(row, lead, "resolved", "After all.")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_deciders_at_once_one_decides(lead):
    _, row = parts.at_odds()
    people = [lead, make.make_user(Role.LEAD)]
    barrier, told = threading.Barrier(2), []

    def one(person: Any) -> None:
        barrier.wait()
        try:
            told.append(parts.decide(row, person).state)
        except WrongState as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(each,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["WrongState", "accepted"]
    assert Activity.objects.filter(verb="contradiction.accepted").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_deciding_while_it_is_looked_at_loses_neither(lead):
    role, row = parts.at_odds()
    parts.write(role, pay_percentile=20)
    barrier, told = threading.Barrier(2), []

    def decide() -> None:
        barrier.wait()
        try:
            told.append(parts.decide(row, lead).state)
        except Conflict as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    def look() -> None:
        barrier.wait()
        try:
            parts.look(role)
        finally:
            connection.close()

    threads = [threading.Thread(target=each) for each in (decide, look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # `parts.decide` reads the key itself: before the look it is the old one, after it the new.
    found = Contradiction.objects.get()
    assert (told, found.state) in ((["Conflict"], "open"), (["accepted"], "accepted"))
    assert "20th" in found.said
