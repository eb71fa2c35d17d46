"""From an interview plan to a signed offer, in real browsers.

A plan from a template, its kit checked; the candidate books a panel from another time zone and moves it
once; four write down what they saw without seeing each other's; the debrief decides; an offer above the
range goes through compensation; the candidate signs, the seat is filled and the other one is told.
"""

from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.utils import timezone

from ats.accounts.models import Role
from ats.approvals.actions import lay_chain
from ats.approvals.domain.chains import Wanted
from ats.models import OutgoingMail
from candidates.models import Application, HireRecord, Interview, Offer, Scorecard
from requisitions.models import PlannedInterview, Requisition
from tests import factories
from tests.browser.walking import Open, confirm, enter, let_pass, portal_link, sign_in
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MUSTS = ("Has run a pipeline in production", "Says plainly what broke")


class Cast:
    """Who takes part."""

    def __init__(self, now: datetime) -> None:
        self.recruiter = factories.make_user(Role.RECRUITER)
        self.manager = factories.make_user(Role.MANAGER)
        self.lead = factories.make_user(Role.LEAD)
        self.panel = [self.manager, *(factories.make_user(Role.INTERVIEWER) for _ in range(3))]
        self.requisition = factories.make_requisition(
            recruiter=self.recruiter, manager=self.manager, must_haves=MUSTS, now=now, title="Data Engineer"
        )
        for user in self.panel[1:]:
            factories.add_member(self.requisition, user, "interviewer")
        for name in ("robin", "kim"):
            candidate = factories.make_candidate(
                first_name=name.title(), last_name="Example", email=f"{name}@example.com"
            )
            factories.make_application(
                candidate=candidate,
                requisition=self.requisition,
                stage_kind="interview" if name == "robin" else "applied",
                now=now,
            )
        self.robin, self.kim = Application.objects.order_by("pk")
        lay_chain.lay(
            kind="offer",
            organisation=None,
            steps=[Wanted(turn=1, person=self.lead, label="Compensation", condition="above_range")],
            hours=8,
            mail_links=True,
            by=factories.make_user(Role.ADMIN),
            now=now,
        )


def lay_plan(desk: Any, cast: Cast) -> PlannedInterview:
    """From a template; one interview of it becomes the panel that assesses both must-haves."""
    requisition: Requisition = cast.requisition
    desk.goto(f"/requisitions/{requisition.pk}/plan/")
    desk.click("summary:has-text('Templates')")
    desk.locator("form[action$='/plan/template/'] button").first.click()
    confirm(desk)
    rows = requisition.planned_interviews.filter(retired=False, interviewers_needed=2)
    for _ in range(100):  # the page may be called idle before the form has left
        if rows.exists():
            break
        desk.wait_for_timeout(150)
    planned = rows.first()
    assert planned is not None
    desk.goto(f"/requisitions/planned/{planned.pk}/")
    for user in cast.panel:
        desk.check(f"[name=interviewer_ids][value='{user.pk}']")
    desk.fill("[name=interviewers_needed]", "4")
    desk.fill("[name=video_link]", "https://meet.example.com/panel")
    desk.click("main form.plan-form button.btn-primary")
    desk.wait_for_load_state("networkidle")
    desk.goto(f"/requisitions/planned/{planned.pk}/kit/")
    for box in desk.locator("[name=criterion_ids]").all():
        box.check()
    # A question that must not be asked is seen while it is typed, and kept only knowingly.
    first = desk.locator("[data-repeated-row] textarea").first
    asked = first.input_value()
    asking = "How old are you, and do you plan to have children?"
    with desk.expect_response("**/settings/wording/check/"):
        first.fill(asking)
    desk.locator("[data-repeated-row]").first.locator("text=/[Aa]ge/").first.wait_for()
    desk.click("main form.plan-form button.btn-primary")
    desk.wait_for_selector("text=These words would be unlawful.")
    desk.locator("[data-repeated-row] textarea").first.fill(asked)
    desk.click("main form.plan-form button.btn-primary")
    desk.wait_for_url(f"**/requisitions/{requisition.pk}/plan/*")
    planned.refresh_from_db()
    assert sorted(planned.criteria.values_list("name", flat=True)) == sorted(MUSTS)
    assert planned.interviewers.count() == 4
    return planned


