"""What is written to the log, without the keys that stand in addresses (who reads logs needs none), line by line.

The record itself leaves them out, and not a filter of one handler: the web server and the workers bring handlers of
their own, and so may whoever runs us.
"""

import logging
import re
import time
import traceback
from typing import Any

from django.conf import settings

SLASH = "(?:/|%2F)"
PLACES = (
    "status/address",
    "status",
    "approvals/mail",
    "by-mail",
    "calendar/feed",
    "accounts/invitation",
    "accounts/password/reset/key",
    "mail/unsubscribe",
)
"""Behind these stands a key, whatever became of it on its way: cut off, lengthened, a `=` at its end."""
IN_PLACE = re.compile(
    f"({SLASH}(?:{'|'.join(place.replace('/', SLASH) for place in PLACES)}){SLASH})"
    r"(?:(?!%2F)[^/\s\"'?&#<>])+",
    re.IGNORECASE,
)
NAMED = re.compile(r"((?:token|key|secret|password|signature|code)=)[^&\s\"'#<>]+", re.IGNORECASE)
LONG = re.compile(r"(?<![\w-])(?=[a-z-]*[A-Z0-9_])[\w-]{40,}", re.ASCII)
"""Random bits wherever they stand: 43 characters are the 256 of our keys. Words with hyphens are none."""


ENDS = re.compile(r"\r\n|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\r]")


def in_one_piece(text: str) -> str:
    """Nobody writes a line of the log by what they send us: further lines are set in, other signs are spelled."""
    return UNSEEN.sub(lambda sign: f"\\x{ord(sign[0]):02x}", ENDS.sub("\n    ", text))


def without_keys(text: str) -> str:
    text = IN_PLACE.sub(r"\1…", text)
    text = NAMED.sub(r"\1…", text)
    return LONG.sub("…", text)


def without_own_keys(text: str) -> str:
    """Words of somebody's, without the keys in addresses of ours."""
    own = re.compile(f"({re.escape(settings.BASE_URL)}){IN_PLACE.pattern}", re.IGNORECASE)
    return own.sub(r"\1\2…", text)


def _clean(text: str) -> str:
    return in_one_piece(without_keys(text))


class Record(logging.LogRecord):
    """A record whose words and whose traceback hold no keys and no lines of others, whichever handler writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.exc_info, tuple) and self.exc_info[1] is not None:
            # A formatter takes this text if it is there, and makes its own only if it is not.
            self.exc_text = _clean("".join(traceback.format_exception(*self.exc_info)).rstrip("\n"))

    def getMessage(self) -> str:  # noqa: N802 - logging's own name
        return _clean(super().getMessage())


class Utc(logging.Formatter):
    """Moments as `2026-11-24T10:00:00.123Z`, wherever the machine stands."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"


def leave_keys_out() -> None:
    """From now on, in this process."""
    logging.setLogRecordFactory(Record)
