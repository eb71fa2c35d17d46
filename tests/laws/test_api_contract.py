"""The API answers as its description says; the watch over all tests notices when it does not."""

import pytest
from django.http import JsonResponse

from tests.api_contract import NotAsDescribed, check

ERRORS = {"type": "client_error", "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}]}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/v1/promises/1/", {"id": 1}, 200),
        ("GET", "/api/v1/promises/1/", ERRORS | {"hint": "Look elsewhere."}, 404),
        ("GET", "/api/v1/promises/1/", ERRORS, 409),
        ("POST", "/api/v1/candidates/", {"detail": "No."}, 400),
    ],
)
def test_what_is_not_described_is_noticed(method: str, path: str, body: object, status: int) -> None:
    with pytest.raises(NotAsDescribed):
        check(method, path, JsonResponse(body, status=status))


def test_what_is_described_may_be_answered_and_what_is_no_endpoint_is_not_looked_at() -> None:
    check("GET", "/api/v1/promises/1/", JsonResponse(ERRORS, status=404))
    check("GET", "/api/v1/nothing/", JsonResponse({"of": "ours"}, status=404))
