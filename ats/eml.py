"""Messages as files of a folder, for whoever looks what would have been sent."""

import itertools
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

_numbers = itertools.count()


def keep(folder: Path, content: bytes, *, sender: str, to: Sequence[str]) -> Path:
    """Write a message to `<time>-<recipient>.eml`; whoever watches the folder sees whole messages only."""
    recipient = re.sub(r"[^\w.@+-]", "_", to[0] if to else "nobody")[:80]
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    name = f"{stamp}-{time.time_ns() % 10**9:09d}-{next(_numbers)}-{recipient}.eml"
    head = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(to)}\r\n"
    part = folder / f".{os.getpid()}-{name}"
    part.write_bytes(head.encode() + content)
    return part.rename(folder / name)
