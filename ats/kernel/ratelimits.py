"""How often somebody may do something: counted in the broker's server, and let through when it is away."""

import logging
import time
from functools import lru_cache

from django.conf import settings
from django.utils.translation import ngettext
from limits import parse
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _limiter(url: str) -> MovingWindowRateLimiter:
    # A form must not hang on a server that is gone.
    return MovingWindowRateLimiter(
        RedisStorage(url, key_prefix="accord-limits", socket_connect_timeout=0.5, socket_timeout=0.5)
    )


def seconds_to_wait(rate: str, *who: str) -> int:
    """Count one more for `who` ("apply", an address); 0 if it is within the `rate` ("6/hour").

    Otherwise the seconds until it may be tried again. Where nothing can be counted, nobody has to wait.
    """
    item = parse(rate)
    try:
        limiter = _limiter(settings.REDIS_URL)
        if limiter.hit(item, *who):
            return 0
        reset = limiter.get_window_stats(item, *who).reset_time
    except (RedisError, OSError):
        logger.warning("Nothing can be counted: the broker cannot be reached")
        return 0
    return max(1, round(reset - time.time()))


def in_words(seconds: int) -> str:
    """A time to wait, as it is said to a person."""
    minutes = max(1, -(-seconds // 60))
    return ngettext("a minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
