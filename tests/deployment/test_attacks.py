"""Attacks on a whole house that runs, as somebody outside of it makes them: over HTTP alone, with one start for all.

What each may not find is tried more closely in its own room; here nothing stands in for anything.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from ats.accounts.models import Role, User
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalStep
from ats.embedded import DEMO_PASSWORD
from ats.embedded.sockets import free_port
from candidates.models import Application, Candidate
from requisitions.models import Requisition
from tests import factories as make
from tests.processes import ROOT, environment
from tests.smtp import Catcher

pytestmark = [
    pytest.mark.servers,
    pytest.mark.xdist_group("up"),
    pytest.mark.django_db(transaction=True),
]
START_SECONDS = 300  # How long a start may take on a machine that has much else to do.
PASSWORD, NEW = "a tortoise by the wall", "a heron over the lake"
HIDDEN, MISSING = "hidden@example.com", "missing@example.com"


class Answer(NamedTuple):
    status: int
    body: str
    location: str


class NoRedirect(HTTPRedirectHandler):
    """Where an answer points to is part of what it says."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Browser:
    """Somebody with cookies of their own, or with an API token."""

    def __init__(self, base: str, token: str = "") -> None:
        self.base, self.jar = base, CookieJar()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.opener = build_opener(HTTPCookieProcessor(self.jar), NoRedirect)

    def get(self, path: str) -> Answer:
        return self._send(Request(self.base + path, headers=self.headers))

    def post(self, path: str, **fields: Any) -> Answer:
        """With the token that the page before has brought along."""
        crumb = next((cookie.value for cookie in self.jar if cookie.name.endswith("csrf")), "")
        body = urlencode(fields | {"csrfmiddlewaretoken": crumb}, doseq=True).encode()
        return self._send(Request(self.base + path, body, self.headers))

    def patch(self, path: str, body: bytes) -> Answer:
        headers = self.headers | {"Content-Type": "application/json"}
        return self._send(Request(self.base + path, body, headers, method="PATCH"))

    def sign_in(self, email: str, password: str = PASSWORD) -> Answer:
        self.get("/accounts/login/")
        return self.post("/accounts/login/", login=email, password=password)

    def _send(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read().decode(), "")
        except HTTPError as answer:
            location = answer.headers.get("Location", "")
            return Answer(answer.code, answer.read().decode(), location.removeprefix(self.base))


@pytest.fixture
def base(tmp_path: Path, smtp: Catcher) -> Iterator[str]:
    """`manage.py up` on the database of this test; its letters come to `smtp`."""
    port = free_port()
    address, said = f"http://localhost:{port}", tmp_path / "said"
    env = environment(VAR=str(tmp_path), PORT=str(port), DEMO="0", BASE_URL=address)
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=ROOT, env=env, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while "Accord is ready" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        assert process.wait(60) == 0
    assert "Traceback" not in said.read_text()


