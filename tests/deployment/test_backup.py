"""A backup and what comes out of it: every row and file, the same keys, and no mail before a person says so."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from ats import embedded
from tests.smtp import Catcher

pytestmark = pytest.mark.servers
ROOT = Path(__file__).resolve().parent.parent.parent

FILL = """
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    call_command("seed", candidates=30, verbosity=0)
    from candidates.models import Candidate, Document
    person = Candidate.objects.order_by("pk").first()
    Document.objects.all().delete()
    for number in range(5):
        document = Document(candidate=person, kind="other", filename=f"{number}.txt", size=9, sha256="0" * 64)
        document.content_type = "text/plain"
        document.file.save(f"{number}.txt", ContentFile(f"letter {number}".encode()))
    from django.utils import timezone
    from ats.mail.outbox import To, queue
    from ats.mail.render import plain
    queue("account.message", to=To(address="ana@lima.eu"), message=plain("Hello", "Word."), key="a", now=timezone.now())
    from ats.mail.unsubscribing import address_for
    from ats.accounts.models import Role, User
    User.objects.create_user(email="lea@lima.eu", password=None, name="Lea", role=Role.ADMIN)
    print(address_for("ana@lima.eu"))
"""
WRITE_ON = """
    import itertools
    from django.core.files.base import ContentFile
    from candidates.models import Candidate, Document
    person = Candidate.objects.order_by("pk").first()
    print("writing", flush=True)
    for number in itertools.count():
        document = Document(candidate=person, kind="other", filename=f"w{number}.txt", size=9, sha256="0" * 64)
        document.content_type = "text/plain"
        document.file.save(f"w{number}.txt", ContentFile(b"x" * 1000))
        if number % 3 == 2:  # the oldest go, which a backup has by then: however slow the machine is
            gone = Document.objects.filter(filename=f"w{number // 3}.txt").get()
            gone.delete()
            gone.file.storage.delete(gone.file.name)
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return clean | {"VAR": str(var), "DJANGO_SETTINGS_MODULE": "ats.settings", "DEMO": "0"} | more


def command(code: str) -> list[str]:
    return [sys.executable, "-c", "import django; django.setup()\n" + textwrap.dedent(code)]


