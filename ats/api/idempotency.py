"""A write with an `Idempotency-Key` is carried out once, however often it is sent.

Ours, for the answer is kept in the transaction of the write itself; packages keep it in a cache, after the commit.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.models import IdempotentCall
from ats.kernel import walls

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
KEPT_FOR = timedelta(days=1)


class Replay(Exception):
    """This call was carried out before: here is what it answered then."""

    def __init__(self, call: IdempotentCall) -> None:
        self.call = call


class KeyReused(APIException):
    status_code = 422
    default_detail = "This Idempotency-Key was used for another call."
    default_code = "idempotency_key_reused"


class BadKey(APIException):
    status_code = 400
    default_detail = "An Idempotency-Key has 1 to 200 characters that can be printed."
    default_code = "invalid"


class IdempotentMixin:
    """For API views. The key's row and the effect of the call are one transaction.

    So a call that was cut off left neither, and one that is repeated while the first still runs waits for
    it. Only answers that changed something (2xx) are kept; a mistake may be mended under the same key.
    """

    _call: IdempotentCall | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method not in WRITES or "Idempotency-Key" not in request.headers:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        with transaction.atomic(), walls.rebased():
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method in WRITES and (key := request.headers.get("Idempotency-Key")) is not None:
            self._call = _begin(request, key, timezone.now())

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Replay):
            return Response(exc.call.body, status=exc.call.status, headers={"Idempotent-Replayed": "true"})
        return super().handle_exception(exc)  # type: ignore[misc]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if self._call is not None and response.status_code < 400:
            data = getattr(response, "data", None)
            self._call.body = json.loads(JSONRenderer().render(data)) if data is not None else None
            self._call.status = response.status_code
            self._call.save(update_fields=["status", "body"])
        return response


def _begin(request: Request, key: str, now: datetime) -> IdempotentCall:
    if not 1 <= len(key) <= 200 or not key.isprintable():
        raise BadKey
    assert isinstance(request.user, User)
    IdempotentCall.objects.filter(user=request.user, key=key, created_at__lt=now - KEPT_FOR).delete()
    call, created = IdempotentCall.objects.get_or_create(
        user=request.user, key=key, defaults={"fingerprint": _fingerprint(request), "created_at": now}
    )
    if created:
        return call
    if call.fingerprint != _fingerprint(request):
        raise KeyReused
    raise Replay(call)


def _fingerprint(request: Request) -> str:
    """Method, address and what was sent; of a file its name and size."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        fields = sorted((name, values) for name, values in request.POST.lists())
        files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
        digest.update(json.dumps([fields, files]).encode())
    else:
        digest.update(json.dumps(request.data, sort_keys=True, default=str).encode())
    return digest.hexdigest()
