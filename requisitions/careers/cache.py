"""Public pages kept ready: thrown away at once when a role or a post changes, and after a few minutes anyway.

One stamp stands for everything that the careers site shows, in all languages. A page is kept together with the stamp
that it was made under; another stamp, and it is made anew. The kept pages are a convenience: without the cache's
server the site answers all the same.
"""

import gzip
import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from redis.exceptions import RedisError

V = TypeVar("V")

STAMP = "careers:stamp"
KEEP_SECONDS = 300
STAMP_SECONDS = 24 * 3600
# Whoever keeps a copy asks whether it is still so before showing it; a shared cache may spare us for a minute.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"


@dataclass(frozen=True)
class Kept:
    """A page as it goes out."""

    stamp: str
    status: int
    content_type: str
    body: bytes
    packed: bytes
    etag: str


@dataclass(frozen=True)
class Shared:
    """Something that several pages show."""

    stamp: str
    value: Any


@dataclass(frozen=True)
class Made:
    """A page just made, and whether it is worth keeping: an address that anybody could invent is not."""

    response: HttpResponse
    keep: bool = True


def forget() -> None:
    """After the commit, let every page be made anew."""
    transaction.on_commit(_new_stamp)


def _new_stamp() -> str:
    stamp = uuid.uuid4().hex
    return stamp if remember(STAMP, stamp, STAMP_SECONDS) else ""


def remember(key: str, value: object, seconds: int) -> bool:
    """Keep it for so long; False where the cache's server is away."""
    try:
        cache.set(key, value, seconds)
    except RedisError:
        return False
    return True


def remembered(key: str) -> Any:
    """What is kept under the key; None for nothing, and where the cache's server is away."""
    try:
        return cache.get(key)
    except RedisError:
        return None


def _look(key: str) -> tuple[str, Any]:
    """The stamp of now, and what is kept under it; no stamp where there is no cache."""
    try:
        found = cache.get_many([STAMP, key])
    except RedisError:
        return "", None
    stamp = found.get(STAMP) or _new_stamp()
    kept = found.get(key)
    return stamp, kept if kept is not None and kept.stamp == stamp else None


def shared(key: str, find: Callable[[], V]) -> V:
    """What many pages of the site have in common, kept as long as they are."""
    stamp, there = _look(f"careers:{key}")
    if there is not None:
        return there.value
    found = find()
    if stamp:
        remember(f"careers:{key}", Shared(stamp, found), KEEP_SECONDS)
    return found


def served(request: HttpRequest, key: str | None, make: Callable[[], Made]) -> HttpResponse:
    """The kept page of this key, or the one that `make` makes; with an ETag. `key` None: not to be kept.

    Each language has a page of its own.
    """
    key = key and f"{get_language()}:{key}"
    stamp, page = _look(f"careers:{key}") if key else ("", None)
    if page is None:
        made = make()
        page = _kept(made.response, stamp)
        if stamp and key and made.keep:
            remember(f"careers:{key}", page, KEEP_SECONDS)
    return _answer(request, page)


def _kept(response: HttpResponse, stamp: str) -> Kept:
    body = response.content
    return Kept(
        stamp=stamp,
        status=response.status_code,
        content_type=response["Content-Type"],
        body=body,
        packed=gzip.compress(body, compresslevel=6, mtime=0),
        etag=f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
    )


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        page.packed if packed else page.body, content_type=page.content_type, status=page.status
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = CACHE_CONTROL
    response["ETag"] = f"W/{page.etag}"
    patch_vary_headers(response, ["Accept-Encoding"])
    if page.status != 200:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
