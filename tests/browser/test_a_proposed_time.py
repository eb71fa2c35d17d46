"""An interviewer proposes another time from their calendar, and the recruiter takes it with one click."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.mail import inbound
from candidates.models import Interview, ProposedTime
from candidates.scheduling import actions as booking
from candidates.scheduling.domain.slots import all_slots
from candidates.scheduling.queries import availability
from tests import factories
from tests.browser.walking import Open, enter
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import plan
from tests.candidates.scheduling.counters import counter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def booked(now: datetime) -> tuple[Interview, datetime]:
    """An interview at the first time that suits, and the last one in its two weeks."""
    role = factories.make_requisition(now=now, title="Data Engineer")
    ada = factories.make_user(Role.INTERVIEWER, name="Ada Example", email="ada@example.com")
    factories.add_member(role, ada, "interviewer")
    candidate = factories.make_candidate(first_name="Robin", last_name="Vogel", email="robin@example.com")
    application = factories.make_application(
        candidate=candidate, requisition=role, stage_kind="interview", now=now
    )
    planned = plan(role, ada)
    times = all_slots(availability.search(application, availability.needs_of([planned]), now=now))
    interview = booking.book(
        application_id=application.pk,
        planned_id=planned.pk,
        starts_at=times[0].starts_at,
        by=role.recruiter,
        now=now,
    )
    return interview, times[-1].starts_at


def test_a_proposed_time_is_taken(window: Open) -> None:
    now = timezone.now()
    interview, wanted = booked(now)
    role = interview.application.requisition
    file = counter(
        interview, f"DTSTART:{wanted.astimezone(UTC):%Y%m%dT%H%M%SZ}", "", comment="A dentist, sorry"
    )
    head = b"From: ada@example.com\r\nContent-Type: text/calendar; method=COUNTER\r\n\r\n"
    inbound.take_in(head + file, now)

    desk = window()
    enter(desk, role.recruiter)
    desk.goto("/")
    assert "Ada Example proposes another time for Conversation 1" in desk.locator("main").inner_text()
    desk.get_by_role("link", name="Look at it").first.click()
    desk.wait_for_url(f"**/interviews/applications/{interview.application_id}/")
    card = desk.locator(".proposed")
    assert "A dentist, sorry" in card.inner_text()
    assert "Everybody is free then." in card.inner_text()
    card.get_by_role("button", name="Take this time").click()
    desk.wait_for_selector("text=Everybody is told.")
    desk.wait_for_load_state("networkidle")
    assert desk.locator(".proposed").count() == 0

    interview.refresh_from_db()
    assert interview.starts_at == wanted
    assert ProposedTime.objects.get().state == "taken"
    assert [mail.to for mail in mails("interviewer.moved")] == ["ada@example.com"]
    assert [mail.to for mail in mails("interview.moved")] == ["robin@example.com"]

    phone = window(390, 844)
    enter(phone, interview.seats.get().user)
    phone.goto(f"/calendar/interviews/{interview.pk}/")
    assert "You have accepted" in phone.locator("main").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
