"""What the walks through the whole house have in common."""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from ats.duework import engine
from candidates.models import Application
from tests import factories
from tests.smtp import Catcher

Open = Callable[..., Any]


def sign_in(page: Any, user: Any) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", factories.PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def enter(page: Any, user: Any) -> None:
    """Let a window be somebody's without the page of the sign-in, which others try."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}]
    )


def portal_link(smtp: Catcher, address: str, base: str) -> str:
    """Where the newest mail to this address leads."""
    text = smtp.to(address)[-1].get_body(("plain",)).get_content()
    return base + re.search(r"(/status/[^/\s]+/)", text)[1]


def confirm(page: Any) -> None:
    """Say yes where the page asks once more."""
    page.click("dialog[open] [data-confirm-ok]")
    page.wait_for_load_state("networkidle")


def settled(page: Any) -> None:
    """Wait for what a page asks for on its own and for its letters, and no longer."""
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state(
        "load"
    )  # and not a function of the page: it is asked by `eval`, which pages refuse
    page.wait_for_selector(".htmx-request", state="detached")


def kept(page: Any, name: str) -> None:
    """Nothing stands outside of the window; and a picture to look at, in the folder `PICTURES`, where one is named."""
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def accessible(page: Any, axe: str) -> None:
    """For every eye and ear, as far as a program can tell; once the page has its letters and styles."""
    settled(page)
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def let_pass(since: datetime, until: datetime, every: timedelta = timedelta(hours=1)) -> None:
    """The tick, every hour or as often as is said: nobody in play is ever without a promise."""
    moment = since
    while moment < until:
        engine.tick(moment)
        waiting = Application.objects.active().exclude(promises__state="open")
        assert list(waiting) == [], f"somebody waits for nothing at {moment}"
        moment += every
