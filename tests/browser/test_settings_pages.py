"""The pages of the settings, of approvals and of hires in a real browser: for every eye, and on a phone."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ats.approvals.actions import lay_chain
from ats.approvals.domain.chains import Wanted
from candidates.applications.actions import hire
from requisitions.wording import actions as wording
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISTAKES = "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.nodes[0].html))"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PATHS = (
    "/settings/availability/",
    "/settings/api-tokens/",
    "/settings/approvals/",
    "/settings/approvals/offer/",
    "/settings/wording/",
    "/settings/pools/",
    "/settings/offer-letters/",
    "/settings/messages/",
    "/settings/outbox/",
    "/settings/people/{user}/deactivate/",
    "/approvals/",
    "/hires/",
)


def show_to(page: Any, user: Any, base: str) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])


def hired() -> Any:
    application = f.make_application(stage_kind="offer")
    by = application.requisition.recruiter
    hire(application_id=application.pk, by=by, now=NOW, starts_on=date(2027, 3, 1))
    return application


def test_everybody_can_read_and_use_the_settings(page: Any, live_server: Any, axe: str) -> None:
    requisition = hired().requisition
    admin = f.make_user("admin")
    f.make_pool(requisition.organisation, f.make_user("interviewer"))
    steps = [Wanted(turn=1, part="hiring_manager")]
    given = {"hours": 8, "mail_links": True, "by": admin, "now": NOW}
    lay_chain.lay(kind="offer", organisation=requisition.organisation, steps=steps, **given)
    rule = {"topic": "Star sign", "phrases": ["star sign"], "except_phrases": [], "uses": ["question"]}
    words = {"severity": "biased", "jurisdictions": [], "reason": "No.", "alternative": "Ask.", "source": ""}
    wording.add_rule(**rule, **words, by=admin, now=NOW)
    show_to(page, admin, live_server.url)
    page.set_viewport_size({"width": 390, "height": 800})

    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in PATHS:
            page.goto(path.format(user=requisition.recruiter.pk))
            page.evaluate(axe)
            found[path, scheme] = (page.evaluate(MISTAKES), page.evaluate(SIDEWAYS))

    assert found == {(path, scheme): ([], 0) for path in PATHS for scheme in ("light", "dark")}


def test_an_export_shows_what_it_has_handed_over(page: Any, live_server: Any) -> None:
    show_to(page, hired().requisition.recruiter, live_server.url)
    page.goto("/hires/")

    with page.expect_download() as got:
        page.get_by_role("button", name="Export 1 new hire").click()

    assert got.value.suggested_filename.endswith(".csv")
    page.get_by_text("Every hire has been handed over").wait_for()
