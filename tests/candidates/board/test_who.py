"""Who somebody is stands wherever one chooses between people: what they do now, and where."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import User
from candidates.models import Application, Candidate
from candidates.reviews.actions import ask
from tests import factories as f
from tests.candidates.helpers import days, hours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WHO = "Data engineer at Example GmbH, Lübeck"


@pytest.fixture
def ada(role: Any) -> Application:
    person = f.make_candidate(
        first_name="Ada", last_name="X", headline="Data engineer at Example GmbH", city="Lübeck"
    )
    return f.make_application(requisition=role, candidate=person, due_at=days(-1))


@pytest.mark.parametrize(
    ("headline", "city", "said"),
    [
        ("Nurse", "", "Nurse"),
        ("", "Bergen", "Bergen"),
        ("Nurse", "Bergen", "Nurse, Bergen"),
        ("", "", ""),
    ],
)
def test_as_much_as_there_is(headline: str, city: str, said: str) -> None:
    candidate = f.make_candidate(headline=headline, city=city)
    assert candidate.who == said
    unread = Candidate.objects.only("first_name").get(pk=candidate.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert unread.who == ""
    assert len(asked) == 0


def test_on_cards_lists_and_my_day(desk: Any, role: Any, ada: Application) -> None:
    assert (
        f'<p class="board-about" title="{WHO}">{WHO}</p>'
        in desk.get(f"/requisitions/{role.pk}/board/").content.decode()
    )
    for page in ("/candidates/", "/"):
        assert f'<span class="person-line person-about">{WHO}</span>' in desk.get(page).content.decode()


def test_before_the_manager(client: Any, recruiter: User, role: Any, ada: Application) -> None:
    ask(application_ids=[ada.pk], by=recruiter, now=hours(-1))
    client.force_login(role.hiring_manager)
    assert WHO in client.get("/reviews/").content.decode()


def test_a_card_that_says_nothing_has_no_empty_line(desk: Any, role: Any) -> None:
    f.make_application(requisition=role)
    assert "board-about" not in desk.get(f"/requisitions/{role.pk}/board/").content.decode()


def test_what_stands_there_is_text(desk: Any, role: Any) -> None:
    f.make_application(requisition=role, candidate=f.make_candidate(headline="<b>Dev</b>"))
    page = desk.get(f"/requisitions/{role.pk}/board/").content.decode()
    assert "&lt;b&gt;Dev&lt;/b&gt;" in page
    assert "<b>Dev" not in page
