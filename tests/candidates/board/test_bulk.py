"""Writing to many, rejecting many, asking a manager about many, ending a role."""

import json
from typing import Any

import pytest
import time_machine

from ats.accounts.models import Role, User
from candidates.applications.actions.bulk import sweep
from candidates.models import Application, Message, Promise, Review
from tests import factories as f
from tests.candidates.helpers import days, hours, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/requisitions/1/board/"}


@pytest.fixture
def three(role: Any) -> list[Application]:
    people = [f.make_candidate(first_name=name) for name in ("Ada", "Ben", "Cleo")]
    return [f.make_application(requisition=role, candidate=person) for person in people]


def post(client: Any, role: Any, what: str, applications: list[Application], **more: Any) -> Any:
    data = {"application": [row.pk for row in applications], **more}
    return client.post(f"/requisitions/{role.pk}/board/{what}/", data, **HTMX)


def test_a_message_to_many_is_one_to_each_in_their_name(
    desk: Any, role: Any, three: list[Application]
) -> None:
    form = post(desk, role, "message", three)
    assert "Write to 3 people" in form.content.decode()

    words = {"subject": "News", "body": "Hello {{ candidate.first_name }}, we are on it."}
    seen = post(desk, role, "message", three, preview="1", **words)
    assert "Hello Ada, we are on it." in seen.content.decode()
    assert Message.objects.count() == 0

    answer = post(desk, role, "message", three, **words)

    assert answer.status_code == 204
    assert "Wrote to 3 people." in answer["HX-Trigger"]
    assert sorted(Message.objects.values_list("body", flat=True)) == [
        f"Hello {name}, we are on it." for name in ("Ada", "Ben", "Cleo")
    ]


def test_many_are_rejected_with_a_message_each(desk: Any, role: Any, three: list[Application]) -> None:
    reason = f.make_reason(candidate_text="The seat is taken.")
    form = post(desk, role, "reject", three[:2]).content.decode()
    assert "Do not go on with 2 people" in form
    assert "{{ reason }}" in form

    words = {"subject": "Your application", "body": "Hello {{ candidate.first_name }}. {{ reason }}"}
    answer = post(desk, role, "reject", three[:2], reason=reason.code, **words)

    assert "Decided, and will tell 2 people." in answer["HX-Trigger"]
    assert [row.state for row in Application.objects.order_by("pk")] == ["rejected", "rejected", "active"]
    assert [mail.text.split("\n")[0] for mail in mails("application.rejected")] == [
        "Hello Ada. The seat is taken.",
        "Hello Ben. The seat is taken.",
    ]


def test_a_mistake_keeps_what_was_written_and_decides_nothing(
    desk: Any, role: Any, three: list[Application]
) -> None:
    answer = post(desk, role, "reject", three, subject="Yours", body="Kept {{ words }}", reason="")

    assert answer.status_code == 422
    assert "Kept {{ words }}" in answer.content.decode()
    assert Application.objects.active().count() == 3


def test_nobody_of_another_role_is_touched(desk: Any, role: Any) -> None:
    stranger = f.make_application()
    answer = post(desk, role, "reject", [stranger], reason=f.make_reason().code, subject="No", body="No")

    stranger.refresh_from_db()
    assert stranger.state == "active"
    assert "Nobody is selected any more" in answer.content.decode()


@pytest.mark.parametrize("what", ["message", "reject", "ask"])
def test_a_manager_does_none_of_it(client: Any, role: Any, three: list[Application], what: str) -> None:
    client.force_login(role.hiring_manager)
    assert post(client, role, what, three, subject="x", body="x").status_code == 404


def test_the_manager_is_asked_about_all_of_them_as_one_slate(
    desk: Any, role: Any, three: list[Application]
) -> None:
    answer = post(desk, role, "ask", three)

    assert "is asked for a view on 3 candidates" in answer["HX-Trigger"]
    assert Review.objects.filter(reviewer=role.hiring_manager).count() == 3
    assert Review.objects.values("slate").distinct().count() == 1


# --- Ending a role


def test_ending_a_role_says_whom_it_touches_and_tells_each(
    desk: Any, role: Any, three: list[Application]
) -> None:
    page = desk.get(f"/requisitions/{role.pk}/close/").content.decode()
    assert "3 people are still in play" in page
    assert "Ada Example" in page

    words = {"subject": "The role", "body": "Hello {{ candidate.first_name }}. {{ reason }}"}
    facts = {
        "new_state": "closed",
        "reason": "role-closed",
        "end_reason": "The budget went elsewhere",
        **words,
    }
    seen = desk.post(f"/requisitions/{role.pk}/close/", facts | {"preview": "1"})
    assert "Hello Ada. We have decided not to fill this role." in seen.content.decode()
    assert Application.objects.active().count() == 3

    answer = desk.post(f"/requisitions/{role.pk}/close/", facts)

    role.refresh_from_db()
    assert (answer.status_code, role.state, role.end_reason) == (302, "closed", "The budget went elsewhere")
    assert Application.objects.active().count() == 0
    assert len(mails("application.rejected")) == 3


