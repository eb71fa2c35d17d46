"""Why somebody would want the role stands beside what one writes to them, at no cost."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client: Any, **facts: Any) -> list[tuple[str, int]]:
    """What the pages on which one writes say, and how many queries each takes."""
    role = make.make_requisition(**facts)
    planned = make.make_planned(role, name="Deep dive")
    matters = "A team that ships." if facts.get("value_proposition") else ""
    application = make.make_application(requisition=role, stage_kind="interview", matters=matters)
    client.force_login(role.recruiter)
    addresses = (
        f"{reverse('application_interviews', args=[application.pk])}?planned={planned.pk}",
        reverse("application_write", args=[application.pk]),
        reverse("application", args=[application.pk]),
    )
    asks = [partial(client.get, address) for address in addresses]
    many = reverse("board_message", args=[role.pk])
    asks.append(partial(client.post, many, {"application": application.pk}, headers={"hx-request": "true"}))
    found = []
    for ask in asks:
        ask()
        with CaptureQueriesContext(connection) as asked:
            body = ask().content.decode()
        found.append((body, len(asked)))
    return found


def test_it_stands_beside_every_text_to_a_candidate_and_asks_for_marks_alone(client: Any) -> None:
    silent = page(client)
    said = page(client, value_proposition="Trains of people.", hard_part="PDF timetables.")
    # What colleagues said of the points of one person, where there are any; many are written to without.
    assert [count for _, count in said] == [count + 1 for _, count in silent[:3]] + [silent[3][1]]
    for body, _ in said:
        assert "Trains of people." in body
        assert "PDF timetables." in body
    for body, _ in said[:3]:
        assert "A team that ships." in body
    assert not any('class="selling"' in body for body, _ in silent)
