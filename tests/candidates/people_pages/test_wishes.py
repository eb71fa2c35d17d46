"""Columns and order of the list as each wants them, and how many of those found are where."""

from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.actions import keep_list
from ats.accounts.models import Role, User
from candidates.applications.actions import set_tags
from candidates.models import Candidate, KnownFact
from candidates.people_pages import queries
from candidates.people_pages.domain.columns import USUAL, Wish
from candidates.people_pages.queries import PeopleFilter
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def people(*names: str) -> None:
    for number, name in enumerate(names):
        row = f.make_candidate(first_name=name, last_name="")
        Candidate.objects.filter(pk=row.pk).update(
            created_at=NOW + timedelta(minutes=number), name_key=name.lower()
        )


def in_order(user: User, order: str) -> list[str]:
    """Page by page, two at a time."""
    keep_list(by=user, name="people", facts={"order": order})
    shown, after = [], None
    while True:
        page = queries.people(user, PeopleFilter(), size=2, after=after)
        shown += [row.first_name for row in page.rows]
        if not page.next:
            return shown
        after = page.next


def test_rows_stand_in_the_order_that_was_chosen_page_by_page(recruiter: User) -> None:
    people("Cleo", "Ada", "Ben", "Ada", "Dora")
    assert in_order(recruiter, "newest") == ["Dora", "Ada", "Ben", "Ada", "Cleo"]
    assert in_order(recruiter, "oldest") == ["Cleo", "Ada", "Ben", "Ada", "Dora"]
    assert in_order(recruiter, "name") == ["Ada", "Ada", "Ben", "Cleo", "Dora"]


def test_columns_are_kept_per_person_in_the_order_they_are_sent(client: Any, recruiter: User) -> None:
    client.force_login(recruiter)
    f.make_candidate(first_name="Ada", city="Leeds", phone="+44 113 4960000")
    given = {"some": "1", "columns": ["phone", "city", "nonsense"], "order": "name", "asked": "q=ada"}
    assert client.post("/candidates/columns/", given).status_code == 200  # refused: nothing of it is known
    given["columns"] = ["phone", "city"]
    answer = client.post("/candidates/columns/", given)
    assert (answer.status_code, answer["Location"]) == (302, "/candidates/?q=ada")
    recruiter.refresh_from_db()
    assert Wish.of(recruiter) == (("phone", "city"), "name")
    head = client.get("/candidates/").content.decode().partition("<thead>")[2].partition("</thead>")[0]
    assert [head.find(">Telephone<") < head.find(">City<"), "Tags" in head] == [True, False]
    assert Wish.of(f.make_user(Role.RECRUITER)) == (USUAL, "newest")

    client.post("/candidates/columns/", given | {"up": "city"})
    recruiter.refresh_from_db()
    assert Wish.of(recruiter).columns == ("city", "phone")
    client.post("/candidates/columns/", given | {"columns": ["city", "phone"], "up": "city"})
    recruiter.refresh_from_db()
    assert Wish.of(recruiter).columns == ("city", "phone")  # it is the first already


def test_what_is_kept_of_a_list_and_known_no_more_is_left_out(recruiter: User) -> None:
    keep_list(by=recruiter, name="people", facts={"columns": ["gone", "tags"], "order": "gone"})
    assert Wish.of(recruiter) == (("tags",), "newest")


def test_counts_are_of_everybody_found_and_of_what_one_may_see(role: Any, recruiter: User) -> None:
    fair = f.make_source(name="Fair")
    ada, ben = f.make_candidate(first_name="Ada"), f.make_candidate(first_name="Ben")
    f.make_application(candidate=ada, requisition=role, stage_kind="interview", source=fair)
    f.make_application(candidate=ben, requisition=role, state="rejected", source=fair)
    f.make_application(candidate=ben, requisition=f.make_requisition(), stage_kind="interview", source=fair)
    set_tags(candidate_id=ada.pk, tags=["sql"], by=recruiter, now=NOW)
    f.make_candidate(first_name="Cleo")

    def counted(user: User, **wanted: Any) -> tuple[int, dict[str, dict[str, int]]]:
        made = queries.counts(user, PeopleFilter(**wanted))
        return made.total, {
            name: {value.label: value.number for value in values} for name, values in made.values.items()
        }

    total, values = counted(recruiter)
    assert (total, values["stage"], values["state"]) == (3, {"Interview": 2}, {"Active": 2, "Rejected": 1})
    assert (values["source"], values["tag"]) == ({"Fair": 2}, {"sql": 1})
    assert values["requisition"][role.title] == 2

    total, values = counted(recruiter, stage="interview")
    assert (total, "stage" in values, values["source"]) == (2, False, {"Fair": 2})
    total, values = counted(recruiter, text="Ada")
    assert (total, values["tag"]) == (1, {"sql": 1})
    assert counted(f.make_user(Role.MANAGER)) == (0, {})


def test_a_filter_on_what_is_gone_says_so(client: Any, recruiter: User) -> None:
    client.force_login(recruiter)
    page = client.get("/candidates/", {"tag": "999", "stage": "nonsense"}).content.decode()
    assert page.count("what was asked for is gone. The list is not narrowed down by it.") == 2


def test_people_side_by_side_with_what_is_known_of_each(
    client: Any, role: Any, recruiter: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(recruiter)
    ada, ben = f.make_candidate(first_name="Ada", city="Leeds"), f.make_candidate(first_name="Ben")
    f.make_application(candidate=ada, requisition=role, stage_kind="interview")
    KnownFact.objects.create(
        candidate=ben, kind="position", value="Welder", where="Example", start="2020", key="w"
    )
    hidden = f.make_candidate(first_name="Cleo", only_confidential=True)
    f.make_application(candidate=hidden, requisition=f.make_requisition(confidential=True))
    found = queries.beside(recruiter, [ben.pk, ada.pk, ben.pk, hidden.pk, 7_654_321])
    assert [line.candidate.pk for line in found.lines] == [ben.pk, ada.pk]
    assert dict(found.rows) == {
        "City": [[], ["Leeds"]],
        "Applications": [[], [f"{role.title}: Interview"]],
        "Positions": [["Welder, Example (2020 \u2013 ?)"], []],
    }
    with django_assert_max_num_queries(16):
        page = client.get("/candidates/beside/", {"person": [ada.pk, ben.pk]}).content.decode()
    assert page.count('scope="col"') == 2
    for asked in ({}, {"person": "x"}, {"person": [ada.pk]}, {"person": ["9" * 30, ada.pk]}):
        assert "Select two to four people" in client.get("/candidates/beside/", asked).content.decode()
