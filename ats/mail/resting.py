"""Resting while the mail server cannot be reached: hints are not followed for a while; the tick tries."""

import logging
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger(__name__)

REST = timedelta(seconds=45)
_RESTING, _TROUBLE = "mail:resting", "mail:trouble"


def is_resting() -> bool:
    try:
        return bool(cache.get(_RESTING))
    except Exception:  # noqa: BLE001 - without a cache there is no rest, and nothing else is lost
        return False


def trouble() -> dict[str, Any] | None:
    """Since when and why the mail server cannot be reached; None if it can, as far as is known."""
    try:
        return cache.get(_TROUBLE)
    except Exception:  # noqa: BLE001
        return None


def begin(error: Exception) -> None:
    logger.warning("The mail server cannot be used now, all messages stay queued: %s", error)
    try:
        cache.set(_RESTING, True, REST.total_seconds())
        cache.add(_TROUBLE, {"since": timezone.now(), "reason": str(error)}, None)
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached either")


def end() -> None:
    try:
        cache.delete_many([_RESTING, _TROUBLE])
    except Exception:  # noqa: BLE001
        logger.warning("The cache cannot be reached")
