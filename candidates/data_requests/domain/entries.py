"""What the entries of a copy are called: people's own names for their files, without what leads out of a folder."""

import re
import unicodedata

LONGEST = 120
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
"""What some system takes for a part of a path, and what turns a name around before the eye."""
DEVICES = re.compile(r"(?i)\A(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")


def entry(folder: str, number: int, filename: str) -> str:
    """`files/12-cv.pdf`: in this folder and nowhere else, whatever somebody called it; the number makes it one."""
    name = unicodedata.normalize("NFC", filename)
    name = FORBIDDEN.sub("_", name).strip(" .") or "file"
    if DEVICES.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST and dot and len(ending) <= 10:
        name = f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
    return f"{folder}/{number}-{name[:LONGEST]}"