def events_for(smtp: Catcher, address: str) -> list[Any]:
    """Every calendar event that this address was sent, in order, with its method."""
    found = []
    for mail in smtp.to(address):
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                file = icalendar.Calendar.from_ical(part.get_payload(decode=True))
                assert part.get_param("method") == str(file["method"])
                found.append((str(file["method"]), file.walk("VEVENT")[0]))
                break
    return found


def pick(page: Any, nth: int) -> None:
    page.locator("label.slot").nth(nth).click()


def book_from_far_away(candidate: Any, smtp: Catcher, base: str) -> Interview:
    """On a phone, without JavaScript, by the clock of New York; then it is moved once."""
    candidate.goto(portal_link(smtp, "robin@example.com", base))
    candidate.click("a[href*='/times/'] >> visible=true")
    candidate.select_option("[name=time_zone]", "America/New_York")
    candidate.click("form.zone button")
    assert "New York" in candidate.inner_text("main")
    pick(candidate, 0)
    candidate.click("main button:has-text('Book this time')")
    return Interview.objects.get()


def move_once(candidate: Any, interview: Interview, smtp: Catcher, base: str) -> None:
    candidate.goto(portal_link(smtp, "robin@example.com", base) + f"interviews/{interview.pk}/")
    candidate.click("text=Change the time")
    pick(candidate, 5)
    candidate.fill("[name=reason]", "My train arrives later.")
    candidate.click("main button:has-text('Change to this time')")
    interview.refresh_from_db()


def check_calendars(smtp: Catcher, cast: Cast, interview: Interview, was: datetime) -> None:
    """Everybody's file is one event that is updated in place."""
    for address in ("robin@example.com", *(user.email for user in cast.panel)):
        sent = events_for(smtp, address)
        assert [method for method, _ in sent] == ["REQUEST", "REQUEST"], address
        first, second = (event for _, event in sent)
        assert str(first["uid"]) == str(second["uid"])
        assert int(second["sequence"]) > int(first["sequence"])
        assert (first.start, second.start) == (was, interview.starts_at)


def score(window: Open, user: Any, interview: Interview, others: list[str]) -> str:
    """On a phone: what the others wrote is not there until one's own is in."""
    phone = window(390, 844, has_touch=True)
    enter(phone, user)
    card = Scorecard.objects.get(interview=interview, interviewer=user)
    phone.goto(f"/scorecards/debrief/{interview.application_id}/")
    page = phone.content()
    assert [text for text in others if text in page] == []
    phone.goto(f"/scorecards/{card.pk}/")
    mine = f"Found the wrong calendar within minutes, as {user.name} saw."
    for place in range(card.marks.count()):
        phone.locator(f"label.choice:has([name=rating_{place}][value=yes])").click()
        phone.fill(f"[name=evidence_{place}]", mine)
    phone.locator("label.choice:has([name=recommendation][value=strong_yes])").click()
    phone.fill("[name=reason]", "Has done exactly this.")
    phone.click("button[name=hand_in]")
    phone.wait_for_load_state("networkidle")
    card.refresh_from_db()
    assert card.state == "submitted"
    phone.goto(f"/scorecards/debrief/{interview.application_id}/")
    page = phone.content()
    assert [text for text in others if text not in page] == []
    return mine


def decide(window: Open, cast: Cast) -> None:
    page = window()
    enter(page, cast.manager)
    page.goto(f"/scorecards/debrief/{cast.robin.pk}/")
    page.locator("label.choice:has([name=outcome][value=offer])").click()
    page.fill("[name=reason]", "Four of us saw both must-haves.")
    page.click("main button:has-text('Decide')")
    page.wait_for_load_state("networkidle")
    assert cast.robin.debriefs.get().outcome == "offer"


def make_offer(desk: Any, window: Open, cast: Cast) -> Offer:
    """Above the range: it goes through compensation, and only then to the candidate."""
    desk.goto(f"/offers/new/{cast.robin.pk}/")
    desk.fill("[name=pay]", "95000")
    desk.fill("[name=range_reason]", "They run this load today.")
    desk.fill("[name=starts_on]", (timezone.now() + timedelta(days=60)).date().isoformat())
    letter = desk.input_value("[name=letter]")
    desk.locator("[data-put]").first.click()
    assert len(desk.input_value("[name=letter]")) > len(letter)
    desk.fill("[name=letter]", letter)
    desk.click("main form.card button.btn-primary")
    desk.wait_for_url("**/offers/*/")
    offer = Offer.objects.get()
    desk.click("button:has-text('Ask for approval')")
    desk.wait_for_load_state("networkidle")
    offer.refresh_from_db()
    assert offer.state == "approval"
    phone = window(390, 844, has_touch=True)
    enter(phone, cast.lead)
    phone.goto("/approvals/")
    phone.locator("main a[href*='/approvals/']").first.click()
    phone.click("main button:has-text('Approve') >> visible=true")
    phone.wait_for_load_state("networkidle")
    offer.refresh_from_db()
    assert offer.state == "approved"
    desk.goto(f"/offers/{offer.pk}/")
    desk.click("button:has-text('Send to Robin')")
    confirm(desk)
    offer.refresh_from_db()
    assert offer.state == "sent"
    return offer


