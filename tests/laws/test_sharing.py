"""How `tests/sharing.py` hands the tests out."""

import pytest
from django.conf import settings

from tests import sharing


def test_tests_of_one_house_go_to_one_process_and_all_others_to_whoever_is_free() -> None:
    scopes = sharing.Sharing.__new__(sharing.Sharing)._split_scope
    for file in sharing.TOGETHER:
        assert (settings.ROOT / file).is_file()
        assert {scopes(f"{file}::test_one"), scopes(f"{file}::test_two[a@b]")} == {file}
    assert scopes("tests/laws/test_locks.py::test_one[a]") == "tests/laws/test_locks.py::test_one[a]"


@pytest.mark.servers
def test_servers_of_their_own_come_first(request: pytest.FixtureRequest) -> None:
    assert sharing.comes_first(request.node)


@pytest.mark.servers
def test_but_in_the_tests_database_nothing_is_put_first(request: pytest.FixtureRequest, db: None) -> None:
    assert not sharing.comes_first(request.node)


def test_nor_is_what_needs_no_server(request: pytest.FixtureRequest) -> None:
    assert not sharing.comes_first(request.node)
