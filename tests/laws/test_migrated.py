"""How `tests/migrated.py` keeps what the migrations make."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from ats.embedded import testing
from tests import migrated

ROOMS = ("ats", "requisitions", "candidates", "partners")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small one, whose templates have names of their own."""
    for room in (*ROOMS, "requirements"):
        (tmp_path / room).mkdir()
    (tmp_path / "ats" / "models.py").write_text("one = 1\n")
    (tmp_path / "requirements" / "dev.txt").write_text("django==5.2\n")
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    monkeypatch.setattr(migrated, "PREFIX", "tests_small_template_")
    migrated.name.cache_clear()
    yield tmp_path
    migrated.name.cache_clear()


def after(change: object) -> str:
    migrated.name.cache_clear()
    return migrated.name()


def test_every_change_of_the_house_makes_another_one(house: Path) -> None:
    said = [migrated.name()]
    assert after(None) == said[0]
    said.append(after((house / "ats" / "models.py").write_text("two = 2\n")))
    said.append(after((house / "partners" / "seeds.py").write_text("two = 2\n")))
    said.append(after((house / "partners" / "seeds.py").rename(house / "partners" / "sees.py")))
    said.append(after((house / "requirements" / "dev.txt").write_text("django==5.3\n")))
    assert len(set(said)) == len(said)


def templates() -> set[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [migrated.PREFIX])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.skipif(not testing.are_ours(), reason="nothing is kept in a server that was named to us")
@pytest.mark.django_db(transaction=True)
def test_it_is_kept_once_and_taken_until_the_house_changes(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: dict[str, object] = {}
    monkeypatch.setitem(connection.settings_dict, "TEST", options)
    # Nobody is connected to that one, as nobody is to the tests' own before the first test.
    monkeypatch.setitem(connection.settings_dict, "NAME", "template1")
    assert not migrated.take()
    migrated.keep()
    first = migrated.name()
    assert migrated.take()
    assert options == {"TEMPLATE": first, "MIGRATE": False}
    migrated.keep()
    assert templates() == {first}

    after((house / "ats" / "models.py").write_text("two = 2\n"))
    assert not migrated.take()
    migrated.keep()
    assert templates() == {migrated.name()} != {first}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{migrated.name()}"')


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_a_server_that_was_named_to_us(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(testing.OURS, raising=False)
    migrated.keep()
    assert (templates(), migrated.take()) == (set(), False)
