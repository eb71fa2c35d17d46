"""The inbox over the API: what one sees there is what one sees on its page."""

import pytest
from django.test import Client

from ats.accounts.models import Role
from candidates.inbox import actions
from candidates.models import Message
from tests.candidates.inbox.test_inbox import STRANGER, came
from tests.candidates.messages.by_mail import LATER, letter, mailbox, tagged, with_files
from tests.factories import make_application, make_candidate, make_requisition, make_user

__all__ = ["mailbox"]
pytestmark = pytest.mark.django_db


def test_what_waits_is_read_with_its_words(client: Client) -> None:
    came(letter("May I apply?\r\n\r\n-- \r\nRobin", sender=f"Robin <{STRANGER}>"))
    done = came(letter("An advertisement.", sender=STRANGER))
    actions.set_aside(incoming_id=done.pk, reason="Advertisement", by=make_user(Role.RECRUITER), now=LATER)
    client.force_login(make_user(Role.RECRUITER))
    (row,) = client.get("/api/v1/inbox/").json()["results"]
    assert (row["sender"], row["kind"], row["why"], row["application"]) == (
        STRANGER,
        "letter",
        "unknown",
        None,
    )
    assert "words" not in row
    one = client.get(f"/api/v1/inbox/{row['id']}/").json()
    assert (one["words"], one["below"].split(), one["files"], one["problem"]) == (
        "May I apply?", ["--", "Robin"], [], "",
    )  # fmt: skip
    assert client.get(f"/api/v1/inbox/{done.pk}/").status_code == 404
    assert client.post("/api/v1/inbox/", {}).status_code in {403, 405}


def test_who_may_not_look_sees_nothing(client: Client) -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, candidate=make_candidate(only_confidential=True))
    make_user(Role.RECRUITER, email="rae@example.com")
    row = came(letter("What do we say?", sender="rae@example.com", to=tagged(application)))
    seen = []
    for user in (secret.recruiter, make_user(Role.RECRUITER), make_user(Role.MANAGER)):
        client.force_login(user)
        seen.append(
            (
                len(client.get("/api/v1/inbox/").json()["results"]),
                client.get(f"/api/v1/inbox/{row.pk}/").status_code,
            )
        )
    assert seen == [(1, 200), (0, 404), (0, 404)]


def test_a_message_that_came_by_mail_says_what_it_is_taken_for(client: Client) -> None:
    application = make_application(candidate=make_candidate(email="robin@example.com"))
    files = (("notes.txt", "text/plain", b"What I did."), ("cv.docx", "application/msword", b"MZ\x90\x00"))
    came(with_files(*files, to=tagged(application)).replace(b"robin@example.com", b"rx@home.example", 1))
    client.force_login(application.requisition.recruiter)
    (row,) = client.get("/api/v1/messages/").json()["results"]
    said = Message.objects.get()
    assert (row["body"], row["below"], row["is_automatic"], row["files"]) == (
        "Here they are.", "", False, [said.files.get().pk],
    )  # fmt: skip
    assert row["doubt"] == "Sent from another address: rx@home.example"
    assert [line.partition(":")[0] for line in row["not_kept"]] == ["cv.docx"]
