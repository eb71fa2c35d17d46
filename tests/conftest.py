"""What every test may use. The servers themselves are started by the test settings (ats.embedded.testing)."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import api_contract, clock, emptying, locking, migrated, numbering, sharing, shuffling, undefined
from tests.smtp import Catcher

CHROMIUM = (
    "chromium-headless-shell",  # the same without a window around its pages: a third of the work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Who has such a window prepares, for each one that is opened, pages of its own that drop from the address bar: as
# much work again as our own pages are. The others are Playwright's, whose list ours replaces.
NOT_THERE = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,PreloadTopChromeWebUI,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={NOT_THERE}",
]

# A busy machine is no failure of what is tested, and the same examples say the same every time.
# `HYPOTHESIS_PROFILE=default` looks for new ones.
hypothesis_settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_report_header() -> str:
    return f"clock: {clock.NOW:%A %Y-%m-%d %H:%M} UTC (TEST_DATE), unordered rows: TEST_SEED={shuffling.SEED}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.Sharing:
    return sharing.Sharing(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another date, what is written out for the ordinary day would only say the same again."""
    items.sort(key=lambda item: not sharing.comes_first(item))
    if clock.NOW == clock.ORDINARY:
        return
    written = [item for item in items if item.get_closest_marker("ordinary_day")]
    items[:] = [item for item in items if item not in set(written)]
    config.hook.pytest_deselected(items=written)


def pytest_collection_finish() -> None:
    """What is collected and loaded stays to the end: no search for garbage need look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def is_migrated_anew(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any, django_db_keepdb: bool
) -> bool:
    """Whether the migrations make the tests' database, and it is not a copy of what they made before."""
    with django_db_blocker.unblock():
        return not django_db_keepdb and not migrated.take()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(is_migrated_anew: bool) -> None:
    """Where pytest-django looks for how to make it."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, is_migrated_anew: bool) -> None:
    """The tests' database as pytest-django makes it, with keys that nothing else on a page is by chance."""
    with django_db_blocker.unblock():
        if is_migrated_anew:
            migrated.keep()
        numbering.count_apart()


@pytest.fixture(autouse=True)
def _one_clock() -> Iterator[None]:
    """Whatever day it is outside, it is `clock.NOW` when a test begins."""
    with clock.standing_on(clock.NOW):
        yield


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Rate limits and sessions of one test must not reach the next."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _nobody_is_drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is asked after applying hangs on the number of the application: in no test but those of surveys."""
    if "surveys" not in request.node.path.parts:
        monkeypatch.setattr("candidates.surveys.actions.plan.is_drawn", lambda number, one_in: False)


@pytest.fixture(autouse=True, scope="session")
def _rows_are_locked_first() -> Iterator[None]:
    with locking.watched():
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_api_answers_as_described() -> Iterator[None]:
    with api_contract.watched():
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_by_deleting() -> Iterator[None]:
    with emptying.by_deleting():
        yield


@pytest.fixture(autouse=True, scope="session")
def _rows_come_in_no_order() -> Iterator[None]:
    with shuffling.watched():
        yield


@pytest.fixture(autouse=True)
def _in_an_order_of_its_own(request: pytest.FixtureRequest) -> None:
    shuffling.begin(request.node.nodeid)


@pytest.fixture(autouse=True, scope="session")
def _names_are_there() -> Iterator[None]:
    with undefined.watched():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test fails for what templates looked for in vain while it ran."""
    try:
        yield
    except BaseException:
        undefined.found.clear()
        raise
    undefined.complain()


@pytest.fixture
def smtp(settings: Any) -> Iterator[Catcher]:
    """A mail server of this test's own that can refuse, be slow and go down; the settings point to it."""
    with Catcher() as catcher:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", catcher.port
        yield catcher


def _chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path:
        return path
    message = "no Chromium on this machine: install it (apt-get install chromium) or set CHROMIUM"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def _static_files_are_kept() -> Iterator[None]:
    """As in production, where their names tell them apart: a window asks for each of forty files once."""
    serve = StaticFilesHandler.serve

    def kept(self: StaticFilesHandler, request: Any) -> Any:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600, immutable"
        return response

    with mock.patch.object(StaticFilesHandler, "serve", kept):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The machine's Chromium, driven by Playwright; `browser.new_page()` or the fixture `page`."""
    path = _chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(
        timeout=15_000
    )  # As patient as the windows themselves: a busy machine is not a defect.
    # Playwright keeps an event loop in this thread, at which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright, _static_files_are_kept():
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A fresh browser window (own cookies) whose addresses are relative to the live server."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source, to be evaluated in a page: `page.evaluate(axe)`, then `axe.run()`."""
    path: Path = django_settings.ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text()
