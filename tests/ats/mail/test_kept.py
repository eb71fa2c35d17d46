"""Mail to people who do not exist never reaches a real mail server."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ats.duework import engine
from ats.embedded.sockets import free_port
from ats.mail import kept
from ats.mail.models import MailState, OutgoingMail
from ats.mail.outbox import To, queue
from ats.mail.render import plain
from tests.factories import NOW
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "mail"


def write(to: str) -> OutgoingMail:
    return queue(
        "account.message", to=To(address=to), message=plain("Hello", "A letter."), key=f"kept:{to}", now=NOW
    )


def deliver(*mails: OutgoingMail) -> list[str]:
    engine.drain(engine.lanes()["mail"], lambda: NOW + timedelta(hours=1), ends=None)
    for mail in mails:
        mail.refresh_from_db()
    return [mail.state for mail in mails]


def kept_for(folder: Path) -> list[str]:
    return sorted(file.stem.rpartition("-")[2] for file in folder.glob("*.eml"))


def test_the_demos_people_are_kept_from_a_server_that_works(smtp: Catcher, folder: Path) -> None:
    staff, candidate = write("recruiter@demo.test"), write("ana.lima@mail.demo.test")
    visitor = write("me@home.example.org")

    assert deliver(staff, candidate, visitor) == [MailState.SENT] * 3

    assert [recipients for _, recipients in smtp.envelopes] == [["me@home.example.org"]]
    assert kept_for(folder) == ["ana.lima@mail.demo.test", "recruiter@demo.test"]
    assert candidate.response == kept.HERE


def test_names_kept_for_examples_never_go_to_a_server_of_the_world(settings: Any, folder: Path) -> None:
    settings.EMAIL_HOST = "mail.fernweh.eu"  # which nobody asks
    reserved = (
        "a@seed.example.com",
        "b@example.org",
        "c@house.example",
        "d@x.test",
        "e@y.invalid",
        "f@localhost",
    )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ats.mail.smtp.Session.open", lambda session: None)
        assert set(deliver(*map(write, reserved))) == {MailState.SENT}
        assert len(kept_for(folder)) == len(reserved)

        settings.DEMO = False
        mail = write("g@seed.example.com")
        assert deliver(mail) == [MailState.FAILED]
    assert mail.last_error == kept.NOWHERE
    assert len(kept_for(folder)) == len(reserved)


def test_our_own_catcher_gets_everything(smtp: Catcher, folder: Path, settings: Any) -> None:
    settings.EMAIL_IS_CATCHER = True

    assert deliver(write("recruiter@demo.test")) == [MailState.SENT]

    assert [recipients for _, recipients in smtp.envelopes] == [["recruiter@demo.test"]]
    assert not folder.exists()


def test_the_story_asks_no_server_even_where_none_answers(folder: Path, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    mail = write("ana@lima.eu")

    with kept.story():
        assert deliver(mail) == [MailState.SENT]

    assert kept_for(folder) == ["ana@lima.eu"]
    assert not kept.in_story()
