"""Resting while the mail server cannot be used.

Where nobody answers, hints are not followed for a while and the tick tries. Where the server is there and sends us
away, or breaks off, the tick rests as well, longer each time.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger(__name__)

REST = timedelta(seconds=45)
LONGEST = timedelta(minutes=5)
_RESTING, _TROUBLE, _PAUSE = "mail:resting", "mail:trouble", "mail:pause"


def is_resting() -> bool:
    return bool(_get(_RESTING))


def must_wait(now: datetime) -> bool:
    """The server was asked not long before `now`, and sent us away."""
    pause = _get(_PAUSE)
    return pause is not None and now < pause["until"] <= now + LONGEST


def trouble() -> dict[str, Any] | None:
    """Since when and why the mail server cannot be used; None if it can, as far as is known."""
    return _get(_TROUBLE)


def begin(error: Exception, now: datetime, *, growing: bool) -> None:
    logger.warning("The mail server cannot be used now, all messages stay queued: %s", error)
    pause = _next_pause(now) if growing else REST
    try:
        cache.set(_RESTING, True, pause.total_seconds())
        cache.add(_TROUBLE, {"since": timezone.now(), "reason": str(error)}, None)
        if growing:
            cache.set(_PAUSE, {"until": now + pause, "pause": pause}, 3600)
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached either")


def _next_pause(now: datetime) -> timedelta:
    before = _get(_PAUSE)
    if before is None:
        return REST
    if now < before["until"]:  # another worker has just begun it
        return before["pause"]
    return min(2 * before["pause"], LONGEST)


def end() -> None:
    try:
        cache.delete_many([_RESTING, _TROUBLE, _PAUSE])
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached")


def _get(key: str) -> Any:
    try:
        return cache.get(key)
    except Exception:  # noqa: BLE001 - without a cache there is no rest, and nothing else is lost
        return None
