"""Files that are written inside a transaction: those of one that is rolled back do not stay."""

import shutil
from pathlib import Path

from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models.fields.files import FieldFile


def goes_with_transaction(file: FieldFile) -> None:
    """Delete this file, which has just been saved, if the transaction (or savepoint) is rolled back."""
    assert file.name
    goes(file.storage, file.name)


def goes(storage: Storage, name: str) -> None:
    """`goes_with_transaction` for a file that no field holds."""
    transaction.on_commit(_Stays(storage, name))


def free_megabytes(folder: Path) -> int:
    """What is free on the disk of this folder, which may not have been made yet."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free // 1_000_000


class _Stays:
    """Called by the commit. A rollback drops it uncalled, and with it goes the file.

    Django tells nobody of a rollback; but it lets go of what waited for the commit, and that is noticed here.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._storage, self._name = storage, name
        self._committed = False

    def __call__(self) -> None:
        self._committed = True

    def __del__(self) -> None:
        # Where the line to the database broke, nobody knows whether the commit arrived: the file stays then.
        if not self._committed and not connection.errors_occurred:
            self._storage.delete(self._name)
