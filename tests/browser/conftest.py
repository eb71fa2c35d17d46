"""Browser windows for the walks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.browser.walking import Open


def _is_wrong(said: Any) -> bool:
    """An error in the console, save for a form that was sent back, which the browser notes as one."""
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture
def window(browser: Any, live_server: Any) -> Iterator[Open]:
    """Opens a browser window of its own, as somebody on some device; errors of its pages fail the test."""
    contexts, errors = [], []

    def open_window(width: int = 1440, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if _is_wrong(said) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def declined_are_taken_away() -> Iterator[None]:
    """What was declined is taken away after this test, which its tables refuse by themselves."""
    yield
    tables = ("partners_declinedaddition", "partners_declinedrequest")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
