"""All tests stand on one clock, so that none depends on the day on which it is run."""

import ast
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from ats.accounts.models import User
from tests.clock import NOW, ORDINARY, moment_of
from tests.factories import make_user
from tests.processes import finish, python

TESTS = Path(__file__).resolve().parent.parent
READS = {"now", "today", "utcnow", "localdate", "localtime", "time"}
A_TEST_LONG = timedelta(minutes=2)


def _is_now(moment: datetime) -> bool:
    return NOW <= moment < NOW + A_TEST_LONG


@pytest.mark.django_db(transaction=True)
def test_pages_threads_the_database_and_workers_share_the_clock() -> None:
    seen: list[datetime] = []
    thread = threading.Thread(target=lambda: seen.append(timezone.now()))
    thread.start()
    thread.join()
    make_user()
    said = User.objects.annotate(at=Now()).values_list("at", flat=True)[0]
    worker = python(
        "from django.utils import timezone\n"
        "from django.db.models.functions import Now\n"
        "from ats.accounts.models import User\n"
        "print(timezone.now().isoformat(), User.objects.annotate(at=Now()).get().at.isoformat())"
    )
    there = [datetime.fromisoformat(each) for each in finish(worker).split()]

    assert [_is_now(each) for each in (timezone.now(), *seen, said, *there)] == [True] * 5


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", ORDINARY),
        ("2028-02-29", datetime(2028, 2, 29, 10, tzinfo=UTC)),
        ("2027-10-31T00:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2026-11-01T00:30-04:00", datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
    ],
)
def test_another_date_is_a_day_at_ten_or_a_minute(text: str, moment: datetime) -> None:
    assert moment_of(text) == moment


def _while_loaded(node: ast.AST) -> Iterator[ast.AST]:
    """What is run when a module is imported: all but the bodies of its functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            early = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
            for each in [*early, *getattr(child, "decorator_list", [])]:
                yield each
                yield from _while_loaded(each)
        else:
            yield child
            yield from _while_loaded(child)


def test_no_test_reads_a_clock_while_it_is_loaded() -> None:
    """At that moment the machine's own clock would answer."""
    found = [
        f"{path.relative_to(TESTS)}:{node.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        for node in _while_loaded(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READS
        and not node.args
    ]

    assert found == []
