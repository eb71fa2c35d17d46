"""What is written to the log, without the keys that stand in addresses: who reads logs needs none.

The record itself leaves them out, and not a filter of one handler: the web server and the workers bring handlers of
their own, and so may whoever runs us.
"""

import logging
import re
import traceback
from typing import Any

SLASH = "(?:/|%2F)"
PLACES = (
    "status/address",
    "status",
    "approvals/mail",
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


def without_keys(text: str) -> str:
    text = IN_PLACE.sub(r"\1…", text)
    text = NAMED.sub(r"\1…", text)
    return LONG.sub("…", text)


class Record(logging.LogRecord):
    """A record whose words and whose traceback hold no keys, for whichever handler writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.exc_info, tuple) and self.exc_info[1] is not None:
            # A formatter takes this text if it is there, and makes its own only if it is not.
            self.exc_text = without_keys("".join(traceback.format_exception(*self.exc_info)).rstrip("\n"))

    def getMessage(self) -> str:  # noqa: N802 - logging's own name
        return without_keys(super().getMessage())


def leave_keys_out() -> None:
    """From now on, in this process."""
    logging.setLogRecordFactory(Record)
