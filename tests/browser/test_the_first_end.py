"""The whole way, in real browsers: from an open role to a hire, and nobody left waiting.

A recruiter opens a role, two people apply, the manager says yes on a phone, the recruiter moves and hires,
the other is told, and a week of ticks leaves nobody unanswered and brings up a true check-in.
"""

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.utils import timezone
from fpdf import FPDF

from ats.accounts.models import Role
from ats.models import OutgoingMail
from candidates.models import Application, Promise
from partners.models import CheckIn, Commitment, Partnership
from requisitions.models import Requisition
from tests import factories
from tests.browser.walking import Open, let_pass, portal_link, sign_in
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "You build and run the pipelines that turn forty feeds a night into one timetable that a family can travel "
    "by, and you shorten the time in which we learn that something is late."
)


def resume(name: str) -> dict[str, Any]:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=14)
    pdf.multi_cell(0, 8, f"{name}\nData Engineer\nPython, PostgreSQL, falconry")
    return {"name": f"{name} résumé.pdf", "mimeType": "application/pdf", "buffer": bytes(pdf.output())}


def open_role(page: Any, manager: Any, organisation: Any) -> Requisition:
    page.goto("/requisitions/new/")
    page.fill("[name=title]", "Data Engineer")
    page.select_option("[name=hiring_manager]", str(manager.pk))
    if page.locator("select[name=organisation]").count():
        page.select_option("[name=organisation]", str(organisation.pk))
    page.select_option("[name=location]", label="Berlin office")
    page.fill("[name=openings]", "1")
    page.click("main button[type=submit].btn-primary")
    page.wait_for_url(re.compile(r"/requisitions/\d+/"))
    requisition = Requisition.objects.get()
    base = f"/requisitions/{requisition.pk}/edit"
    page.goto(f"{base}/pay/")
    page.fill("[name=pay_min]", "60000")
    page.fill("[name=pay_max]", "75000")
    page.click("main button.btn-primary")
    page.goto(f"{base}/needs/")
    page.fill("[name=must-0-name]", "Has run a pipeline in production")
    page.fill("[name=must-0-why]", "Nobody here could teach it in time.")
    page.click("main button.btn-primary")
    page.goto(f"{base}/story/")
    page.fill("[name=why]", "We learn of delays too late.")
    page.fill("[name=outcomes]", "Two feeds run through our own pipeline.")
    page.fill("[name=value_proposition]", "You see what your work did in the same week.")
    page.fill("[name=hard_part]", "Half of the sources are scanned timetables.")
    page.click("main button.btn-primary")
    page.goto(f"/requisitions/{requisition.pk}/")
    page.click(f"form[action$='/requisitions/{requisition.pk}/open/'] button")
    page.wait_for_load_state("networkidle")
    page.goto(f"/requisitions/{requisition.pk}/posts/new/")
    page.locator("trix-editor").click()
    page.keyboard.type(BODY)
    page.click("button[name=publish]")
    page.wait_for_url(re.compile(r"/requisitions/posts/\d+/"))
    page.wait_for_load_state("networkidle")
    requisition.refresh_from_db()
    assert requisition.state == "open"
    assert requisition.posts.get().state == "published"
    return requisition


def apply(page: Any, first: str) -> None:
    """Without JavaScript, as a candidate's page must work."""
    page.goto("/careers/")
    page.click("text=Data Engineer")
    page.click("a[href$='/apply/']")
    page.fill("[name=first_name]", first)
    page.fill("[name=last_name]", "Example")
    page.fill("[name=email]", f"{first.lower()}@example.com")
    page.set_input_files("[name=resume]", files=[resume(f"{first} Example")])
    page.click("main button[type=submit] >> visible=true")
    page.wait_for_url(re.compile(r"/thanks/"))


