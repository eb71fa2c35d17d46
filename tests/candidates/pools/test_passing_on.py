"""People who are passed on by mail, and who are brought by the bookmark."""

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.mail import inbound, reply_tags
from ats.mail.models import IncomingMail
from candidates.models import Candidate
from tests import factories as f
from tests.candidates.helpers import hours

pytestmark = pytest.mark.django_db
ADA = "Ada Lovelace <ada@post.example>"
FORWARDED = (
    f"Look at her!\r\n\r\n---------- Forwarded message ---------\r\nFrom: {ADA}\r\nSubject: Hello\r\n\r\nHi."
)
GERMAN = f"-----Urspr\u00fcngliche Nachricht-----\r\nVon: {ADA}\r\nBetreff: Hallo\r\n\r\nHallo."


@pytest.fixture
def recruiter(settings: pytest.FixtureRequest) -> User:
    settings.INBOUND_ADDRESS = "in@hiring.example"  # type: ignore[attr-defined]
    settings.INBOUND_SUBADDRESS = "+"  # type: ignore[attr-defined]
    return f.make_user(Role.RECRUITER, email="kim@example.com")


def came(user: User, body: str, *, sender: str = "", to: str = "", more: str = "") -> IncomingMail:
    address = reply_tags.address_for_person(user.pk)
    head = f"From: Kim <{sender or user.email}>\r\nTo: {to or address}\r\nDelivered-To: {address}\r\nSubject: x\r\n"
    content = f"{head}{more}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    inbound.take_in(content.encode(), hours(1))
    return IncomingMail.objects.latest("pk")


@pytest.mark.parametrize("body", [FORWARDED, GERMAN])
def test_who_wrote_what_is_forwarded_becomes_a_prospect(recruiter: User, body: str) -> None:
    row = came(recruiter, body)
    made = Candidate.objects.get()
    assert (made.name, made.email, str(made.source)) == (
        "Ada Lovelace",
        "ada@post.example",
        "Passed on by mail",
    )
    assert (row.state, row.candidate_id) == ("settled", made.pk)
    came(recruiter, f"Once more\r\n\r\n{body}")
    assert Candidate.objects.count() == 1


def test_in_a_copy_it_is_to_whom_it_went(recruiter: User) -> None:
    came(recruiter, "Shall we talk?", to="<grace.hopper@post.example>")
    made = Candidate.objects.get()
    assert (made.first_name, made.last_name, made.email) == ("Grace", "Hopper", "grace.hopper@post.example")


@pytest.mark.parametrize("sender", ["stranger@post.example", "ada@post.example"])
def test_who_is_not_the_colleague_has_it_do_nothing(recruiter: User, sender: str) -> None:
    row = came(recruiter, FORWARDED, sender=sender)
    assert (Candidate.objects.count(), row.state, row.candidate_id) == (0, "settled", None)


def test_who_left_or_may_add_nobody_adds_nobody(recruiter: User) -> None:
    came(f.make_user(Role.INTERVIEWER), FORWARDED)
    User.objects.filter(pk=recruiter.pk).update(is_active=False)
    came(recruiter, FORWARDED)
    assert Candidate.objects.count() == 0


def test_one_that_names_nobody_or_several_or_colleagues_alone_waits_for_people(recruiter: User) -> None:
    other = f.make_user(Role.RECRUITER)
    for body, to in (
        ("Hello", ""),
        ("Hello", "<a@post.example>, <b@post.example>"),
        ("Hello", f"<{other.email}>"),
    ):
        row = came(recruiter, body, to=to)
        assert (row.state, row.why) == ("open", "who")
    assert Candidate.objects.count() == 0


def test_the_bookmark_fills_in_and_adds_nobody(recruiter: User, client: Client) -> None:
    client.force_login(recruiter)
    asked = {
        "url": "https://people.example/ada",
        "title": "Ada Lovelace - Mathematician | People",
        "text": "Reach me: ada@post.example, +44 20 7946 0000 <script>",
    }
    page = client.get("/candidates/new/", asked).content.decode()
    for value in ("Ada", "Lovelace", "Mathematician", "ada@post.example", "https://people.example/ada"):
        assert f'value="{value}"' in page
    assert "<script>alert" not in page
    assert Candidate.objects.count() == 0
    hostile = {"url": "javascript:alert(1)", "title": "x" * 9000, "text": "\x00" * 9000}
    assert "javascript:" not in client.get("/candidates/new/", hostile).content.decode()
    shown = client.get("/candidates/new/faster/").content.decode()
    assert reply_tags.address_for_person(recruiter.pk) in shown
    assert 'href="javascript:(()=&gt;{' in shown
