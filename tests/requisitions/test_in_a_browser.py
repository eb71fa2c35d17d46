"""Writing a role and its post in a real browser: the editor, the rows, dragging, and what axe finds."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from ats.accounts.models import User
from requisitions.models import JobPost, Requisition
from tests.factories import (
    make_location,
    make_organisation,
    make_post,
    make_question,
    make_requisition,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noise(page: Any) -> list[str]:
    """What the browser complains of: errors of scripts, and what the security policy had to stop."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def post(page: Any, live_server: Any) -> JobPost:
    """A published post of somebody who has signed in with this page."""
    organisation = make_organisation()
    role = make_requisition(
        organisation=organisation,
        location=make_location(organisation),
        must_haves=("Writes SQL",),
        outcomes="The figures are right.",
        hard_part="Saying no.",
        recruiter=make_user(),
    )
    sign_in(page, live_server, role.recruiter)
    made = make_post(role, body="<p>You keep the daily figures right for everybody who decides by them.</p>")
    make_question(made, position=0, label="Why?")
    make_question(made, "choice", position=1, label="Where?")
    return made


def sign_in(page: Any, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def steps(role: Requisition) -> list[str]:
    return list(role.stages.order_by("position").values_list("name", flat=True))


@pytest.mark.parametrize("look", [("light", 1440), ("dark", 1440), ("light", 320)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Any, axe: str, noise: list[str], post: JobPost, look: tuple[str, int]
) -> None:
    role, (scheme, width) = post.requisition, look
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/requisitions/",
        "/requisitions/new/",
        f"/requisitions/{role.pk}/",
        f"/requisitions/{role.pk}/edit/role/",
        f"/requisitions/{role.pk}/edit/pay/",
        f"/requisitions/{role.pk}/edit/needs/",
        f"/requisitions/{role.pk}/edit/story/",
        f"/requisitions/{role.pk}/edit/team/",
        f"/requisitions/{role.pk}/pipeline/",
        f"/requisitions/{role.pk}/pipeline/new/",
        f"/requisitions/{role.pk}/end/",
        f"/requisitions/posts/{post.pk}/",
        f"/requisitions/posts/{post.pk}/questions/new/",
        "/careers/",
        f"/careers/{post.slug}/",
    ):
        page.goto(address)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert (address, [(rule["id"], rule["nodes"][0]["target"]) for rule in found]) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, address
    assert noise == []


def test_the_editor_writes_what_it_shows(page: Any, noise: list[str], post: JobPost) -> None:
    page.goto(f"/requisitions/posts/{post.pk}/")
    editor = page.locator("trix-editor").first

    expect(editor).to_contain_text("You keep the daily figures right")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Heading").click()
    page.keyboard.type("What you do")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("Ask <b>why</b>")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    post.refresh_from_db()
    assert "<h2>What you do</h2><ul><li>Ask &lt;b&gt;why&lt;/b&gt;</li></ul>" in post.body
    expect(editor.locator("h2")).to_have_text("What you do")
    assert noise == []


def test_must_haves_are_added_and_taken_out(page: Any, noise: list[str], post: JobPost) -> None:
    role = post.requisition
    page.goto(f"/requisitions/{role.pk}/edit/needs/")

    page.get_by_role("button", name="Another must-have").click()
    page.keyboard.type("Explains plainly")
    page.keyboard.press("Tab")
    page.keyboard.type("Half of the work is explaining.")
    page.get_by_role("button", name="Take it out").first.click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="What it takes")).to_be_visible()
    assert list(role.criteria.values_list("name", "why")) == [
        ("Explains plainly", "Half of the work is explaining.")
    ]
    assert noise == []


def test_steps_are_dragged_and_moved_from_the_menu(page: Any, noise: list[str], post: JobPost) -> None:
    role = post.requisition
    page.goto(f"/requisitions/{role.pk}/pipeline/")
    rows = page.locator(".stage-row")

    with page.expect_response("**/pipeline/order/"):
        grip = rows.filter(has_text="Interview").locator(".grip").bounding_box()
        target = rows.filter(has_text="Manager review").locator(".grip").bounding_box()
        page.mouse.move(grip["x"] + 8, grip["y"] + 8)
        page.mouse.down()
        page.mouse.move(target["x"] + 8, target["y"] + 20, steps=12)
        page.mouse.move(target["x"] + 8, target["y"] + 4, steps=4)
        page.mouse.up()
    expect(rows.nth(1)).to_contain_text("Interview")
    assert steps(role) == ["Applied", "Interview", "Manager review", "Offer", "Hired"]

    page.get_by_label("Change Interview").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/shift/"):
        page.keyboard.press("Enter")
    expect(rows.nth(2)).to_contain_text("Interview")
    assert steps(role) == ["Applied", "Manager review", "Interview", "Offer", "Hired"]
    assert noise == []


def test_a_drag_that_came_too_late_goes_back(page: Any, post: JobPost) -> None:
    role = post.requisition
    page.goto(f"/requisitions/{role.pk}/pipeline/")
    role.stages.create(name="Added meanwhile", kind="assessment", position=9, promise="News", promise_days=3)
    rows = page.locator(".stage-row")

    with page.expect_response("**/pipeline/order/") as answer:
        grip = rows.filter(has_text="Interview").locator(".grip").bounding_box()
        page.mouse.move(grip["x"] + 8, grip["y"] + 8)
        page.mouse.down()
        page.mouse.move(grip["x"] + 8, grip["y"] - 60, steps=12)
        page.mouse.up()

    assert answer.value.status == 409
    expect(page.get_by_text("The steps were changed by somebody else")).to_be_visible()
    expect(rows.nth(1)).to_contain_text("Manager review")


def test_the_careers_site_needs_no_script(browser: Any, live_server: Any, post: JobPost) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/careers/")
    page.get_by_label("What are you looking for?").fill("figures")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=post.title).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(post.title)
    expect(page.get_by_role("link", name="Apply").first).to_have_attribute(
        "href", f"/careers/{post.slug}/apply/"
    )
    context.close()
