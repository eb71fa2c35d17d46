"""The page of the intake: what it shows to whom, and what is kept of it without JavaScript."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.models import Role
from partners.intake.domain.content import mark
from partners.intake.models import OtherWords
from partners.models import BriefVersion
from tests import factories as make
from tests.partners.intake import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Any:
    return parts.open_role()


def here(role: Any) -> str:
    return reverse("intake", args=[parts.partnership_of(role).pk])


def field(role: Any, code: str) -> str:
    return reverse("intake_field", args=[parts.partnership_of(role).pk, code])


def test_both_partners_read_and_write_it(client: Any, role: Any) -> None:
    for person in (role.recruiter, role.hiring_manager):
        client.force_login(person)
        page = client.get(here(role))
        assert page.status_code == 200
        assert "Why does this role exist?" in page.content.decode()
        assert page.content.decode().count('class="intake-form"') == (15 if person == role.recruiter else 14)


def test_who_reads_along_has_nothing_to_write_in(client: Any, role: Any) -> None:
    client.force_login(make.make_user(Role.LEAD))
    page = client.get(here(role)).content.decode()
    assert "You read along here" in page
    assert "intake-form" not in page
    assert "Settle version 1" in page


def test_strangers_find_nothing(client: Any, role: Any) -> None:
    client.force_login(make.make_user(Role.MANAGER))
    for address in (here(role), reverse("intake_revision", args=[parts.partnership_of(role).pk])):
        assert client.get(address).status_code == 404


def test_a_field_is_kept_as_a_plain_form(client: Any, role: Any) -> None:
    client.force_login(role.hiring_manager)
    data = {"sourcing-value": "Meetups\r\nFriends", "read": mark("")}
    answer = client.post(field(role, "sourcing"), data)
    assert (answer.status_code, answer["Location"]) == (302, f"{here(role)}#field-sourcing")
    assert parts.said(role)["sourcing"] == "Meetups\nFriends"


def test_a_plain_form_over_other_words_loses_neither(client: Any, role: Any) -> None:
    client.force_login(role.hiring_manager)
    client.post(field(role, "sourcing"), {"sourcing-value": "Hers", "read": mark("")})
    client.force_login(role.recruiter)
    client.post(field(role, "sourcing"), {"sourcing-value": "His", "read": mark("")})
    page = client.get(here(role)).content.decode()
    assert "You wrote at the same time" in page
    assert (parts.said(role)["sourcing"], OtherWords.objects.get().words) == ("Hers", "His")
    other = OtherWords.objects.get()
    client.post(
        reverse("intake_choose", args=[parts.partnership_of(role).pk, other.pk]),
        {"keep": "both", "read": mark("Hers"), "other_read": mark("His")},
    )
    assert parts.said(role)["sourcing"] == f"Hers\n\n{role.recruiter}:\nHis"


def test_what_makes_no_sense_stays_as_it_was_typed(client: Any, role: Any) -> None:
    client.force_login(role.recruiter)
    read = mark(parts.said(role)["pay"])
    data = {"pay-min": "9", "pay-max": "7", "pay-currency": "EUR", "pay-period": "year", "read": read}
    answer = client.post(field(role, "pay"), data)
    assert answer.status_code == 422
    assert 'value="9"' in answer.content.decode()
    assert "below the lower one" in answer.content.decode()


def test_htmx_gets_the_mark_of_what_is_kept(client: Any, role: Any) -> None:
    client.force_login(role.hiring_manager)
    answer = client.post(
        field(role, "sourcing"),
        {"sourcing-value": "Meetups", "read": mark("")},
        headers={"HX-Request": "true"},
    )
    assert mark("Meetups") in answer.content.decode()
    assert "Saved for both of you" in answer.content.decode()


def test_both_say_yes_on_the_page(client: Any, role: Any) -> None:
    words = parts.words_of(role)
    for person in (role.hiring_manager, role.recruiter):
        client.force_login(person)
        assert "Yes, this is what we look for" in client.get(here(role)).content.decode()
        client.post(reverse("intake_settle", args=[parts.partnership_of(role).pk]), {"words": words})
    assert BriefVersion.objects.get().number == 1
    assert "Settled: version 1" in client.get(here(role)).content.decode()


def test_the_next_draft_says_what_is_other(client: Any, role: Any) -> None:
    parts.settle(role)
    client.force_login(role.hiring_manager)
    client.post(
        field(role, "outcomes"),
        {"outcomes-value": "Has shipped two.", "read": mark("Has shipped the first report.")},
    )
    page = client.get(here(role)).content.decode()
    assert "Other than in version 1" in page
    assert "<del>Has shipped the first report.</del>" in page
    assert "<ins>Has shipped two.</ins>" in page


def test_it_costs_the_same_for_two_must_haves_and_for_twelve(client: Any, role: Any) -> None:
    many = parts.open_role(must_haves=tuple(f"Skill {number}" for number in range(12)))
    counts = []
    for one, talks in ((role, 1), (many, 5)):
        for number in range(talks):
            make.make_planned(one, name=f"Talk {number}")
        client.force_login(one.hiring_manager)
        client.get(here(one))  # what is noted of a new session
        with CaptureQueriesContext(connection) as asked:
            client.get(here(one))
        counts.append(len(asked))
    assert counts == [19, 19]


def test_asking_for_news_is_one_read(client: Any, role: Any, django_assert_num_queries: Any) -> None:
    client.force_login(role.hiring_manager)
    address = reverse("intake_revision", args=[parts.partnership_of(role).pk])
    client.get(address)
    with django_assert_num_queries(2):  # who it is, and the number
        assert client.get(address).json() == {"revision": 0}
