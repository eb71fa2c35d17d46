"""What is written to the log, without the keys that stand in addresses."""

import logging
import re

KEY = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?=[/.?]|$)")
"""256 random bits: the address of a candidate's own page, an approval, a calendar. Who reads logs needs none."""


class WithoutKeys(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(KEY.sub("…", each) if isinstance(each, str) else each for each in record.args)
        return True
