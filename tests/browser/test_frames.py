"""Pages on a narrow, a low and a long window: nothing runs out at the side, and what is read has the room."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role
from candidates.portal.actions.make_links import new_link
from tests import factories as f
from tests.browser.walking import Open, settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = (
    "I have kept the figures of a bakery for eleven years, and would like to keep yours."
    "\n\nAnd a second paragraph."
)


def enter(page: Any, user: Any, base: str) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])


def house() -> tuple[Any, Any]:
    """An administrator with a role that has a little of everything, and one who applied for it."""
    now = timezone.now()
    admin = f.make_user(Role.ADMIN)
    role = f.make_requisition(
        recruiter=admin, must_haves=("A must-have with a long name: spreadsheets",), now=now
    )
    role.location = f.make_location(role.organisation)
    role.save(update_fields=["location"])
    f.make_post(role, now=now)
    application = f.make_application(
        requisition=role,
        stage_kind="review",
        cover_letter=LETTER,
        now=now - timedelta(days=9),
        due_at=now - timedelta(days=2),
    )
    f.make_message(application, now=now - timedelta(days=1))
    f.make_requisition("draft", recruiter=admin, now=now)
    return admin, application


def test_no_page_runs_out_at_the_side_at_320_px(window: Open, live_server: Any) -> None:
    """What 400 % zoom leaves of an ordinary screen (WCAG 1.4.10); the board scrolls inside itself."""
    admin, application = house()
    role = application.requisition
    page = window(320, 640)
    enter(page, admin, live_server.url)
    base, post = f"/requisitions/{role.pk}", role.posts.get()
    paths = [
        "/",
        "/requisitions/",
        "/requisitions/new/",
        f"{base}/",
        *(f"{base}/edit/{step}/" for step in ("role", "pay", "needs", "story", "team")),
        f"{base}/posts/new/",
        f"/requisitions/posts/{post.pk}/",
        f"{base}/pipeline/",
        f"{base}/board/",
        "/candidates/",
        f"/candidates/{application.candidate_id}/",
        f"/applications/{application.pk}/",
        f"/applications/{application.pk}/reject/",
        "/calendar/",
        "/partners/",
        "/partners/dashboard/",
        "/start/team/",
        "/settings/organisations/",
        f"/settings/organisations/{role.organisation_id}/",
        "/settings/people/",
        "/careers/",
        f"/careers/{post.slug}/",
        f"/careers/{post.slug}/apply/",
        urlsplit(new_link(candidate=application.candidate, now=timezone.now())).path,
    ]
    wide = {}
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        settled(page)
        if (width := page.evaluate("document.scrollingElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


def test_the_rail_stays_in_sight_on_a_long_page(window: Open, live_server: Any) -> None:
    admin, application = house()
    page = window(1440, 700)
    enter(page, admin, live_server.url)
    page.goto(f"/requisitions/{application.requisition_id}/?all=1")
    page.evaluate("document.querySelector('main').style.minHeight = '6000px'")

    page.evaluate("window.scrollTo({top: 4000, behavior: 'instant'})")

    assert page.evaluate("document.querySelector('.rail').getBoundingClientRect().top") == 0


def test_at_200_per_cent_an_application_has_the_window_to_itself(window: Open, live_server: Any) -> None:
    """1440 by 900 at 200 % zoom: once read on, nothing of the frame covers what is read."""
    admin, application = house()
    page = window(720, 450)
    enter(page, admin, live_server.url)
    page.goto(f"/applications/{application.pk}/")

    page.evaluate("window.scrollTo({top: 500, behavior: 'instant'})")
    covered = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((each) => {
            const look = getComputedStyle(each), box = each.getBoundingClientRect();
            return ["fixed", "sticky"].includes(look.position) && box.height > 0 && box.bottom > 0 && box.top < 450
                && !each.matches(".toasts, .loading-line, .skip") && look.visibility !== "hidden";
        }).map((each) => each.className)"""
    )

    assert covered == []


def test_a_letter_reads_from_top_to_bottom(window: Open, live_server: Any) -> None:
    """Its heading stands above its text, on the page and in the side sheet alike."""
    admin, application = house()
    page = window()
    enter(page, admin, live_server.url)
    page.goto(f"/requisitions/{application.requisition_id}/board/")
    page.click(f"#card-{application.pk} .board-name")
    page.wait_for_selector(".sheet #letter")
    said = [page.evaluate(BELOW, ".sheet #letter")]
    page.goto(f"/applications/{application.pk}/")
    said.append(page.evaluate(BELOW, "#letter"))

    assert said == [[True, True], [True, True]]


BELOW = """(place) => {
    const part = document.querySelector(place), [heading, text] = part.children;
    const [first, second] = text.querySelectorAll("p");
    return [heading.getBoundingClientRect().bottom <= text.getBoundingClientRect().top,
            first.getBoundingClientRect().bottom <= second.getBoundingClientRect().top];
}"""


def test_the_list_of_keys_names_every_key_that_is_heard(window: Open, live_server: Any) -> None:
    admin, application = house()
    page = window()
    enter(page, admin, live_server.url)
    heard = {}
    for path in (f"/requisitions/{application.requisition_id}/board/", f"/applications/{application.pk}/"):
        page.goto(path)
        settled(page)
        heard[path.split("/")[1]] = page.evaluate(
            "[...document.querySelectorAll('#keys [data-key-sign]')].map(each => each.dataset.keySign).sort()"
        )
    assert heard == {
        "requisitions": ["ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "[", "]", "m", "x"],
        "applications": ["r"],
    }


def test_on_paper_nothing_is_cut_off_and_bars_keep_their_ink(window: Open, live_server: Any) -> None:
    admin, application = house()
    role = application.requisition
    for _ in range(30):
        f.make_application(requisition=role, now=timezone.now())
    page = window()
    enter(page, admin, live_server.url)
    page.goto(f"/requisitions/{role.pk}/board/")
    page.emulate_media(media="print", color_scheme="dark")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".page-board, .board-columns, .board-list")]
            .filter((each) => getComputedStyle(each).overflowY !== "visible").map((each) => each.className)"""
    )
    page.goto(f"/requisitions/{role.pk}/")
    page.emulate_media(media="print", color_scheme="dark")
    bar = page.evaluate(
        """() => [getComputedStyle(document.querySelector("progress.bar")).printColorAdjust,
                  getComputedStyle(document.querySelector(".rail")).display,
                  getComputedStyle(document.documentElement).colorScheme]"""
    )

    assert (cut, bar) == ([], ["exact", "none", "light"])


BROKEN_WORDS = """() => [...document.querySelectorAll(".chip")].flatMap((chip) => {
    const found = [], walker = document.createTreeWalker(chip, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());)
        for (const word of node.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = [...range.getClientRects()].filter((line) => line.width > 1);
            if (new Set(lines.map((line) => Math.round(line.top))).size > 1) found.push(word[0]);
        }
    return found;
})"""


@pytest.mark.parametrize("width", [320, 390, 800, 1440])
def test_a_chip_breaks_between_words_only(window: Open, live_server: Any, width: int) -> None:
    admin, application = house()
    waits = {"broken_before": 1, "waiting_since": application.applied_at}
    application.promises.update(what="Answer to your message", **waits)
    page = window(width, 900)
    enter(page, admin, live_server.url)

    page.goto(f"/applications/{application.pk}/")

    assert page.evaluate(BROKEN_WORDS) == []
