"""How the processes of `pytest -n 2` share the tests: what takes long is begun first, what is built once stays whole.

The marks of pytest-xdist for that (`xdist_group`) say nothing since pytest 9.2: it writes the group behind a test's
address in a place that nothing reads any more, and sends every test to whichever process is free.
"""

import pytest
from xdist.scheduler import LoadGroupScheduling

TOGETHER = ("tests/deployment/test_backup.py", "tests/deployment/test_up.py")
"""Files whose tests live in one house, which takes long to build: all in one process."""


class Sharing(LoadGroupScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.endswith(TOGETHER) else nodeid


def comes_first(item: pytest.Item) -> bool:
    """Servers of its own, which at the end one process would wait for while the other has nothing to do.

    Not in the tests' database, in which a test that commits comes after all that do not.
    """
    own = item.get_closest_marker("servers") and not item.get_closest_marker("django_db")
    return bool(own) and "db" not in getattr(item, "fixturenames", ())