def run(var: Path, code: str, **more: str) -> str:
    """What it prints, with Django set up for this VAR."""
    done = subprocess.run(
        command(code),
        cwd=ROOT,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def manage(var: Path, *arguments: str, **more: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    return done.returncode, done.stdout + done.stderr


@contextmanager
def somebody_writes(var: Path) -> Iterator[None]:
    """Rows and files, and some that go again, for as long as this lasts."""
    writer = subprocess.Popen(
        command(WRITE_ON), cwd=ROOT, env=environment(var), stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    time.sleep(1)
    try:
        yield
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def tables(url: str) -> dict[str, str]:
    """Each table with a digest of all its rows."""
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(
                f"""SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "{name}" t"""
            )
            found[name] = cursor.fetchone()[0]
    connection.close()
    return found


def files(var: Path) -> dict[str, bytes]:
    root = var / "files"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("b")


@pytest.fixture(scope="module")
def house(folder: Path) -> tuple[Path, str]:
    """A backup of an installation at work, and a link that it signed."""
    var = folder / "a"
    with embedded.running(var) as there:
        link = run(var, FILL)
        with somebody_writes(var):
            code, said = manage(var, "backup", str(folder / "busy"))
            assert (code, "files that rows name" in said) == (0, False), said
        (folder / "tables.json").write_text(json.dumps(tables(there["DATABASE_URL"])))
        assert manage(var, "backup", str(folder / "quiet"))[0] == 0
    return var, link


def test_every_row_and_file_comes_back_and_nothing_leaves_before_a_person_says_so(
    folder: Path, house: tuple[Path, str]
) -> None:
    source, link = house
    target = folder / "c"

    code, said = manage(target, "restore", str(folder / "quiet"))

    assert code == 0, said
    assert not (target / "restoring").exists()
    assert files(target) == files(source)
    assert len(files(target)) > 5
    with embedded.running(target) as there, Catcher() as smtp:
        before = json.loads((folder / "tables.json").read_text())
        changed = {name for name, md5 in tables(there["DATABASE_URL"]).items() if md5 != before[name]}
        assert changed == {"ats_standstill"}

        # A link that was signed before still works.
        token = link.rstrip("/").rpartition("/")[2]
        asked = f"from ats.mail.unsubscribing import read; print(read({token!r}).address)"
        assert run(target, asked) == "ana@lima.eu"

        # Nothing leaves, however often the clock ticks; then a person says that it may.
        server = {"EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}"}
        tick = "from django.core.management import call_command; call_command('tick', skip_checks=True)"
        assert "stands still" in run(target, tick, **server)
        run(target, "from ats.duework.tasks import run_lane; run_lane('mail')", **server)
        assert smtp.envelopes == []
        release = """
            from django.utils import timezone
            from ats.models import User
            from ats.upkeep.actions import release
            print(release(send=True, by=User.objects.get(email="lea@lima.eu"), now=timezone.now()))
        """
        assert int(run(target, release, **server)) >= 1
        run(target, tick, **server)
        assert ["ana@lima.eu"] in [recipients for _, recipients in smtp.envelopes]

    # What is used is not written over.
    code, said = manage(target, "restore", str(folder / "quiet"))
    assert (code, said) == (
        1,
        f"CommandError: {target} holds an installation already: restore into another VAR.\n",
    )


def test_whom_the_list_names_is_erased_again_before_anybody_looks(
    folder: Path, house: tuple[Path, str]
) -> None:
    source, target, given = house[0], folder / "g", folder / "erasures-of-before.jsonl"
    first = """
        from candidates.models import Candidate
        person = Candidate.objects.order_by("pk").first()
        print(person.pk, person.created_at.isoformat())
    """
    with embedded.running(source, valkey=False):
        number, created_at = run(source, first).split()
    given.write_text("no list\n")
    code, said = manage(target, "restore", str(folder / "quiet"), "--erasures", str(given))
    assert (code, "is no list of erasures. Line 1" in said) == (1, True), said
    assert not (target / "postgres").exists()
    entry = {"candidate": int(number), "created_at": created_at, "erased_at": created_at, "reference": "x"}
    given.write_text(json.dumps(entry) + "\n")

    code, said = manage(target, "restore", str(folder / "quiet"), "--erasures", str(given))

    assert (code, "erased again, as the list says: 1" in said) == (0, True), said
    [line] = (target / "erasures.jsonl").read_text().splitlines()
    assert json.loads(line)["candidate"] == int(number)
    theirs = {name for name, content in files(source).items() if content.startswith(b"letter ")}
    assert theirs <= files(target).keys()
    with embedded.running(target):
        found = """
            from candidates.models import Candidate, Document
            from ats.models import Standstill
            gone = list(Candidate.objects.exclude(anonymised_at=None).values_list("pk", flat=True))
            print(gone, Document.objects.count(), Standstill.objects.get().erased_again)
        """
        assert run(target, found) == f"[{number}] 0 1"
        release = """
            from datetime import timedelta
            from django.utils import timezone
            from ats.duework import engine
            from ats.models import User
            from ats.upkeep.actions import release
            now = timezone.now()
            release(send=False, by=User.objects.get(email="lea@lima.eu"), now=now)
            engine.tick(now + timedelta(minutes=2))
        """
        run(target, release)
    assert theirs & files(target).keys() == set()


def test_a_backup_made_while_others_write_is_of_one_moment(folder: Path, house: tuple[Path, str]) -> None:
    target = folder / "d"

    code, said = manage(target, "restore", str(folder / "busy"))

    assert code == 0, said
    with embedded.running(target, valkey=False) as there:
        connection = psycopg2.connect(there["DATABASE_URL"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT file FROM candidates_document")
            named = {name for (name,) in cursor.fetchall()}
        connection.close()
    assert len(named) > 6
    assert named <= files(target).keys()


def test_into_a_database_of_ones_own(folder: Path, house: tuple[Path, str]) -> None:
    """As in production: database, files and secret come from the environment."""
    target = folder / "f"
    with embedded.running(folder / "s", valkey=False) as there:
        url = there["DATABASE_URL"]
        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE fresh")
        connection.close()
        fresh = url.replace("/accord?", "/fresh?")
        assert fresh != url
        own = {"DATABASE_URL": fresh, "MEDIA_ROOT": str(folder / "media"), "SECRET_KEY": "another" * 8}

        code, said = manage(target, "restore", str(folder / "quiet"), **own)
        assert code == 1
        assert said.startswith(
            "CommandError: Links in mails that were sent are signed with another SECRET_KEY."
        )
        assert tables(fresh) == {}

        key = json.loads((folder / "quiet" / "secrets.json").read_text())["SECRET_KEY"]
        own["SECRET_KEY_FALLBACKS"] = key
        code, said = manage(target, "restore", str(folder / "quiet"), **own)
        assert code == 0, said
        before = json.loads((folder / "tables.json").read_text())
        changed = {name for name, md5 in tables(fresh).items() if md5 != before[name]}
        assert changed == {"ats_standstill"}
        root = folder / "media"
        copied = {
            str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }
        assert copied == files(house[0])
        assert (target / "secret-key").read_text() != key  # ours comes from the environment

        code, said = manage(target, "restore", str(folder / "quiet"), **own)
        assert code == 1
        assert (
            said
            == f"CommandError: {folder / 'media'} holds files already: restore into another MEDIA_ROOT.\n"
        )
        own["MEDIA_ROOT"] = str(folder / "other")
        code, said = manage(target, "restore", str(folder / "quiet"), **own)
        assert code == 1
        assert "holds tables already: restore into an empty one." in said


def test_a_backup_that_was_changed_or_is_newer_is_refused_and_nothing_is_there(
    folder: Path, house: tuple[Path, str]
) -> None:
    torn = folder / "torn"
    shutil.copytree(folder / "quiet", torn)
    name = next(path for path in (torn / "files").rglob("*") if path.is_file())
    name.write_bytes(b"something else")
    target = folder / "e"

    code, said = manage(target, "restore", str(torn))
    assert code == 1
    assert said.endswith(
        f"CommandError: {name.relative_to(torn)} of this backup is not as it was written: nothing was restored.\n"
    )

    manifest = json.loads((torn / "manifest.json").read_text())
    manifest["migrations"]["candidates"].append("0999_of_tomorrow")
    (torn / "manifest.json").write_text(json.dumps(manifest))
    code, said = manage(target, "restore", str(torn))
    assert code == 1
    assert said.startswith("CommandError: This backup was made by newer code (candidates.0999_of_tomorrow):")
    assert not (target / "postgres").exists()
    assert not (target / "restoring").exists()

    code, said = manage(folder / "a", "backup", str(folder / "quiet"))
    assert (code, said) == (
        1,
        f"CommandError: {folder / 'quiet'} is there already: a backup gets a folder of its own.\n",
    )


def test_a_backup_that_is_cut_off_leaves_nothing(folder: Path, house: tuple[Path, str]) -> None:
    var, _ = house
    process = subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(folder / "cut")],
        cwd=ROOT,
        env=environment(var, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    process.stdout.readline()  # it says that it is at the database
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 143
    assert [path.name for path in folder.iterdir() if "cut" in path.name] == []
