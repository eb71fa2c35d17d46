"""The pages of bulk runs: from the dialogue to the table that one takes along."""

import io
import re
import uuid
import zipfile
from typing import Any

import pytest

from ats.accounts.models import User
from ats.activity.models import Activity
from candidates.bulk import actions
from candidates.bulk.models import BulkItem, BulkRun
from candidates.models import Application
from tests import factories as f
from tests.candidates.bulk.test_runs import begun, people, prepared, to
from tests.candidates.helpers import hours, run_lane

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTMX = {"HTTP_HX_REQUEST": "true"}


def ask(client: Any, filters: str = "", **data: Any) -> Any:
    return client.post(f"/bulk/new/{filters}", data, **HTMX)


def test_what_is_filled_in_leads_to_whom_it_touches(desk: Any, role: Any) -> None:
    rows = people(role, 2)
    chosen = {"person": [row.candidate_id for row in rows], "kind": "move"}
    form = ask(desk, **chosen).content.decode()
    assert "Move: 2 people" in form
    key = re.search(r'name="key" value="([^"]+)"', form)[1]

    sent = chosen | {"key": key, "to": f"stage:{f.stage(role, 'interview').pk}"}
    first, again = ask(desk, **sent), ask(desk, **sent)

    run = BulkRun.objects.get()
    assert (first["HX-Redirect"], again["HX-Redirect"]) == (f"/bulk/{run.pk}/",) * 2
    page = desk.get(f"/bulk/{run.pk}/").content.decode()
    assert "It would be done with <strong>2</strong> people." in page
    assert "Person1, Person0" in page
    assert Application.objects.filter(stage__kind="interview").count() == 0


def test_everybody_found_is_the_filter_itself(desk: Any, role: Any) -> None:
    people(role, 3)
    f.make_application()
    sent = {"everybody": "1", "kind": "tag", "key": uuid.uuid4(), "tags": "Rust, rust"}
    ask(desk, f"?requisition={role.pk}", **sent)

    assert (BulkItem.objects.count(), BulkRun.objects.get().parameters) == (
        3,
        {"tags": ["rust"], "adds": True},
    )


def test_a_column_of_the_board_is_meant_with_its_filter(desk: Any, role: Any) -> None:
    people(role, 3)
    sent = {
        "everyone": f.stage(role, "applied").pk, "requisition_of": role.pk, "kind": "export", "key": uuid.uuid4()
    }  # fmt: skip
    ask(desk, "?q=Person1", **sent)

    assert BulkItem.objects.count() == 1


def test_a_form_with_a_gap_is_asked_again(desk: Any, role: Any) -> None:
    rows = people(role, 1)
    sent = {"application": [rows[0].pk], "key": uuid.uuid4(), "subject": "News", "body": ""}
    answer = ask(desk, kind="message", **sent)
    assert (answer.status_code, BulkRun.objects.count()) == (422, 0)
    seen = ask(desk, kind="message", **sent | {"body": "Hello {{ candidate.first_name }}.", "preview": "1"})
    assert "Hello Person0." in seen.content.decode()


@pytest.mark.parametrize(
    "hostile", [{"person": ["x", "-1", "9" * 40]}, {"everyone": "1", "requisition_of": "0"}]
)
def test_nobody_is_chosen_by_nonsense(desk: Any, hostile: dict[str, Any]) -> None:
    answer = ask(desk, kind="export", key="no key", **hostile)
    assert answer.status_code in {404, 422}
    assert BulkRun.objects.count() == 0


