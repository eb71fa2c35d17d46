"""Bearer tokens: kept as hashes, bound to a user and scopes, revocable."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ats.accounts.models import Role
from ats.api.actions import create_token, revoke_token
from ats.api.models import ApiToken
from ats.api.scopes import SCOPES
from ats.kernel.errors import Invalid, Missing
from tests.clock import NOW
from tests.factories import make_user

URL = "/api/v1/candidates/"


def test_only_the_hash_of_a_token_is_kept(recruiter):
    token, secret = create_token(user=recruiter, name="feed", now=timezone.now())
    kept = ApiToken.objects.values().get(pk=token.pk)
    assert kept["token_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(kept)
    assert kept["prefix"] == secret[:12]
    assert kept["scopes"] == sorted(SCOPES)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x", "scopes": ["everything"]}, "scopes"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "expires_at": NOW - timedelta(days=1)}, "expires_at"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(recruiter, facts, field):
    with pytest.raises(Invalid) as refusal:
        create_token(user=recruiter, now=timezone.now(), **facts)
    assert refusal.value.field == field
    assert ApiToken.objects.count() == 0


def test_a_call_without_a_token_is_asked_for_one(client, db):
    answer = client.get(URL)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="accord"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer accord_guess", "Bearer \xff\xfe"])
def test_a_wrong_token_is_refused(client, db, header):
    assert client.get(URL, headers={"authorization": header}).status_code == 401


def test_a_revoked_token_ends_at_once(recruiter, client_of):
    api = client_of(recruiter)
    assert api.get(URL).status_code == 200
    revoke_token(token_id=recruiter.api_tokens.get().pk, by=recruiter, now=timezone.now())
    assert api.get(URL).status_code == 401


def test_an_expired_token_is_refused(recruiter, client_of):
    api = client_of(recruiter)
    recruiter.api_tokens.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api.get(URL).status_code == 401


def test_the_token_of_somebody_who_left_is_refused(recruiter, client_of):
    api = client_of(recruiter)
    recruiter.is_active = False
    recruiter.save(update_fields=["is_active"])
    assert api.get(URL).status_code == 401


def test_last_use_is_shown(recruiter, client_of):
    before = timezone.now()
    client_of(recruiter).get(URL)
    assert before <= recruiter.api_tokens.get().last_used_at <= timezone.now()


def test_a_scope_opens_what_it_says_and_nothing_else(recruiter, client_of):
    api = client_of(recruiter, "candidates:read")
    assert api.get(URL).status_code == 200
    assert api.post(URL, {"first_name": "A", "last_name": "B"}).status_code == 403
    assert api.get("/api/v1/messages/").status_code == 403
    assert api.get("/api/v1/requisitions/").status_code == 403


def test_nobody_revokes_the_token_of_another(recruiter):
    token, _ = create_token(user=recruiter, name="x", now=timezone.now())
    with pytest.raises(Missing):
        revoke_token(token_id=token.pk, by=make_user(Role.LEAD), now=timezone.now())
    revoke_token(token_id=token.pk, by=make_user(Role.ADMIN), now=timezone.now())
    assert ApiToken.objects.get().revoked_at is not None


def test_the_command_prints_a_token_that_works(recruiter, client):
    out = StringIO()
    call_command("api_token", recruiter.email.upper(), "--scope", "candidates:read", stdout=out)
    secret = out.getvalue().strip()
    assert client.get(URL, headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_the_command_knows_nobody_of_that_name(db):
    with pytest.raises(CommandError, match="Nobody who is active"):
        call_command("api_token", "nobody@example.com")


def test_the_answer_to_too_many_calls_says_when_to_come_back(api, monkeypatch):
    from ats.api.throttling import TokenThrottle

    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": "2/min"})
    assert [api.get(URL).status_code for _ in range(3)] == [200, 200, 429]
    assert 0 < int(api.get(URL)["Retry-After"]) <= 60