def sign(candidate: Any, link: str, offer: Offer) -> None:
    candidate.goto(f"{link}offers/{offer.pk}/")
    assert "95" in candidate.inner_text("dl.offer-terms")
    candidate.click("text=Accept this offer")
    candidate.fill("[name=typed_name]", "Robin Example")
    candidate.click("main button:has-text('Accept the offer')")
    assert "You are joining us" in candidate.inner_text("body")
    offer.refresh_from_db()
    assert (offer.state, offer.signature.typed_name) == ("accepted", "Robin Example")
    assert offer.signature.document_sha256 == offer.documents.get(kind="letter").sha256


def test_from_a_plan_to_a_signed_offer(window: Open, smtp: Catcher, live_server: Any, settings: Any) -> None:
    settings.BASE_URL = live_server.url
    cast = Cast(timezone.now())
    desk = window()
    sign_in(desk, cast.recruiter)
    planned = lay_plan(desk, cast)

    desk.goto(f"/interviews/applications/{cast.robin.pk}/?planned={planned.pk}")
    desk.click("summary:has(#ask)")
    desk.click("main button:has-text('Ask Robin')")
    desk.wait_for_load_state("networkidle")
    assert cast.robin.booking_requests.get().state == "open"
    let_pass(timezone.now(), timezone.now() + timedelta(minutes=1))
    candidate = window(390, 844, java_script_enabled=False)
    interview = book_from_far_away(candidate, smtp, live_server.url)
    assert interview.seats.filter(released=False).count() == 4
    cast.robin.candidate.refresh_from_db()
    assert cast.robin.candidate.time_zone == "America/New_York"
    let_pass(timezone.now(), timezone.now() + timedelta(minutes=1))
    was = interview.starts_at
    move_once(candidate, interview, smtp, live_server.url)
    assert interview.starts_at != was
    let_pass(timezone.now(), timezone.now() + timedelta(minutes=1))
    check_calendars(smtp, cast, interview, was)

    with time_machine.travel(interview.ends_at + timedelta(minutes=10), tick=True):
        let_pass(timezone.now(), timezone.now() + timedelta(minutes=1))
        interview.refresh_from_db()
        assert interview.state == "held"
        seen: list[str] = []
        for user in cast.panel:
            seen.append(score(window, user, interview, seen))
        decide(window, cast)
        desk = window()
        enter(desk, cast.recruiter)
        offer = make_offer(desk, window, cast)
        sent_at = offer.sent_at

    with time_machine.travel(sent_at + timedelta(hours=1), tick=True):
        let_pass(timezone.now() - timedelta(hours=1), timezone.now() + timedelta(minutes=1))
        sign(candidate, portal_link(smtp, "robin@example.com", live_server.url), offer)
        cast.robin.refresh_from_db()
        assert (cast.robin.state, cast.robin.opening.state) == ("hired", "filled")
        assert HireRecord.objects.get().state == "expected"

        # The others are told by a considered sweep, not by a machine.
        cast.kim.refresh_from_db()
        assert cast.kim.state == "active"
        desk = window()
        enter(desk, cast.recruiter)
        desk.goto(f"/requisitions/{cast.requisition.pk}/close/")
        desk.locator("main form button[type=submit]:not([name=preview]) >> visible=true").last.click()
        if desk.locator("dialog[open] [data-confirm-ok]").count():
            confirm(desk)
        desk.wait_for_load_state("networkidle")
        cast.kim.refresh_from_db()
        assert cast.kim.state == "rejected"
        let_pass(timezone.now(), timezone.now() + timedelta(days=4))
    told = OutgoingMail.objects.filter(role="application.rejected", state="sent")
    assert list(told.values_list("to", flat=True)) == ["kim@example.com"]
