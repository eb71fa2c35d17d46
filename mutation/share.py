"""Which mutants a run takes: all of them take longer than an hour, so each run takes one share of `SAMPLE` (3).

A mutant's name decides which share it is in, and the day which one is taken (`PART`): as many days as there are
shares test all of them. `SAMPLE=1` takes all at once.
"""

import os
from datetime import UTC, datetime
from zlib import crc32

SHARES = int(os.environ.get("SAMPLE", "3"))
TODAY = datetime.now(UTC).date().toordinal()
PART = int(os.environ.get("PART", str(TODAY))) % SHARES


def is_taken(mutant: str) -> bool:
    """Whether the mutant with this name is tested in this run."""
    return crc32(mutant.encode()) % SHARES == PART
