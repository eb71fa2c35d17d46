"""The board in a real browser: dragged, with the keyboard, with a second person at it, and in bulk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role, User
from candidates.applications import actions
from candidates.models import Application
from tests import factories as f
from tests.candidates.helpers import mails

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Any, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def role(recruiter: User) -> Any:
    return f.make_requisition(recruiter=recruiter, title="Data engineer", now=timezone.now())


@pytest.fixture
def people(role: Any) -> dict[str, Application]:
    f.make_reason(code="other-skills", label="Other skills")
    now = timezone.now()
    return {
        name: f.make_application(
            requisition=role,
            candidate=f.make_candidate(first_name=name, last_name="Example"),
            now=now - timedelta(days=3),
            stage_entered_at=now - timedelta(hours=9 - number),
            due_at=now + timedelta(days=2),
        )
        for number, name in enumerate(("Ada", "Ben", "Cleo"))
    }


@pytest.fixture
def noise(page: Any) -> list[str]:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def board(page: Any, live_server: Any, role: Any, recruiter: User, people: Any) -> Any:
    sign_in(page, live_server, recruiter)
    page.goto(f"/requisitions/{role.pk}/board/")
    return page


def column(page: Any, role: Any, kind: str) -> Any:
    return page.locator(f'[data-column="{f.stage(role, kind).pk}"]')


def kind_of(application: Application) -> str:
    application.refresh_from_db()
    return str(application.stage.kind)


def test_a_card_is_dragged_to_another_stage_and_taken_back(
    board: Any, role: Any, people: dict[str, Application], noise: list[str]
) -> None:
    review = column(board, role, "review")
    board.get_by_role("link", name="Ada Example").hover()
    board.mouse.down()
    box = review.locator("[data-list]").bounding_box()
    board.mouse.move(box["x"] + 40, box["y"] + 40, steps=8)
    board.mouse.move(box["x"] + 50, box["y"] + 50, steps=4)
    board.mouse.up()

    expect(board.get_by_text("Moved Ada Example to Manager review.")).to_be_visible()
    expect(review.get_by_role("link", name="Ada Example")).to_be_visible()
    expect(review.locator("[data-count]")).to_have_text("1")
    assert kind_of(people["Ada"]) == "review"

    board.get_by_role("button", name="Undo").click()
    expect(column(board, role, "applied").get_by_role("link", name="Ada Example")).to_be_visible()
    assert kind_of(people["Ada"]) == "applied"
    assert noise == []


def test_the_keyboard_does_what_dragging_does(
    board: Any, role: Any, people: dict[str, Application], noise: list[str]
) -> None:
    board.get_by_role("link", name="Ada Example").focus()
    board.keyboard.press("ArrowDown")
    assert board.evaluate("document.activeElement.textContent") == "Ben Example"

    board.keyboard.press("m")
    expect(board.locator("#card-menu")).to_be_visible()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Enter")
    expect(board.get_by_text("Moved Ben Example to Interview.")).to_be_visible()
    expect(column(board, role, "interview").get_by_role("link", name="Ben Example")).to_be_visible()
    assert kind_of(people["Ben"]) == "interview"

    board.get_by_role("link", name="Cleo Example").focus()
    board.keyboard.press("]")
    expect(column(board, role, "review").get_by_role("link", name="Cleo Example")).to_be_visible()
    expect(board.get_by_text("Moved Cleo Example to Manager review.")).to_be_visible()
    assert kind_of(people["Cleo"]) == "review"
    board.keyboard.press("Escape")
    assert noise == []


def test_moves_in_quick_succession_all_arrive(
    board: Any, role: Any, people: dict[str, Application], noise: list[str]
) -> None:
    """Also while the board's own question for news is on its way."""
    unanswered: list[Any] = []

    def hold(route: Any) -> None:
        unanswered.append(route)

    board.route("**/board/changes/*", hold)
    with board.expect_request("**/board/changes/*"):
        board.evaluate("document.body.dispatchEvent(new Event('board-changed'))")

    board.get_by_role("link", name="Ada Example").focus()
    board.keyboard.press("]")
    board.keyboard.press("]")
    board.get_by_role("link", name="Ben Example").focus()
    board.keyboard.press("]")

    expect(board.get_by_text("Moved Ben Example to Manager review.")).to_be_visible()
    assert [kind_of(people[name]) for name in ("Ada", "Ben")] == ["interview", "review"]
    expect(column(board, role, "interview").get_by_role("link", name="Ada Example")).to_be_visible()
    board.unroute("**/board/changes/*")  # what was held back goes on
    expect(board.locator("[data-loading]")).to_be_hidden()
    expect(column(board, role, "interview").get_by_role("link", name="Ada Example")).to_be_visible()
    assert noise == []