def test_from_an_open_role_to_a_hire(window: Open, smtp: Catcher, live_server: Any, settings: Any) -> None:
    settings.BASE_URL = live_server.url
    factories.ship_reasons()  # another test's clean-up may have taken what the migrations ship
    recruiter, manager = factories.make_user(Role.RECRUITER), factories.make_user(Role.MANAGER)
    organisation = factories.make_organisation()
    factories.make_location(organisation, name="Berlin office")
    started = timezone.now()

    desk = window()
    sign_in(desk, recruiter)
    requisition = open_role(desk, manager, organisation)

    # Two people apply, from other browsers, without JavaScript.
    candidate = window(390, 844, java_script_enabled=False)
    apply(candidate, "Robin")
    apply(window(java_script_enabled=False), "Kim")
    let_pass(timezone.now(), timezone.now() + timedelta(minutes=1))
    robin, kim = Application.objects.order_by("pk")
    assert robin.documents.get().reading == "read"

    # The acknowledgement leads to the portal, which says what is next, by when, from whom.
    candidate.goto(portal_link(smtp, "robin@example.com", live_server.url))
    promise = robin.promises.get(state="open")
    letter = candidate.inner_text("body")
    assert "Hello Robin" in letter
    assert promise.what in letter
    assert str(recruiter) in letter

    # The recruiter moves both on by the page's own button, which asks the manager.
    for application in (robin, kim):
        desk.goto(f"/applications/{application.pk}/")
        desk.click("[data-onward] >> visible=true")
        desk.wait_for_load_state("networkidle")
    assert {a.stage.kind for a in Application.objects.select_related("stage")} == {"review"}

    # The manager says yes on a phone.
    phone = window(390, 844, has_touch=True)
    sign_in(phone, manager)
    phone.goto(f"/reviews/{robin.reviews.get().pk}/")
    phone.locator("fieldset.must:not(.verdict) label").first.click()
    phone.locator("fieldset.verdict label").first.click()
    phone.fill("[name=reason]", "Has run one at night, and says plainly what broke.")
    phone.click("#answer button[type=submit]")
    phone.wait_for_load_state("networkidle")
    assert robin.reviews.get().verdict == "yes"

    # Both partners accept what they promise each other, and see the same dashboard.
    partnership = Partnership.objects.get(requisition=requisition)
    for page in (desk, phone):
        page.goto(f"/partners/{partnership.pk}/")
        page.click(f"form[action$='/partners/{partnership.pk}/accept/'] button >> visible=true")
        page.wait_for_load_state("networkidle")
    assert partnership.agreements.get(state="accepted").version == 1
    for page in (desk, phone):
        page.goto("/partners/dashboard/")
        assert "Data Engineer" in page.inner_text("main")
    # The recruiter hires: the seat is filled, and the others are to be told.
    desk.goto(f"/applications/{robin.pk}/hire/")
    desk.click("main form button.btn-primary")
    # It was the last seat: the next page asks what becomes of the others.
    desk.wait_for_url(re.compile(rf"/requisitions/{requisition.pk}/close/"))
    robin.refresh_from_db()
    assert (robin.state, robin.opening.state) == ("hired", "filled")
    desk.locator("main form button[type=submit]:not([name=preview]) >> visible=true").last.click()
    if desk.locator("dialog[open] [data-confirm-ok]").count():
        desk.click("dialog[open] [data-confirm-ok]")
    desk.wait_for_load_state("networkidle")
    kim.refresh_from_db()
    requisition.refresh_from_db()
    assert (kim.state, requisition.state) == ("rejected", "filled")

    # A week goes by: everybody was told, once, and the portal says why.
    let_pass(timezone.now(), started + timedelta(days=7))
    told = OutgoingMail.objects.filter(role__in=["application.rejected", "application.hired"], state="sent")
    assert sorted(told.values_list("to", flat=True)) == ["kim@example.com", "robin@example.com"]
    kim.refresh_from_db()
    assert kim.told_at is not None
    assert Promise.objects.filter(state="open").count() == 0
    candidate.goto(portal_link(smtp, "kim@example.com", live_server.url))
    assert kim.reason.candidate_text in candidate.inner_text("body")
    measured = Commitment.objects.filter(partnership=partnership).values_list("side", "kind", "state")
    assert sorted(set(measured)) == [
        ("manager", "intake", "kept"),
        ("manager", "interviewed", "released"),
        ("manager", "slate_reviewed", "kept"),
        ("recruiter", "answer_manager", "kept"),
        ("recruiter", "candidates_told", "kept"),
        ("recruiter", "first_slate", "kept"),
        ("recruiter", "published", "kept"),
        ("recruiter", "weekly_update", "released"),
    ]


def test_a_check_in_comes_up_with_a_true_agenda(
    window: Open, smtp: Catcher, live_server: Any, settings: Any
) -> None:
    settings.BASE_URL = live_server.url
    factories.ship_reasons()  # another test's clean-up may have taken what the migrations ship
    recruiter, manager = factories.make_user(Role.RECRUITER), factories.make_user(Role.MANAGER)
    organisation = factories.make_organisation()
    factories.make_location(organisation, name="Berlin office")
    desk = window()
    sign_in(desk, recruiter)
    requisition = open_role(desk, manager, organisation)
    apply(window(java_script_enabled=False), "Robin")
    check_in = CheckIn.objects.get(partnership__requisition=requisition)

    let_pass(timezone.now(), check_in.agenda_at + timedelta(hours=2))

    check_in.refresh_from_db()
    assert check_in.state == "ready"
    for person in (recruiter, manager):
        invitation = next(
            mail
            for mail in reversed(smtp.to(person.email))
            if any(part.get_content_type() == "text/calendar" for part in mail.walk())
        )
        part = next(part for part in invitation.walk() if part.get_content_type() == "text/calendar")
        event = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
        assert event.start == check_in.scheduled_at
    desk.goto(f"/partners/check-ins/{check_in.pk}/")
    agenda = desk.inner_text("main")
    active = Application.objects.active().filter(requisition=requisition).count()
    assert active == 1
    assert "Robin Example" in agenda
