"""Putting two candidates together by the API, and the address of who leads on."""

import pytest

from candidates.models import Candidate, Merge
from tests.factories import make_candidate

pytestmark = pytest.mark.django_db


def test_a_program_puts_two_together_follows_and_takes_them_apart(api) -> None:
    kept, lost = make_candidate(phone="030 901820"), make_candidate(phone="030 901820", city="Hamburg")
    where = f"/api/v1/candidates/{kept.pk}/merge/"
    refused = api.post(where, {"other": lost.pk}, format="json")
    assert (refused.status_code, Merge.objects.count()) == (400, 0)
    answer = api.post(
        where, {"other": lost.pk, "why": "They said so", "take": {"email": "lost"}}, format="json"
    )
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["candidate"]["id"], told["candidate"]["email"], told["candidate"]["city"]) == (
        kept.pk,
        lost.email,
        "Hamburg",
    )
    assert [row["value"] for row in told["candidate"]["further_addresses"]] == [kept.email]
    leads = api.get(f"/api/v1/candidates/{lost.pk}/")
    assert (leads.status_code, leads["Location"]) == (
        307,
        f"http://testserver/api/v1/candidates/{kept.pk}/",
    )
    assert api.get("/api/v1/candidates/").json()["results"][0]["id"] == kept.pk
    apart = f"/api/v1/candidates/{kept.pk}/unmerge/"
    assert api.post(apart, {"merge": told["merge"] + 1}, format="json").status_code == 404
    assert api.post(apart, {"merge": told["merge"]}, format="json").status_code == 200
    assert Candidate.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"other": [1, 2]}, 400),  # three at once
        ({"other": 2**63}, 400),
        ({"other": 10**9}, 404),
        ({}, 400),
        ({"other": "self"}, 400),
        ({"other": "other", "take": {"email": "x"}}, 400),
        ({"other": "other", "take": {"salary": "kept"}, "why": "x"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_half_done(api, given, code) -> None:
    kept, other = make_candidate(), make_candidate()
    if given.get("other") in ("self", "other"):
        given = given | {"other": {"self": kept.pk, "other": other.pk}[given["other"]]}
    answer = api.post(f"/api/v1/candidates/{kept.pk}/merge/", given, format="json")
    assert (answer.status_code, Merge.objects.count()) == (code, 0), answer.content
