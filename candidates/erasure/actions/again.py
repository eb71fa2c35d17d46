"""After a restore: whoever was erased since the backup was made is erased once more, before anything leaves."""

from datetime import datetime
from pathlib import Path

from ats.upkeep.again import does_again
from candidates.erasure.actions.erase import erase_again
from candidates.erasure.domain import ledger


@does_again
def again(source: Path, now: datetime) -> int:
    """Go through the list of the installation before; how many people were here again."""
    return sum(erase_again(entry, now=now) for entry in ledger.entries(source))
