from collections.abc import Iterator

import pytest

from requisitions.wording.queries import checks


@pytest.fixture(autouse=True)
def _rules_are_read_anew() -> Iterator[None]:
    """What one test adds must not reach the next."""
    checks.forget()
    yield
    checks.forget()