def person(role: str, **facts: Any) -> User:
    """The tests' own hasher is none that a house in production reads."""
    user = make.make_user(role, **facts)
    User.objects.filter(pk=user.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"))
    return user


def until(found: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)
    return value


def test_none_of_them_comes_through(base: str, smtp: Catcher, tmp_path: Path) -> None:
    approve_what_one_asked_for(base)
    be_both_partners(base)
    uncover_somebody_hidden(base)
    go_on_with_old_keys(base, smtp)
    come_in_by_the_published_password(base, tmp_path)


def approve_what_one_asked_for(base: str) -> None:
    asker, other = (person(Role.LEAD, name=name) for name in ("Ann Asker", "Olga Other"))
    role = make.make_requisition("draft", recruiter=person(Role.RECRUITER), must_haves=("Python",))
    chain = ApprovalChain.objects.create(kind="opening", organisation=role.organisation)
    ApprovalStep.objects.create(chain=chain, position=1, role=Role.LEAD)
    attacker, asked = Browser(base), Browser(base)
    assert attacker.sign_in(asker.email).status == asked.sign_in(other.email).status == 302

    # The chain asks leads. She is one, and is passed over.
    assert attacker.post(f"/requisitions/{role.pk}/open/").status == 302
    matter = ApprovalRequest.objects.get(requested_by=asker)
    assert [each.approver for each in matter.approvals.all()] == [other]
    page = f"/approvals/{matter.pk}/"
    assert attacker.post(page, answer="yes").status == 404
    assert attacker.post(f"{page}pass-on/", to=asker.pk).status == 404
    assert asked.post(f"{page}pass-on/", to=asker.pk).status == 422

    # A row of an older house in which she is asked all the same.
    Approval.objects.filter(request=matter).update(approver=asker)
    refused = attacker.post(page, answer="yes")
    assert (refused.status, "You asked for this yourself: pass it on to" in refused.body) == (422, True)
    role.refresh_from_db()
    assert (list(matter.approvals.values_list("state", flat=True)), role.state) == (["open"], "draft")


def be_both_partners(base: str) -> None:
    role = make.make_requisition("draft", recruiter=person(Role.RECRUITER), must_haves=("Python",))
    me = role.recruiter
    attacker = Browser(base)
    attacker.sign_in(me.email)
    own = {"recruiter": me.pk, "hiring_manager": me.pk}

    assert attacker.get(f"/requisitions/{role.pk}/edit/team/").status == 200
    assert attacker.post(f"/requisitions/{role.pk}/edit/team/", **own).status == 422
    program = Browser(base, token_of(attacker, "requisitions:read", "requisitions:write"))
    by_api = program.patch(f"/api/v1/requisitions/{role.pk}/", b'{"hiring_manager": %d}' % me.pk)
    assert (by_api.status, "hiring_manager" in by_api.body) == (400, True)
    made = attacker.post(
        "/requisitions/new/", title="Mine", hiring_manager=me.pk, organisation=role.organisation_id
    )
    assert made.status == 422
    kept = Requisition.objects.filter(recruiter=me).values_list("pk", "hiring_manager")
    assert list(kept) == [(role.pk, role.hiring_manager_id)]


def uncover_somebody_hidden(base: str) -> None:
    secret = make.make_application(
        requisition=make.make_requisition(confidential=True, title="Head of Finance"),
        candidate=make.make_candidate(
            first_name="Xylander", last_name="Xu", email=HIDDEN, only_confidential=True
        ),
    )
    make.make_post(slug="engineer")
    snoop = person(Role.RECRUITER)

    def apply(address: str) -> tuple[int, str, str]:
        """What a stranger reads, but for what is anybody's own: the address, and the token of the form."""
        stranger = Browser(base)
        form = stranger.get("/careers/engineer/apply/")
        assert form.status == 200
        sent = stranger.post(
            "/careers/engineer/apply/",
            first_name="Kim",
            last_name="Sample",
            email=address,
            cover_letter="Me.",
        )
        thanks = stranger.get(sent.location)
        assert (sent.status, thanks.status) == (302, 200)
        said = re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", thanks.body)
        return sent.status, sent.location, said.replace(address, "the address")

    assert apply(HIDDEN) == apply(MISSING)
    inside = Browser(base)
    inside.sign_in(snoop.email)
    found = inside.get("/candidates/?q=Xylander")
    assert (found.status, "Xu" in found.body) == (200, False)
    assert inside.get(f"/candidates/{secret.candidate_id}/").status == 404
    assert inside.get("/candidates/999999999/").status == 404
    kept = Candidate.objects.get(pk=secret.candidate_id)
    assert (kept.first_name, kept.only_confidential, kept.applications.count()) == ("Xylander", True, 1)
    assert Application.objects.filter(candidate__email=HIDDEN).count() == 2


def token_of(browser: Browser, *scopes: str) -> str:
    """A token made as a person makes one: the password once more, then its only showing."""
    wanted = {"name": "A program", "scopes": scopes, "days": "90"}
    asked = browser.post("/settings/api-tokens/", **wanted)
    if asked.status == 302:
        asked = browser.post(asked.location, password=PASSWORD)
    (token,) = set(re.findall(r"accord_[\w-]{20,}", asked.body))
    return str(token)


def go_on_with_old_keys(base: str, smtp: Catcher) -> None:
    admin, user = person(Role.ADMIN), person(Role.RECRUITER, email="rae@example.com")
    owner = Browser(base)

    def keys() -> tuple[str, str]:
        """What a thief copies from an open browser."""
        token = token_of(owner, "requisitions:read")
        made = owner.post("/settings/availability/feed/")
        (feed,) = set(re.findall(r"/calendar/feed/[\w-]{43}\.ics", made.body))
        return token, str(feed)

    def opens(token: str, feed: str) -> tuple[int, int]:
        return Browser(base, token).get("/api/v1/requisitions/").status, Browser(base).get(feed).status

    owner.sign_in(user.email)
    first = keys()
    assert opens(*first) == (200, 200)
    stranger = Browser(base)
    stranger.get("/accounts/password/reset/")
    assert stranger.post("/accounts/password/reset/", email=user.email).status == 302
    link = until(lambda: re.search(r"/accounts/password/reset/key/[\w-]+/", letters(smtp, user.email)))
    form = stranger.get(link[0])
    assert stranger.post(form.location, password1=NEW, password2=NEW).status == 302
    assert (opens(*first), owner.get("/").status) == ((401, 404), 302)

    User.objects.filter(pk=user.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"))
    owner = Browser(base)
    owner.sign_in(user.email)
    second = keys()
    assert opens(*second) == (200, 200)
    boss = Browser(base)
    boss.sign_in(admin.email)
    person_page = f"/settings/people/{user.pk}/"
    assert boss.post(f"{person_page}deactivate/").status == 302
    assert (opens(*second), owner.get("/").status) == ((401, 404), 302)
    assert boss.post(f"{person_page}reactivate/").status == 302
    assert (opens(*first), opens(*second), owner.get("/").status) == ((401, 404), (401, 404), 302)
    assert User.objects.get(pk=user.pk).is_active


def letters(smtp: Catcher, to: str) -> str:
    return "\n".join(
        part.get_content()
        for message in tuple(smtp.messages)
        for part in message.walk()
        if to in message["To"] and part.get_content_type() == "text/plain"
    )


def come_in_by_the_published_password(base: str, tmp_path: Path) -> None:
    left = make.make_user(Role.ADMIN, email="admin@demo.test")
    User.objects.filter(pk=left.pk).update(password=PBKDF2PasswordHasher().encode(DEMO_PASSWORD, "salt"))
    stranger = Browser(base)
    refused = stranger.sign_in(left.email, DEMO_PASSWORD)
    assert (refused.status, stranger.get("/settings/people/").status) == (200, 302)

    earnest = {
        "PRODUCTION": "1",
        "DEMO": "0",
        "SECRET_KEY": "z8-Kq" * 12,
        "BASE_URL": "https://a.example.com",
        "VAR": str(tmp_path),
        "PORT": "0",
        "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", ""),
    }
    web = ["-m", "gunicorn", "-c", "python:ats.webserver", "ats.wsgi"]
    for command in (web, ["manage.py", "check", "--deploy"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(**earnest),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        said = done.stdout + done.stderr
        assert (done.returncode, "admin@demo.test can still sign in" in said) == (1, True), said