def test_ending_without_a_message_ends_nothing(desk: Any, role: Any, three: list[Application]) -> None:
    facts = {"new_state": "closed", "reason": "role-closed", "subject": "", "body": ""}
    answer = desk.post(f"/requisitions/{role.pk}/close/", facts)

    role.refresh_from_db()
    assert (answer.status_code, role.state) == (422, "open")


def test_a_role_that_is_over_leads_to_its_page(desk: Any, role: Any, recruiter: User) -> None:
    sweep(
        requisition_id=role.pk, reason="role-closed", message=("Over", "Over."), by=recruiter, now=f.NOW,
        new_state="closed",
    )  # fmt: skip
    assert desk.get(f"/requisitions/{role.pk}/close/").status_code == 302


def test_only_who_runs_a_role_ends_it(client: Any, role: Any) -> None:
    for user in (role.hiring_manager, f.make_user(Role.INTERVIEWER)):
        client.force_login(user)
        assert client.get(f"/requisitions/{role.pk}/close/").status_code == 404


def test_the_page_that_ends_a_role_leads_to_those_who_wait(
    desk: Any, role: Any, three: list[Application]
) -> None:
    page = desk.get(f"/requisitions/{role.pk}/end/").content.decode()
    assert "3 people are still waiting" in page
    assert f"/requisitions/{role.pk}/close/" in page


# --- Whom it touches, and the way back


def test_ten_are_named_and_the_others_counted(desk: Any, role: Any) -> None:
    many = [
        f.make_application(requisition=role, candidate=f.make_candidate(first_name=f"P{n}", last_name="X"))
        for n in range(13)
    ]
    first_ten = ", ".join(f"P{n} X" for n in range(10))
    for what in ("reject", "message"):
        form = post(desk, role, what, many).content.decode()
        assert f'<p class="whom">{first_ten} and 3 others</p>' in form
    two = post(desk, role, "reject", many[:2]).content.decode()
    assert '<p class="whom">P0 X and P1 X</p>' in two


def test_many_are_taken_back_into_their_columns_with_their_promises(
    desk: Any, role: Any, three: list[Application]
) -> None:
    apart = f.make_application(requisition=role, stage_kind="interview", due_at=days(4))
    ids = [three[0].pk, apart.pk]
    before = list(Application.objects.filter(pk__in=ids).order_by("pk").values_list("stage", flat=True))
    words = {"reason": f.make_reason(candidate_text="No.").code, "subject": "No", "body": "No. {{ reason }}"}
    post(desk, role, "reject", [three[1]], **words)  # another time, which stays as it is
    with time_machine.travel(hours(0.1)):
        answer = post(desk, role, "reject", [three[0], apart], **words)
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast["text"].startswith("Decided, and will tell 2 people. Ada Example")

    with time_machine.travel(hours(0.2)):
        back = desk.post(toast["undo"], **HTMX)

    assert "are in play again." in back["HX-Trigger"]
    assert "board-changed" in back["HX-Trigger"]
    rows = Application.objects.filter(pk__in=ids).order_by("pk")
    assert list(rows.values_list("state", "stage")) == [("active", stage) for stage in before]
    owed = Promise.objects.open().filter(application__in=ids).order_by("application")
    assert list(owed.values_list("what", "due_at")) == [
        ("First answer", Promise.objects.filter(application=ids[0]).earliest("pk").due_at),
        ("A time for your interview", days(4)),
    ]
    three[1].refresh_from_db()
    assert three[1].state == "rejected"
    states = {mail.application_id: mail.state for mail in mails("application.rejected")}
    assert states == {ids[0]: "cancelled", ids[1]: "cancelled", three[1].pk: "queued"}
    again = desk.post(toast["undo"], **HTMX)
    assert "Nothing of this is left to take back." in again["HX-Trigger"]


def test_a_colleague_takes_nothing_back_by_somebody_elses_address(
    desk: Any, client: Any, role: Any, three: list[Application]
) -> None:
    words = {"reason": f.make_reason(candidate_text="No.").code, "subject": "No", "body": "No."}
    undo = json.loads(post(desk, role, "reject", three, **words)["HX-Trigger"])["toast"]["undo"]
    client.force_login(f.make_user(Role.RECRUITER))
    client.post(undo, **HTMX)
    assert Application.objects.filter(state="rejected").count() == 3
    for at in ("", "x", "1.5", "99999999999999.000000"):
        assert client.post(undo.split("?")[0] + f"?at={at}", **HTMX).status_code in {200, 204, 409, 422}


def test_what_is_not_so_is_asked_about_once_for_all(desk: Any, role: Any, three: list[Application]) -> None:
    words = {"reason": "stronger-match", "subject": "No", "body": "We chose somebody else."}
    answer = post(desk, role, "reject", three, **words)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["claims_meant"]
    assert Application.objects.active().count() == 3
    post(desk, role, "reject", three, claims_meant="on", **words)
    assert Application.objects.active().count() == 0


def test_a_role_that_ends_says_nothing_that_is_not_so(desk: Any, role: Any, three: list[Application]) -> None:
    facts = {"new_state": "closed", "reason": "position-filled", "subject": "No", "body": "No."}
    answer = desk.post(f"/requisitions/{role.pk}/close/", facts)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
