"""Files go with the transaction that they were written in."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from ats.kernel.files import _Stays, goes

pytestmark = pytest.mark.django_db(transaction=True)


def write() -> str:
    name = default_storage.save("tests/file", ContentFile(b"Robin Example"))
    goes(default_storage, name)
    return name


class Stop(Exception):
    pass


@transaction.atomic
def write_and_stop(names: list[str]) -> None:
    names.append(write())
    assert default_storage.exists(names[-1])
    raise Stop


def exist(names: list[str]) -> list[bool]:
    return [default_storage.exists(name) for name in names]


def test_what_was_committed_stays() -> None:
    with transaction.atomic():
        inside = write()

    assert exist([inside, write()]) == [True, True]


def test_what_was_rolled_back_goes_and_nothing_else() -> None:
    names: list[str] = []
    with transaction.atomic():
        names.append(write())
        with pytest.raises(Stop):  # a savepoint
            write_and_stop(names)
        assert exist(names) == [True, False]
    with pytest.raises(Stop):
        write_and_stop(names)

    assert exist(names) == [True, False, False]


def test_where_nobody_knows_whether_it_was_committed_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    name = default_storage.save("tests/file", ContentFile(b"Robin Example"))
    waiting = _Stays(default_storage, name)

    monkeypatch.setattr(connection, "errors_occurred", True)  # as Django leaves it when the line breaks
    del waiting

    assert exist([name]) == [True]
