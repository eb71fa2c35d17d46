"""What rolled-back tests leave behind in the tables is cleared away now and then.

Nothing else does it: autovacuum would wake in the middle of a test. After some thousand tests, every question to a
small table would read through all the rows that were taken back.
"""

from contextlib import closing

from django.db import connections

EVERY = 100
"""Tests of one process between two of them."""


class Vacuum:
    def __init__(self) -> None:
        self.has_tables = False
        self._since = 0

    def after_a_test(self, alias: str = "default") -> None:
        self._since += 1
        if not self.has_tables or self._since < EVERY:
            return
        self._since = 0
        # On a connection of its own: the test's may still be in a transaction.
        wrapper = connections[alias]
        with closing(wrapper.get_new_connection(wrapper.get_connection_params())) as connection:
            connection.autocommit = True
            connection.cursor().execute("VACUUM (SKIP_LOCKED, TRUNCATE FALSE)")
