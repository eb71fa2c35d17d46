"""The page on which one makes and revokes tokens."""

import re

import pytest

from ats.api.models import ApiToken
from tests.factories import PASSWORD, make_user

URL = "/settings/api-tokens/"


@pytest.fixture
def signed_in(client, recruiter):
    client.force_login(recruiter)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_new_token_is_shown_once_and_works(signed_in, client):
    page = signed_in.post(URL, {"name": "feed", "scopes": ["candidates:read"], "days": "90"})
    secret = re.search(r"accord_[\w-]+", page.content.decode())[0]
    assert client.get("/api/v1/candidates/", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in signed_in.get(URL).content.decode()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(signed_in):
    page = signed_in.post(URL, {"name": "feed"})
    assert page.status_code == 422
    assert 'value="feed"' in page.content.decode()
    assert ApiToken.objects.count() == 0


def test_a_token_is_revoked_by_its_owner_only(signed_in, recruiter, client_of):
    client_of(recruiter)
    other = make_user("lead")
    client_of(other)
    mine, theirs = recruiter.api_tokens.get(), other.api_tokens.get()
    assert signed_in.post(f"{URL}{theirs.pk}/revoke/").status_code == 404
    assert signed_in.post(f"{URL}{mine.pk}/revoke/").status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.revoked_at is None, theirs.revoked_at is None) == (False, True)


def test_the_names_of_tokens_are_only_words(signed_in):
    signed_in.post(URL, {"name": "<script>alert(1)</script>", "scopes": ["candidates:read"], "days": "90"})
    assert "<script>alert" not in signed_in.get(URL).content.decode()
