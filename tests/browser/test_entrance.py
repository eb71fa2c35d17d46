"""The sign-in page in a real browser: it loads, keeps its content policy, and anybody can use it."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_is_whole_and_accessible(page: Any, axe: str, scheme: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    page.emulate_media(color_scheme=scheme)

    page.goto("/accounts/login/")
    page.wait_for_load_state("networkidle")

    assert said == []
    # Added over the debugger's connection, which the page's own content policy does not rule.
    page.evaluate(axe)
    found = page.evaluate("() => axe.run().then(result => result.violations.map(each => each.id))")
    assert found == []
