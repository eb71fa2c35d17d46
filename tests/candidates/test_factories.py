"""The builders themselves: what they make is what the database accepts."""

import pytest

from tests.factories import (
    NOW,
    make_application,
    make_message,
    make_note,
    make_post,
    make_question,
    make_user,
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["active", "hired", "rejected", "withdrawn"])
def test_an_application_of_every_state_can_be_stored(state: str) -> None:
    application = make_application(state=state)
    assert application.promises.filter(state="open").count() == (1 if state == "active" else 0)
    assert application.state == state


@pytest.mark.django_db
def test_what_hangs_on_an_application() -> None:
    application = make_application()
    post = make_post(application.requisition)
    make_question(post, "choice")
    make_message(application)
    make_note(application, make_user("lead"))
    assert application.messages.unanswered().count() == application.notes.count() == 1
    assert application.promises.get().due_at > NOW
