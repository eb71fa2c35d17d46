"""The parts in a real browser: with the keyboard, in light and dark, wide and narrow, and what axe finds."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/styleguide/?wrong=1",
    "/styleguide/?shell=partner",
    "/styleguide/candidate/?wrong=1",
    "/accounts/login/",
)
RUN_AXE = "axe.run(document, {resultTypes: ['violations']})"


def complaints(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate(RUN_AXE)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in found]


@pytest.fixture
def noise(page: Any) -> list[str]:
    """What the browser complains of: errors of scripts, and what the security policy had to stop."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Any, axe: str, noise: list[str], scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(address)
        assert (address, complaints(page, axe)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, address
    assert noise == []


def test_the_sheet_goes_along_the_list_and_gives_the_focus_back(
    page: Any, axe: str, noise: list[str]
) -> None:
    page.goto("/styleguide/")
    page.get_by_role("link", name="Ana Placeholder").first.click()
    page.locator("#sheet h2").wait_for()

    place = page.locator("[data-sheet-place]")
    expect(place).to_have_text("1 of 4")
    assert complaints(page, axe) == []
    page.keyboard.press("j")
    expect(place).to_have_text("2 of 4")
    page.keyboard.press("k")
    expect(place).to_have_text("1 of 4")
    page.keyboard.press("Escape")
    assert page.locator("#sheet-frame").is_visible() is False
    assert page.evaluate("document.activeElement.textContent") == "Ana Placeholder"
    assert noise == []


def test_a_confirmation_says_what_happens_and_can_be_declined(page: Any, axe: str) -> None:
    page.goto("/styleguide/")
    page.get_by_role("button", name="Close the role").click()

    assert page.get_by_role("heading", name="Close the role?").is_visible() is True
    assert complaints(page, axe) == []
    page.keyboard.press("Escape")
    assert "?" not in page.url
    page.get_by_role("button", name="Close the role").click()
    page.get_by_role("button", name="Close and tell them").click()
    page.wait_for_url("**/styleguide/?")


def test_menus_open_with_the_arrows_and_close_with_escape(page: Any) -> None:
    page.goto("/styleguide/")
    page.locator("summary", has_text="Move to").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Review"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "Reject"
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Review").is_visible() is False


def test_keys_search_and_help(page: Any, axe: str) -> None:
    page.goto("/styleguide/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("?")  # typed into the search, not a command
    assert page.locator("#keys").is_visible() is False
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.get_by_role("heading", name="Keyboard shortcuts").is_visible() is True
    assert complaints(page, axe) == []


def test_a_toast_from_the_server_offers_the_way_back(page: Any, axe: str) -> None:
    page.goto("/styleguide/")
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('toast', {detail: {text: '<b>Sorted</b>', undo: '/undo/7/'}}))"
    )
    note = page.locator("#toasts [data-toast]", has_text="Sorted")

    assert note.locator("p").inner_text() == "<b>Sorted</b>"
    assert complaints(page, axe) == []
    with page.expect_request("**/undo/7/") as asked:
        note.get_by_role("button", name="Undo").click()
    assert asked.value.method == "POST"
    note.get_by_role("button", name="Dismiss").click()
    assert note.count() == 0


def test_the_colours_follow_the_system_until_chosen(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/styleguide/")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.evaluate("localStorage.setItem('accord-theme', 'light')")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"


def test_a_candidates_page_is_light_and_runs_nothing(page: Any) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto("/styleguide/candidate/")
    page.wait_for_load_state("networkidle")

    assert page.locator("script").count() == 0
    assert [url for url in sizes if "tabler" in url or url.endswith(".js")] == []
    assert sum(sizes.values()) < 150_000
