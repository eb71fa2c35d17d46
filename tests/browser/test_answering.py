"""Answering a candidate's question, at a desk and on a phone: it stays in sight, and the page where it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role
from candidates.models import Message
from tests import factories as f
from tests.browser.walking import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "May I send you a newer certificate?\n\nI got it last week."


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_question_stays_beside_the_answer(window: Open, live_server: Any, size: tuple[int, int]) -> None:
    now = timezone.now()
    recruiter = f.make_user(Role.RECRUITER)
    application = f.make_application(requisition=f.make_requisition(recruiter=recruiter, now=now), now=now)
    asked = f.make_message(application, body=QUESTION, now=now - timedelta(hours=1))
    for number in range(30):
        f.make_note(application, recruiter, body=f"Note {number}", now=now - timedelta(days=1))
    page = window(*size)
    client = Client()
    client.force_login(recruiter)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    page.goto(f"/applications/{application.pk}/#write")
    page.wait_for_selector("[name=write-body]:focus")
    boxes = page.evaluate(
        """() => {
            const lines = (area) => (area.clientHeight - 16) / parseFloat(getComputedStyle(area).lineHeight);
            const question = document.querySelector("#write .asked blockquote").getBoundingClientRect();
            return [question.top >= 0 && question.bottom <= innerHeight, lines(document.activeElement) >= 9.9];
        }"""
    )
    assert boxes == [True, True]

    assert page.evaluate("document.activeElement.value.slice(0, document.activeElement.selectionStart)") == (
        f"Hello {application.candidate.first_name},\n\n"
    )
    page.click("#write [data-quote]")
    page.keyboard.type("Yes, please.")
    written = page.input_value("[name=write-body]")
    assert "> May I send you a newer certificate?\n> I got it last week.\n\nYes, please.\n" in written

    page.evaluate("window.scrollBy({top: -40, behavior: 'instant'})")
    before = page.evaluate("scrollY")
    page.evaluate("document.querySelector('#write button.btn-primary').click()")
    page.wait_for_selector(".toast-note:has-text('on its way')")
    page.wait_for_timeout(200)
    after, most = page.evaluate("[scrollY, document.scrollingElement.scrollHeight - innerHeight]")
    assert abs(after - min(before, most)) <= 2
    assert Message.objects.filter(direction="out").count() == 1
    asked.refresh_from_db()
    assert asked.answered_at is not None
