"""Two people whom an agency would put forward to a client: one says yes, one no, on a phone without script."""

from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from candidates.models import Submission
from tests import factories as f
from tests.browser.walking import Open, accessible, enter, kept, portal_link, settled
from tests.candidates.portal.helpers import open_for
from tests.candidates.submissions.parts import ask, put_forward, take_up
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")


def at_a_client(**facts: Any) -> Any:
    house = f.make_organisation(name="Nordwerk", is_client=True, client_since=timezone.now())
    return f.make_requisition(
        title="Welder",
        organisation=house,
        recruiter=f.make_user(name="Rita Recruiter"),
        manager=f.make_user(Role.MANAGER, name="Mara Manager"),
        now=timezone.now(),
        **facts,
    )


def asked(window: Open, role: Any, name: str) -> Any:
    """Taken up and asked, by the recruiter at their desk."""
    person = f.make_candidate(first_name=name, last_name="Example", email=f"{name.lower()}@example.com")
    application = take_up(person, role, now=timezone.now())
    ours = window(1440, 900)
    enter(ours, role.recruiter)
    ours.goto(f"/applications/{application.pk}/")
    ours.get_by_role("button", name="Ask for their yes").click()
    ours.get_by_text("they answer on their page").wait_for()
    engine.tick(timezone.now())
    return application


def test_the_clients_manager_sees_who_said_yes_and_nobody_else(
    window: Open, smtp: Catcher, live_server: Any
) -> None:
    role = at_a_client()
    manager = window(1440, 900)
    enter(manager, role.hiring_manager)
    yes, no = asked(window, role, "Robin"), asked(window, role, "Kim")
    assert manager.request.get(f"/applications/{yes.pk}/").status == 404
    manager.goto(f"/requisitions/{role.pk}/board/")
    assert manager.get_by_text("Robin Example").count() == 0

    for name, button in (("robin", "Yes, put me forward"), ("kim", "No, do not")):
        phone = window(390, 844, java_script_enabled=False)
        phone.goto(portal_link(smtp, f"{name}@example.com", live_server.url))
        phone.get_by_role("link", name="Read it and answer").click()
        phone.get_by_text("A no costs you nothing").wait_for()
        phone.get_by_role("button", name=button).click()
        phone.get_by_text("Thank you").wait_for()
    assert list(Submission.objects.order_by("pk").values_list("state", flat=True)) == ["forward", "no"]

    assert [manager.request.get(f"/applications/{each.pk}/").status for each in (yes, no)] == [200, 404]
    manager.goto(f"/requisitions/{role.pk}/board/")
    manager.get_by_text("Robin Example").first.wait_for()
    assert manager.get_by_text("Kim Example").count() == 0

    ours = window(1440, 900)
    enter(ours, role.recruiter)
    ours.goto(f"/applications/{no.pk}/")
    ours.get_by_role("button", name="End it kindly").click()
    ours.get_by_text("Ended. They are thanked.").wait_for()


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_question_is_for_every_eye(window: Open, axe: str, language: str) -> None:
    role = at_a_client()
    person = f.make_candidate(first_name="Robin", last_name="Example", language=language)
    application = take_up(person, role, now=timezone.now())
    ask(application, now=timezone.now())
    link = open_for(person)
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = window(width, height, color_scheme=scheme)
            for name, where in (("page", link), ("question", f"{link}put-forward/{application.pk}/")):
                page.goto(where)
                settled(page)
                kept(page, f"forward-{name}-{language}-{width}-{scheme}")
                accessible(page, axe)


def test_the_pages_of_it_are_for_every_eye(window: Open, axe: str) -> None:
    role = at_a_client()
    now = timezone.now()
    done, waiting = (take_up(f.make_candidate(first_name=name), role, now=now) for name in ("Robin", "Kim"))
    put_forward(done, now=now)
    f.make_requisition(recruiter=role.recruiter)
    admin = f.make_user(Role.ADMIN)
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = window(width, height, color_scheme=scheme)
            enter(page, admin)
            for name, where in (
                ("done", f"/applications/{done.pk}/"), ("waiting", f"/applications/{waiting.pk}/"),
                ("person", f"/candidates/{done.candidate_id}/"), ("list", "/submissions/"), ("day", "/"),
                ("organisation", f"/settings/organisations/{role.organisation_id}/"),
            ):  # fmt: skip
                page.goto(where)
                settled(page)
                kept(page, f"forward-{name}-{width}-{scheme}")
                accessible(page, axe)
