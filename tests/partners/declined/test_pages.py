"""The pages: recording from a warning, the record, what is added there, and who is named."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role
from ats.models import OutgoingMail
from ats.organisation.models import Department
from partners.models import DeclinedAddition, DeclinedReader, DeclinedRequest
from partners.partnerships.actions import begin
from requisitions.models import WordingRule
from requisitions.wording.queries import checks
from tests import factories as make
from tests.factories import NOW
from tests.partners.declined.helpers import declined, name, seen_by

pytestmark = pytest.mark.django_db
FACTS = {
    "asked_at": f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M}",
    "asked_how": "here",
    "asked": "No one over 40.",
    "subject": "Age",
    "ground": "illegal",
    "rule": "AGG § 7",
    "alternative": "By what they have done.",
}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def chosen(page: str, field: str) -> list[str]:
    """What is chosen in a select of the page."""
    (select,) = re.findall(rf'<select[^>]*name="{field}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="(\d+)" selected', select)


def test_the_form_knows_the_rule_that_warned_even_where_its_row_is_gone() -> None:
    """A process knows the rules for a minute: what it warned by is what the record begins with."""
    role = make.make_requisition()
    (found,) = checks.check("No one over 40, please.", use="note")
    WordingRule.objects.all().delete()

    page = signed_in(role.recruiter).get(f"/partners/declined/new/?rule={found.code}")

    assert page.context["form"].initial["subject"] == found.topic


def test_from_a_warning_the_form_knows_the_rule_the_role_and_who_leads_it() -> None:
    application = make.make_application()
    role = application.requisition
    client = signed_in(role.recruiter)
    (found,) = checks.check("No one over 40, please.", use="note")
    warned = client.post(
        "/settings/wording/check/",
        {"text": "No one over 40, please.", "use": "note", "role": role.pk, "application": application.pk},
    ).content.decode()
    (href,) = re.findall(r'href="([^"]*declined/new[^"]*)"', warned)
    path, _, words = href.replace("&amp;", "&").partition("#")

    page = client.get(path).content.decode()

    assert path == f"/partners/declined/new/?rule={found.code}&role={role.pk}&application={application.pk}"
    assert words == "asked=No%20one%20over%2040%2C%20please."
    assert chosen(page, "asked_by") == [str(role.hiring_manager_id)]
    assert chosen(page, "requisition") == [str(role.pk)]
    assert f'name="application" value="{application.pk}"' in page
    assert 'name="subject" value="Age"' in page
    assert found.alternative in page


@pytest.mark.parametrize(
    ("role", "about", "offered"),
    [(Role.RECRUITER, "7", 1), (Role.COORDINATOR, "7", 1), (Role.RECRUITER, "", 0), (Role.MANAGER, "7", 0)],
)
def test_only_who_recruits_reads_the_way_to_record_it(role: Role, about: str, offered: int) -> None:
    sent = {"text": "No one over 40, please.", "use": "note", "role": about}
    answer = signed_in(make.make_user(role)).post("/settings/wording/check/", sent)
    assert answer.content.decode().count("/partners/declined/new/") == offered


def test_whoever_leads_the_other_side_is_not_offered_it_on_the_pages_of_the_role() -> None:
    lead = make.make_user(Role.LEAD)
    role = make.make_requisition(manager=lead)
    pages = [
        signed_in(user).get(f"/requisitions/{role.pk}/edit/").content.decode()
        for user in (lead, role.recruiter)
    ]
    assert [page.count(f'data-wording-role="{role.pk}"') for page in pages] == [0, 1]


def test_it_is_put_on_record() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    client = signed_in(role.recruiter)
    sent = FACTS | {
        "asked_by": role.hiring_manager_id,
        "requisition": role.pk,
        "kept_from": [lead.pk],
    }

    wrong = client.post("/partners/declined/new/", sent | {"rule": ""})
    answer = client.post("/partners/declined/new/", sent)

    assert (wrong.status_code, "Say against which law or policy it is." in wrong.content.decode()) == (
        422,
        True,
    )
    record = DeclinedRequest.objects.get()
    assert answer["Location"] == f"/partners/declined/{record.pk}/"
    assert (record.asked_by, record.requisition, record.kept_from) == (role.hiring_manager, role, [lead.pk])
    assert (record.asked, record.recorded_by) == ("No one over 40.", role.recruiter)


def test_a_record_says_who_sees_it_and_takes_what_is_added() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD, name="Lea Lead")
    hr = make.make_user(Role.STAKEHOLDER, name="Hanna HR")
    name(hr=(hr,))
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk)
    client, path = signed_in(role.recruiter), f"/partners/declined/{record.pk}/"

    said = re.sub(r"<[^>]+>", "", client.get(path).content.decode())
    assert f"Seen by {role.recruiter}, Hanna HR and Lea Lead." in said
    assert client.post(f"{path}add/", {"kind": "outcome", "text": ""}).status_code == 422
    assert client.post(f"{path}add/", {"kind": "outcome", "text": "Dropped."})["Location"] == path
    assert client.post(f"{path}answer/", {"answer-text": "Another way."})["Location"] == path
    assert client.post(f"{path}support/", {"support-text": ""})["Location"] == path
    given = {"way": "given", "supported-text": "We talked to them."}
    assert signed_in(lead).post(f"{path}support/", given)["Location"] == path
    assert signed_in(hr).get(path).status_code == 200

    rows = DeclinedAddition.objects.order_by("pk").values_list("kind", "text", "by")
    assert list(rows) == [
        ("outcome", "Dropped.", role.recruiter_id),
        ("answered", "Another way.", role.recruiter_id),
        ("support", "", role.recruiter_id),
        ("supported", "We talked to them.", lead.pk),
    ]


def test_it_is_handed_out_as_an_archive() -> None:
    role = make.make_requisition()
    record = declined(role.recruiter, role.hiring_manager)

    answer = signed_in(role.recruiter).post(f"/partners/declined/{record.pk}/export/")

    assert answer["Content-Disposition"] == f'attachment; filename="declined-request-{record.pk}.zip"'
    assert sorted(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == ["record.html", "record.json"]
    assert DeclinedAddition.objects.get().kind == "exported"


def test_hr_finds_the_room_though_they_recruit_nobody() -> None:
    role, hr = make.make_requisition(), make.make_user(Role.STAKEHOLDER)
    other = make.make_user(Role.STAKEHOLDER)
    name(hr=(hr,))
    record = declined(role.recruiter, role.hiring_manager)

    assert f"/partners/declined/{record.pk}/" in signed_in(hr).get("/partners/declined/").content.decode()
    assert signed_in(other).get("/partners/declined/").status_code == 403


def test_an_administrator_names_who_sees_them_on_their_page() -> None:
    admin, lead = make.make_user(Role.ADMIN), make.make_user(Role.LEAD)
    hr, last = make.make_user(Role.STAKEHOLDER), make.make_user(Role.STAKEHOLDER)
    client = signed_in(admin)

    nowhere = client.post("/settings/declined/", {"hr": [hr.pk], "next_0": lead.pk})
    answer = client.post("/settings/declined/", {"hr": [hr.pk], "next_0": last.pk, "next_2": admin.pk})

    assert (nowhere.status_code, "The order ends nowhere" in nowhere.content.decode()) == (422, True)
    assert answer["Location"] == "/settings/declined/"
    rows = list(DeclinedReader.objects.values_list("part", "position", "user"))
    assert rows == [("hr", 0, hr.pk), ("next", 0, last.pk), ("next", 1, admin.pk)]
    assert signed_in(lead).get("/settings/declined/").status_code == 403


def test_a_department_s_head_stands_above_its_hiring_managers() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    head = make.make_user(Role.MANAGER)
    department = Department.objects.create(organisation=role.organisation, name="Data", head=head)
    name(hr=(role.hiring_manager,), following=(make.make_user(Role.ADMIN),))
    record = declined(make.make_user(), head)
    assert seen_by(role.hiring_manager) == [record.pk]
    type(role).objects.filter(pk=role.pk).update(department=department)

    assert [seen_by(user) for user in (role.hiring_manager, head, lead)] == [[], [], [record.pk]]


def test_the_list_costs_the_same_for_few_and_many() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    client = signed_in(lead)
    client.get("/styleguide/")
    counts = []
    for many in (1, 6):
        for _ in range(many):
            declined(role.recruiter, role.hiring_manager, requisition_id=role.pk, wants_support=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/partners/declined/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_recruiter_writes_to_a_partner() -> None:
    role = make.make_requisition()
    partnership = begin(requisition=role, now=NOW)
    client, path = signed_in(role.recruiter), f"/partners/{partnership.pk}/word/"
    before = OutgoingMail.objects.count()

    page = client.get(path).content.decode()
    answer = client.post(
        path, {"to": role.hiring_manager_id, "text": "Could we look at the must-haves again?"}
    )

    assert chosen(page, "to") == [str(role.hiring_manager_id)]
    assert answer["Location"] == f"/partners/{partnership.pk}/"
    assert OutgoingMail.objects.count() == before + 1
    assert OutgoingMail.objects.order_by("pk").last().to == role.hiring_manager.email
    assert signed_in(role.hiring_manager).get(path).status_code == 403
    assert signed_in(make.make_user()).get(path).status_code == 404
