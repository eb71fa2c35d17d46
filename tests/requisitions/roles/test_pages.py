from collections import defaultdict
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from requisitions.models import Requisition
from requisitions.roles import actions
from requisitions.roles.domain import figures
from requisitions.roles.pages import cards
from tests.factories import (
    NOW,
    add_member,
    make_application,
    make_organisation,
    make_post,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def sign_in(role: str) -> tuple[Client, User]:
    client, user = Client(), make_user(role)
    client.force_login(user)
    return client, user


def queries(client: Client, address: str) -> int:
    client.get(address)  # the session is written down once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def titles(answer: Any) -> list[str]:
    return [row.title for row in answer.context["rows"]]


def test_the_list_shows_live_roles_first_and_leaves_out_what_ended(client: Client, recruiter: User) -> None:
    organisation = make_organisation()
    for state in ("closed", "draft", "open"):
        make_requisition(state, title=f"A role that is {state}", organisation=organisation)

    assert titles(client.get("/requisitions/")) == ["A role that is open", "A role that is draft"]
    assert titles(client.get("/requisitions/?state=all")) == [
        "A role that is open",
        "A role that is draft",
        "A role that is closed",
    ]
    assert titles(client.get("/requisitions/?state=closed")) == ["A role that is closed"]


def test_the_list_is_narrowed(client: Client, recruiter: User) -> None:
    ours, theirs = make_organisation(), make_organisation()
    data = ours.departments.create(name="Data")
    mine = make_requisition(title="Data Engineer", recruiter=recruiter, organisation=ours, department=data)
    make_requisition(title="Cook", organisation=theirs)

    for query in (
        "q=data+eng",
        f"q={mine.reference}",
        "whose=mine",
        f"organisation={ours.pk}",
        f"department={data.pk}",
    ):
        assert titles(client.get(f"/requisitions/?{query}")) == ["Data Engineer"], query
    nonsense = client.get("/requisitions/?department=x&organisation=0&state=y&page=z")
    assert sorted(titles(nonsense)) == ["Cook", "Data Engineer"]


def test_the_list_asks_the_database_as_often_for_one_as_for_five(client: Client, recruiter: User) -> None:
    organisation = make_organisation()
    make_application(requisition=make_requisition(organisation=organisation))
    before = queries(client, "/requisitions/")
    for _ in range(4):
        make_application(requisition=make_requisition(organisation=organisation))

    assert queries(client, "/requisitions/") == before <= 12


def test_the_figures_come_from_above(
    client: Client, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = make_requisition(openings=3)
    make_application(requisition=role, state="hired")
    counted = {role.pk: figures.Figures(active=12, new=5, overdue=2)}
    monkeypatch.setattr(figures, "_counts", [lambda ids, *, now, user: counted])

    [row] = client.get("/requisitions/").context["rows"]

    assert (row.figures, row.seats, row.filled) == (counted[role.pk], 3, 1)


def test_htmx_gets_the_list_alone(client: Client, recruiter: User) -> None:
    answer = client.get("/requisitions/", headers={"HX-Request": "true", "HX-Target": "list"})

    assert b"<html" not in answer.content


def test_who_sees_which_roles() -> None:
    plain = make_requisition(title="Plain")
    secret = make_requisition(title="Secret", confidential=True)

    def seen(role: str) -> list[str]:
        client, _ = sign_in(role)
        return sorted(titles(client.get("/requisitions/")))

    assert seen(Role.ADMIN) == seen(Role.LEAD) == ["Plain", "Secret"]
    assert seen(Role.RECRUITER) == seen(Role.COORDINATOR) == ["Plain"]
    assert seen(Role.MANAGER) == seen(Role.INTERVIEWER) == seen(Role.STAKEHOLDER) == []

    client, manager = sign_in(Role.MANAGER)
    add_member(secret, manager, "manager")
    assert titles(client.get("/requisitions/")) == ["Secret"]
    assert client.get(f"/requisitions/{secret.pk}/").status_code == 200
    assert client.get(f"/requisitions/{plain.pk}/").status_code == 404


PATHS = (
    "/requisitions/{id}/",
    "/requisitions/{id}/edit/",
    "/requisitions/{id}/edit/needs/",
    "/requisitions/{id}/hold/",
    "/requisitions/{id}/end/",
    "/requisitions/{id}/pipeline/",
    "/requisitions/{id}/pipeline/new/",
    "/requisitions/{id}/posts/new/",
)


@pytest.mark.parametrize("path", PATHS)
def test_each_page_opens_for_who_may_and_for_nobody_else(path: str, client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, confidential=True, must_haves=("SQL",))
    make_post(role)
    address = path.format(id=role.pk)

    assert client.get(address).status_code == 200
    for stranger in (Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER):
        assert sign_in(stranger)[0].get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_manager_reads_the_page_and_changes_the_brief_alone() -> None:
    client, manager = sign_in(Role.MANAGER)
    role = make_requisition(manager=manager, must_haves=("SQL",))
    base = f"/requisitions/{role.pk}"

    assert client.get(f"{base}/").status_code == 200
    assert [stop.name for stop in client.get(f"{base}/edit/").context["stops"]] == ["needs", "story"]
    assert client.get(f"{base}/edit/pay/").status_code == 404
    assert client.get(f"{base}/hold/").status_code == 404
    assert client.post(f"{base}/open/").status_code == 404
    answer = client.post(f"{base}/edit/story/", {"why": "We grow.", "outcomes": "Figures are right."})
    assert (answer.status_code, answer["Location"]) == (302, f"{base}/")
    role.refresh_from_db()
    assert (role.why, role.outcomes) == ("We grow.", "Figures are right.")


def test_the_overview_asks_as_often_for_much_as_for_little(client: Client, recruiter: User) -> None:
    role = make_requisition(must_haves=("SQL",))
    make_post(role)
    before = queries(client, f"/requisitions/{role.pk}/")
    for number in range(4):
        make_post(role)
        add_member(role, make_user(Role.INTERVIEWER), "interviewer")
        role.criteria.create(kind="nice", position=number, name=f"Nice {number}")
        make_application(requisition=role)

    assert queries(client, f"/requisitions/{role.pk}/") == before <= 20


def test_a_role_from_nothing_to_open(client: Client, recruiter: User) -> None:
    manager, organisation = make_user(Role.MANAGER), make_organisation()

    answer = client.post(
        "/requisitions/new/",
        {
            "title": "Data Engineer",
            "organisation": organisation.pk,
            "hiring_manager": manager.pk,
            "remote_mode": "hybrid",
            "employment_type": "full_time",
            "openings": 2,
        },
    )
    role = Requisition.objects.get()
    base = f"/requisitions/{role.pk}"
    assert answer["Location"] == f"{base}/edit/pay/"
    page = client.get(f"{base}/")
    assert page.context["gaps"] == [
        ("Say at least one must-have, and why it decides.", f"{base}/edit/needs/")
    ]

    pay = {"pay_min": "68000", "pay_max": "82000", "pay_currency": "EUR", "pay_period": "year"}
    assert client.post(f"{base}/edit/pay/", pay)["Location"] == f"{base}/edit/needs/"
    needs = {
        **formset("must", [{"name": "Writes SQL", "why": "Every answer is in the warehouse."}]),
        **formset("nice", [{"name": "Has led a team"}]),
    }
    assert client.post(f"{base}/edit/needs/", needs)["Location"] == f"{base}/edit/story/"
    stay = {"why": "We grow.", "stay": "1"}
    assert client.post(f"{base}/edit/story/", stay)["Location"] == f"{base}/"
    assert client.post(f"{base}/open/")["Location"] == f"{base}/"

    role.refresh_from_db()
    assert (role.state, role.openings.count(), role.hiring_manager) == ("open", 2, manager)
    assert list(role.criteria.order_by("id").values_list("kind", "name")) == [
        ("must", "Writes SQL"),
        ("nice", "Has led a team"),
    ]


def formset(prefix: str, rows: list[dict[str, Any]], initial: int = 0) -> dict[str, Any]:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_criteria_are_changed_and_taken_out_on_their_page(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, must_haves=("SQL", "Python"))
    sql, python = role.criteria.order_by("position")
    rows = [
        {"id": sql.pk, "name": "SQL", "why": "", "DELETE": "on"},
        {"id": python.pk, "name": "Python", "why": "It is all Python."},
        {"name": "", "why": ""},
    ]

    client.post(f"/requisitions/{role.pk}/edit/needs/", formset("must", rows, 2) | formset("nice", []))

    assert list(role.criteria.values_list("pk", "name", "why")) == [
        (python.pk, "Python", "It is all Python.")
    ]


def test_a_mistake_keeps_what_was_typed(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, must_haves=("SQL",))

    pay = client.post(
        f"/requisitions/{role.pk}/edit/pay/",
        {"pay_min": "82000", "pay_max": "68000", "pay_currency": "EUR", "pay_period": "year"},
    )
    assert pay.status_code == 422
    assert pay.context["bound"].form.errors == {
        "pay_max": ["The upper end of the pay range is below the lower one."]
    }
    assert b'value="82000"' in pay.content

    needs = client.post(
        f"/requisitions/{role.pk}/edit/needs/",
        formset("must", [{"name": "Patience", "why": ""}]) | formset("nice", []),
    )
    assert needs.status_code == 422
    assert list(needs.context["bound"].sets["must_haves"].errors[0]) == ["why"]
    assert b'value="Patience"' in needs.content


def test_the_team_is_put_together(client: Client, recruiter: User) -> None:
    role, guest = make_requisition(recruiter=recruiter), make_user(Role.INTERVIEWER)
    base = f"/requisitions/{role.pk}"

    client.post(f"{base}/team/add/", {"member-user": guest.pk, "member-role": "interviewer"})
    member = role.members.get(user=guest)
    client.post(f"{base}/team/{member.pk}/remove/")
    client.post(f"{base}/team/add/", {"member-user": "0", "member-role": "x"})

    assert set(role.members.values_list("role", flat=True)) == {"recruiter", "manager"}


def test_hold_resume_end(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    base = f"/requisitions/{role.pk}"

    assert client.post(f"{base}/hold/", {"reason": ""}).status_code == 422
    assert client.post(f"{base}/hold/", {"reason": "The budget."}).status_code == 302
    assert client.post(f"{base}/resume/").status_code == 302
    waiting = make_application(requisition=role)
    refused = client.post(f"{base}/end/", {"new_state": "closed", "reason": "Enough."})
    assert refused.status_code == 422
    assert "1 person is still waiting" in refused.content.decode()
    waiting.delete()
    assert client.post(f"{base}/end/", {"new_state": "closed", "reason": "Enough."}).status_code == 302

    role.refresh_from_db()
    assert (role.state, role.end_reason) == ("closed", "Enough.")
    assert client.get(f"{base}/").status_code == 200
    assert client.get(f"{base}/edit/")["Location"] == f"{base}/"


def test_a_draft_is_called_off(client: Client, recruiter: User) -> None:
    role = make_requisition("draft", recruiter=recruiter)

    client.post(f"/requisitions/{role.pk}/end/", {"new_state": "cancelled", "reason": "Not this year."})

    role.refresh_from_db()
    assert role.state == "cancelled"


def test_what_cannot_be_done_is_said_and_nothing_changes(client: Client, recruiter: User) -> None:
    role = make_requisition("draft", recruiter=recruiter)
    address = f"http://testserver/requisitions/{role.pk}/"

    answer = client.post(f"/requisitions/{role.pk}/open/", headers={"Referer": address}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Before this role can open: Say at least one must-have, and why it decides."
    ]
    role.refresh_from_db()
    assert role.state == "draft"


def test_panels_from_above_have_their_places(
    client: Client, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = make_requisition(recruiter=recruiter)
    monkeypatch.setattr(cards, "_panels", defaultdict(list))
    there = {"moves": [], "who": recruiter.name}
    cards.panel("top")(lambda role, user, now: cards.Panel("candidates/board/moves_panel.html", there))
    cards.panel("side")(lambda role, user, now: None)

    context = client.get(f"/requisitions/{role.pk}/").context

    assert [piece.context for piece in context["panels_top"]] == [there]
    assert context["panels_side"] == []
    with pytest.raises(ValueError, match="no place called attic"):
        cards.panel("attic")


def test_the_timeline_says_it_in_words(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    client.post(f"/requisitions/{role.pk}/hold/", {"reason": "The budget <b>is</b> being looked at."})

    page = client.get(f"/requisitions/{role.pk}/")

    assert [entry.text for entry in page.context["page"].timeline] == [
        "put the role on hold: The budget <b>is</b> being looked at."
    ]
    assert b"The budget &lt;b&gt;is&lt;/b&gt; being looked at." in page.content


def test_the_timeline_is_short_unless_asked_for(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    for number in range(20):
        actions.change_requisition(
            requisition_id=role.pk,
            by=recruiter,
            now=NOW,
            **({"why": str(number)} if number % 2 else {"openings": number + 2}),
        )
    actions.change_requisition(requisition_id=role.pk, by=recruiter, now=NOW, openings=30)
    actions.change_requisition(requisition_id=role.pk, by=recruiter, now=NOW, openings=31)

    def told(address: str) -> int:
        return len(client.get(address).context["page"].timeline)

    assert told(f"/requisitions/{role.pk}/") == 11  # the last two were one and the same
    assert told(f"/requisitions/{role.pk}/?all=1") == 21
