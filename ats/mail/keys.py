"""The keys to somebody's own page that stand in a message to them: nobody else is shown them."""

import re

KEY = re.compile(
    r"/(?:[A-Za-z0-9_-]{43}|(?<=/mail/unsubscribe/)[A-Za-z0-9_:-]+|(?<=/survey/)[A-Za-z0-9_:-]+)(?=/)"
)
"""256 random bits in an address of ours, the signed way out of relationship mail, or the one into a survey."""


def without_keys(text: str) -> str:
    return KEY.sub("/…", text)
