"""When the tick last ran: the one thing that everything due depends on."""

import contextlib
import logging
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)
KEY = "duework:tick"


def beat(now: datetime) -> None:
    with contextlib.suppress(OSError):  # for the supervisor of `make run`, which asks no server
        (settings.VAR / "run" / "tick").touch()
    try:
        cache.set(KEY, now, None)
    except Exception:  # noqa: BLE001 - the tick itself needs no cache
        logger.warning("The cache cannot be reached")


def last() -> datetime | None:
    """None: never, or the cache has been emptied since."""
    try:
        return cache.get(KEY)
    except Exception:  # noqa: BLE001
        return None