def test_the_pill_follows_and_tells_once_how_it_ended(desk: Any, role: Any, recruiter: User) -> None:
    run = prepared("move", people(role, 2), recruiter, **to(role, "interview"))
    assert 'id="bulk-pill"' not in desk.get("/candidates/").content.decode()
    desk.post(f"/bulk/{run.pk}/start/")
    assert 'id="bulk-pill"' in desk.get("/candidates/").content.decode()
    assert "0 of 2" in desk.post("/bulk/mine/").content.decode()
    assert "0 of 2" in desk.get(f"/bulk/{run.pk}/progress/", **HTMX).content.decode()

    run_lane("bulk", hours(1))

    assert desk.get(f"/bulk/{run.pk}/progress/", **HTMX)["HX-Retarget"] == "#run"
    told = desk.post("/bulk/mine/")
    assert (told.status_code, "Move to Interview: 2 of 2." in told["HX-Trigger"]) == (286, True)
    assert desk.post("/bulk/mine/").content.strip() == b""
    assert 'id="bulk-pill"' not in desk.get("/candidates/").content.decode()


def test_a_table_of_people_is_taken_along_as_they_are_now(desk: Any, role: Any, recruiter: User) -> None:
    rows = people(role, 2)
    run = begun("export", rows, recruiter)
    run_lane("bulk", hours(1))
    rows[0].candidate.first_name = "=HYPERLINK(1)"
    rows[0].candidate.save(update_fields=["first_name"])

    told = desk.get(f"/bulk/{run.pk}/table/").content.decode("utf-8-sig").split("\r\n")
    assert told[0].startswith("Name,E-mail,")
    assert sorted(line.split(" ")[0] for line in told[1:3]) == ["'=HYPERLINK(1)", "Person1"]
    assert "Data engineer (Applied)" in told[1]

    book = zipfile.ZipFile(io.BytesIO(desk.get(f"/bulk/{run.pk}/table/?as=xlsx").content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == 3
    assert ">=HYPERLINK(1) " in sheet
    assert "<f>" not in sheet
    assert Activity.objects.filter(verb="bulk.exported", data__number=2).count() == 2


def test_everybody_of_a_run_page_by_page(desk: Any, role: Any, recruiter: User) -> None:
    run = prepared("move", people(role, 101), recruiter, **to(role, "interview"))
    first = desk.get(f"/bulk/{run.pk}/people/?state=waiting").content.decode()
    after = re.search(r"after=(\d+)", first)[1]
    more = desk.get(f"/bulk/{run.pk}/people/?state=waiting&after={after}").content.decode()
    assert (first.count("data-item"), more.count("data-item")) == (100, 1)
    assert "Move to Interview" in desk.get("/bulk/").content.decode()


def test_what_is_not_wanted_is_left(desk: Any, role: Any, recruiter: User) -> None:
    run = prepared("move", people(role, 1), recruiter, **to(role, "interview"))
    assert desk.post(f"/bulk/{run.pk}/discard/")["Location"] == "/bulk/"
    assert BulkRun.objects.count() == 0


def test_others_find_nothing_there(client: Any, role: Any, recruiter: User) -> None:
    run = prepared("move", people(role, 1), recruiter, **to(role, "interview"))
    actions.start(run_id=run.pk, by=recruiter, now=f.NOW)
    client.force_login(role.hiring_manager)
    assert client.get(f"/bulk/{run.pk}/").status_code == 404
    assert client.post(f"/bulk/{run.pk}/stop/").status_code == 404
    assert "data-rows-bar" not in client.get("/candidates/").content.decode()


def test_a_no_that_says_what_is_not_so_is_asked_about_before_anybody_is_touched(desk: Any, role: Any) -> None:
    rows, reason = people(role, 2), f.make_reason()
    words = {
        "subject": "News",
        "body": "Hello {{ candidate.first_name }}, the role has been filled. {{ reason }}",
    }
    sent = {"application": [row.pk for row in rows], "key": uuid.uuid4(), "reason": reason.code, **words}

    asked = ask(desk, kind="reject", **sent)
    assert (asked.status_code, BulkRun.objects.count()) == (422, 0)
    assert "Yes, it is so all the same" in asked.content.decode()
    assert ask(desk, kind="reject", **sent, claims_meant="on").status_code == 200
    assert BulkRun.objects.get().parameters["claims_meant"] is True
