"""What the embedded PostgreSQL takes for letters, also in a data folder that an older build made."""

import locale
from pathlib import Path

import psycopg2
import pytest

from ats import embedded
from ats.embedded import letters

pytestmark = pytest.mark.servers
WORDS = "SELECT to_tsvector('simple', '•Quixotron Python™')::text"
FOUND = "SET enable_seqscan = off; SELECT count(*) FROM people WHERE name LIKE '%Иванов%'"


@pytest.fixture
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("v")


def ask(url: str, sql: str) -> object:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection, connection.cursor() as cursor:
        cursor.execute(sql)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer and answer[0]


def made_the_old_way(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As builds of November 2026 made it, with people in it."""
    with monkeypatch.context() as then:
        then.setattr(letters, "ctype", lambda: "C")
        with embedded.running(var, valkey=False, fsync=False) as urls:
            url = urls["DATABASE_URL"]
            ask(url, "CREATE EXTENSION pg_trgm; CREATE TABLE people (name text)")
            ask(url, 'CREATE INDEX "Names" ON people USING gin (name gin_trgm_ops)')
            ask(url, "INSERT INTO people VALUES ('Иванов'), ('Muller')")
            assert ask(url, WORDS) == "'python™':2 '•quixotron':1"


def kinds(url: str) -> object:
    return ask(url, "SELECT string_agg(DISTINCT datctype, ' ') FROM pg_database")


def test_a_new_cluster_tells_signs_from_letters(var: Path) -> None:
    with embedded.running(var, valkey=False, fsync=False) as urls:
        assert ask(urls["DATABASE_URL"], WORDS) == "'python':2 'quixotron':1"
        assert kinds(urls["DATABASE_URL"]) == letters.ctype()


def test_an_older_cluster_learns_it_at_its_next_start(var: Path, monkeypatch) -> None:
    made_the_old_way(var, monkeypatch)
    for _ in range(2):
        with embedded.running(var, valkey=False, fsync=False) as urls:
            assert ask(urls["DATABASE_URL"], WORDS) == "'python':2 'quixotron':1"
            assert ask(urls["DATABASE_URL"], FOUND) == 1
            assert kinds(urls["DATABASE_URL"]) == letters.ctype()


def test_cut_off_half_way_it_begins_again(var: Path, monkeypatch) -> None:
    made_the_old_way(var, monkeypatch)

    def dies(url: str) -> None:
        raise psycopg2.OperationalError("the power went")

    with monkeypatch.context() as first:
        first.setattr(letters, "_rebuild_trigrams", dies)
        with pytest.raises(psycopg2.OperationalError), embedded.running(var, valkey=False, fsync=False):
            pass
    with embedded.running(var, valkey=False, fsync=False) as urls:
        assert ask(urls["DATABASE_URL"], FOUND) == 1
        assert kinds(urls["DATABASE_URL"]) == letters.ctype()


def test_a_machine_that_knows_no_letters_keeps_its_old_way(monkeypatch) -> None:
    def unknown(category: int, name: str | None = None) -> str:
        if name in letters.KNOWN:
            raise locale.Error
        return "C"

    monkeypatch.setattr(locale, "setlocale", unknown)
    assert letters.ctype() == "C"
