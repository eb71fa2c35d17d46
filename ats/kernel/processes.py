"""Processes of our own beside this one, for work that keeps every processor busy."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any


def pool(many: int) -> ProcessPoolExecutor:
    """So many processes with our settings, each with a connection of its own to the same database.

    They are started anew and not forked: a fork of a process with threads can wait for ever for what they held.
    """
    from django.db import connection

    facts = {name: value for name, value in connection.settings_dict.items() if name != "TEST"}
    return ProcessPoolExecutor(many, mp_context=get_context("spawn"), initializer=_begin, initargs=(facts,))


def _begin(database: dict[str, Any]) -> None:
    """No commit waits for the disk: what a crash of the database forgets has to be found again by doing it again."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict.update(database)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
