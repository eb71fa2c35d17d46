"""What a question finds all over: in roles, notes and messages, as far as somebody may see them."""

from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.kernel import text_search
from candidates.finding.queries import everywhere
from candidates.finding.queries.everywhere import Text
from candidates.models import Application, Message, Note
from tests import factories as f
from tests.candidates.board.conftest import clock, desk, recruiter, role
from tests.factories import NOW

__all__ = ["clock", "desk", "recruiter", "role"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def said(texts: list[Text] | None) -> list[str]:
    return ["".join(part.text for part in text.parts) for text in texts or []]


def noted(application: Application, body: str, **facts: Any) -> Note:
    return f.make_note(application, application.requisition.recruiter, body=body, **facts)


def wrote(application: Application, body: str, **facts: Any) -> Message:
    given = {"direction": "in", "subject": "Hello", "said_at": NOW} | facts
    return Message.objects.create(
        candidate=application.candidate, application=application, body=body, **given
    )


@pytest.mark.parametrize(
    ("text", "question", "is_found"),
    [
        ("Knows C++ well", "c++", True),
        ("Knows C well", "c++", False),
        ("Knows C# and .NET", ".net c#", True),
        ("Uses Node.js daily", "node.js", True),
        ("Frau Müller rief an", "muller", True),
        ("Wants a front-end role", '"front end"', True),
        ("Asks for 60,000 a year", "-60,000 year", False),
        ("Moves to Porto in May", "porto OR lisbon", True),
        ("Moves to Porto in May", '"in porto"', False),
        ("Moves to Porto in May", "port", False),
    ],
)
def test_words_of_notes_and_messages(
    role: Any, recruiter: User, text: str, question: str, is_found: bool
) -> None:
    application = f.make_application(requisition=role)
    noted(application, text)
    wrote(application, text)
    found = everywhere(recruiter, question)
    assert (len(found.notes or []), len(found.messages or [])) == (is_found, is_found)


def test_each_sees_what_they_may_see_alone(role: Any, recruiter: User) -> None:
    application = f.make_application(requisition=role)
    noted(application, "Porto for the team")
    noted(application, "Porto for recruiters", visibility="recruiters")
    wrote(application, "Porto please")
    assert said(everywhere(recruiter, "porto").notes) == ["Porto for recruiters", "Porto for the team"]
    manager = everywhere(role.hiring_manager, "porto")
    assert (said(manager.notes), len(manager.messages or [])) == (["Porto for the team"], 1)
    stranger = everywhere(f.make_user(Role.MANAGER), f"porto {role.title}")
    assert (stranger.notes, stranger.messages, stranger.roles) == ([], [], [])


def test_roles_are_found_by_title_and_number_ended_ones_too(role: Any, recruiter: User) -> None:
    assert [each.pk for each in everywhere(recruiter, role.title).roles or []] == [role.pk]
    assert [each.pk for each in everywhere(recruiter, role.reference).roles or []] == [role.pk]


def test_what_is_changed_is_found_as_it_is_now(role: Any, recruiter: User) -> None:
    note = noted(f.make_application(requisition=role), "Lives in Porto")
    Note.objects.filter(pk=note.pk).update(body="Lives in Lisbon")
    assert (said(everywhere(recruiter, "porto").notes), said(everywhere(recruiter, "lisbon").notes)) == (
        [],
        ["Lives in Lisbon"],
    )


def test_older_ones_are_looked_through_where_the_newest_are_not_enough(
    role: Any, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_search, "NEWEST", 1)
    application = f.make_application(requisition=role)
    noted(application, "Porto, first")
    noted(application, "Porto, second")
    noted(application, "Nothing")
    assert said(everywhere(recruiter, "porto").notes) == ["Porto, second", "Porto, first"]


def test_the_page(client: Any, role: Any, recruiter: User, django_assert_max_num_queries: Any) -> None:
    client.force_login(recruiter)
    application = f.make_application(
        requisition=role, candidate=f.make_candidate(first_name="Ada", last_name="<b>")
    )
    for number in range(5):
        noted(application, f"<script>porto</script> {number}")
        wrote(application, f"porto {number}")
    with django_assert_max_num_queries(20):
        page = client.get("/find/all/", {"q": "porto"}).content.decode()
    assert page.count("<mark>porto</mark>") == 10
    assert "<script>porto" not in page
    for question in ("", "x" * 10_000, "(.*)+$", "'", "-", '"', "stage:interview"):
        assert client.get("/find/all/", {"q": question}).status_code == 200