def test_a_colleagues_move_appears_without_reload(
    board: Any, browser: Any, live_server: Any, role: Any, people: dict[str, Application]
) -> None:
    context = browser.new_context(base_url=live_server.url)
    second = context.new_page()
    sign_in(second, live_server, f.make_user(Role.RECRUITER, name="Alex Colleague"))
    second.goto(f"/requisitions/{role.pk}/board/")
    second.get_by_role("link", name="Ada Example").focus()
    second.keyboard.press("]")
    expect(second.get_by_text("Moved Ada Example to Manager review.")).to_be_visible()

    # Nothing was pressed here: the page asked by itself, and said politely what happened.
    expect(column(board, role, "review").get_by_role("link", name="Ada Example")).to_be_visible(
        timeout=12_000
    )
    expect(board.locator("#announce")).to_contain_text("Ada Example: Alex Colleague moved")
    expect(column(board, role, "applied").locator("[data-count]")).to_have_text("2")
    context.close()


def test_who_comes_second_sees_who_was_faster_and_where_the_card_is(
    board: Any, role: Any, people: dict[str, Application]
) -> None:
    colleague = f.make_user(Role.RECRUITER, name="Alex Colleague")
    offer = f.stage(role, "offer")
    actions.move(application_id=people["Ada"].pk, stage_id=offer.pk, by=colleague, now=timezone.now())

    board.get_by_role("link", name="Ada Example").focus()
    board.keyboard.press("]")

    expect(board.get_by_text("Alex Colleague has just moved Ada Example to Offer.")).to_be_visible()
    expect(column(board, role, "offer").get_by_role("link", name="Ada Example")).to_be_visible()
    assert kind_of(people["Ada"]) == "offer"


def test_many_are_selected_and_rejected_with_a_message_each(
    board: Any, role: Any, people: dict[str, Application], noise: list[str], axe: str
) -> None:
    board.get_by_role("link", name="Ada Example").focus()
    board.keyboard.press("x")
    board.locator(f"#card-{people['Cleo'].pk}").hover()
    board.get_by_label("Select Cleo Example").click(modifiers=["Shift"])
    expect(board.locator("[data-bulk-count]")).to_have_text("3 selected")
    board.get_by_label("Select Ben Example").click()
    expect(board.locator("[data-bulk-count]")).to_have_text("2 selected")

    board.get_by_role("button", name="Reject").last.click()
    dialog = board.locator("#dialog")
    expect(dialog.get_by_role("heading", name="Do not go on with 2 people")).to_be_visible()
    dialog.get_by_label("Reason").select_option("other-skills")
    dialog.get_by_role("button", name="See the first one").click()
    expect(dialog.get_by_text("Hello Ada,")).to_be_visible()
    board.evaluate(axe)
    found = board.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [rule["id"] for rule in found] == []
    dialog.get_by_role("button", name="Decide and tell 2").click()

    expect(board.get_by_text("Decided, and will tell 2 people.")).to_be_visible()
    expect(board.locator("[data-card]")).to_have_count(1)
    assert sorted(mail.to_name for mail in mails("application.rejected")) == ["Ada Example", "Cleo Example"]
    assert noise == []


def test_the_sheet_goes_along_the_column_and_decides(
    board: Any, role: Any, people: dict[str, Application], noise: list[str]
) -> None:
    board.get_by_role("link", name="Ada Example").click()
    expect(board.locator("#sheet h2")).to_have_text("Ada Example")
    board.keyboard.press("j")
    expect(board.locator("#sheet h2")).to_have_text("Ben Example")
    board.locator("#sheet").get_by_role("button", name="To Manager review").click()

    expect(board.get_by_text("Moved Ben Example to Manager review.")).to_be_visible()
    expect(column(board, role, "review").get_by_role("link", name="Ben Example")).to_be_visible()
    assert kind_of(people["Ben"]) == "review"
    assert noise == []


@pytest.fixture
def complaints(axe: str) -> Callable[[Any], list[str]]:
    def run(page: Any) -> list[str]:
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in found]

    return run


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_recruiters_pages(
    board: Any,
    role: Any,
    people: dict[str, Application],
    complaints: Any,
    noise: list[str],
    scheme: str,
    width: int,
) -> None:
    ada = people["Ada"]
    f.make_message(ada)
    addresses = (
        "/",
        f"/requisitions/{role.pk}/board/",
        f"/requisitions/{role.pk}/close/",
        f"/applications/{ada.pk}/",
        f"/applications/{ada.pk}/reject/",
        "/candidates/",
        f"/candidates/{ada.candidate_id}/",
        "/candidates/new/",
    )
    board.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    board.set_viewport_size({"width": width, "height": 900})
    for address in addresses:
        board.goto(address)
        assert (address, complaints(board)) == (address, [])
        assert board.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, address
    assert noise == []
