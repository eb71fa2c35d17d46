"""The words of all people are taken up again after a change of what a word is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DataError, connection

from ats import tables
from ats.accounts.models import Role
from ats.duework.models import MAX_ATTEMPTS
from candidates.models import Candidate, WordsTaken
from candidates.people.actions import index, rebuild
from candidates.people.domain.phones import as_dialled
from candidates.people.queries import matching
from tests.candidates.helpers import run_lane
from tests.factories import NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch) -> list[Candidate]:
    """Five people whose words nobody took up, in batches of two."""
    monkeypatch.setattr(rebuild, "BATCH", 2)
    WordsTaken.objects.update(form=1)
    made = [make_candidate(first_name="Robin", last_name=f"Number {number}") for number in range(5)]
    Candidate.objects.update(search=None)
    return made


def known() -> int:
    return matching(Candidate.objects.all(), "robin -nobody").count()


def test_a_new_house_has_nothing_to_do() -> None:
    assert WordsTaken.objects.values_list("form", "done_up_to").get() == (index.FORM, None)
    assert rebuild.take_up_again(NOW) == 0


def test_the_tick_takes_up_all_of_them_once(people) -> None:
    assert run_lane("words", NOW) == 5
    assert known() == 5
    assert WordsTaken.objects.values_list("form", "done_up_to").get() == (index.FORM, None)
    Candidate.objects.update(search=None)
    assert run_lane("words", NOW) == 0


def test_cut_off_it_goes_on_where_it_was(people, monkeypatch) -> None:
    assert rebuild.take_up_again(NOW) == 2

    def ends(ids: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(index, "refresh", ends)
        with pytest.raises(SystemExit):
            run_lane("words", NOW)
    assert (known(), WordsTaken.objects.get().done_up_to) == (2, people[1].pk)
    assert run_lane("words", NOW) == 3
    assert known() == 5


def test_numbers_are_put_down_though_all_at_once_failed_after_them(people, monkeypatch) -> None:
    Candidate.objects.update(phone="+49 30 901820", phone_normalised="")
    normalise = rebuild._normalise

    def fails_for_many(rows: list[Candidate]) -> None:
        normalise(rows)
        if len(rows) > 1:
            raise DataError

    monkeypatch.setattr(rebuild, "_normalise", fails_for_many)
    run_lane("words", NOW)
    assert set(Candidate.objects.values_list("phone_normalised", flat=True)) == {as_dialled("+49 30 901820")}


def test_who_cannot_be_taken_up_is_due_work_until_they_can(people, monkeypatch, client) -> None:
    """It stands where who oversees looks for what is stuck, and goes when it is done, by whichever way."""
    broken, refresh, error = people[2].pk, index.refresh, "DataError: It is too long for a vector."

    def fails(ids: Any) -> None:
        if broken in ids:
            raise DataError("It is too long for a vector.")
        refresh(ids)

    client.force_login(make_user(Role.ADMIN))

    def shown() -> tuple[list[str], list[str]]:
        page = client.get("/settings/due-work/").context
        return [row.kind for row in page["overdue"]], [row.error for row in page["set_aside"]]

    with monkeypatch.context() as wrong:
        wrong.setattr(index, "refresh", fails)
        run_lane("words", NOW)
        assert (known(), shown()) == (4, ([rebuild.ONE], []))
        for day in range(MAX_ATTEMPTS):
            run_lane("tasks", NOW + timedelta(days=day))
        assert shown() == ([], [error])
        later = NOW + timedelta(days=MAX_ATTEMPTS)
        at_once(later)
        assert shown() == ([], [error])
    at_once(later + timedelta(hours=23))
    assert (known(), shown()) == (4, ([], [error]))
    at_once(later + timedelta(hours=24))
    assert (known(), shown()) == (5, ([], []))


def at_once(now: datetime) -> None:
    run_lane("words", now)
    run_lane("tasks", now)


@pytest.fixture
def held(monkeypatch) -> None:
    """The test's own connection, which is not to be closed under it."""
    monkeypatch.setattr(connection, "close", lambda: None)


def test_a_server_that_knows_no_letters_is_told_of_at_the_start(held, monkeypatch, capfd) -> None:
    monkeypatch.setattr(tables, "KNOWS_LETTERS", "false")
    tables.tell_of_letters()
    call_command("check", databases=["default"])
    told = capfd.readouterr().err
    assert told.startswith(f"accord: {tables.NO_LETTERS}\n")
    assert "(ats.W015) This database takes signs such as bullets for letters" in told


def test_one_that_knows_them_is_not(held, capfd) -> None:
    tables.tell_of_letters()
    assert checks.run_checks(tags=["database"], databases=["default"]) == []
    assert capfd.readouterr().err == ""
