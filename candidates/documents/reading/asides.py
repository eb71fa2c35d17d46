"""What stands beside words and not among them: an address behind a link, the reading above a name.

They are noted in the text between private letters, which no file may bring, and settled once all of it is known.
Runs in the shut-in process only (`child.py`).
"""

import re
from urllib.parse import unquote

REACHES = re.compile(r"\s*(mailto|tel):(?://)?([^?]+)", re.IGNORECASE)
LINK = re.compile("\ue000([^\ue000-\ue004]*)\ue001")
READINGS = re.compile("(?:\ue002[^\ue000-\ue004]*\ue003[^\ue000-\ue004]*\ue004[ \u3000]*)+")
READING = re.compile("\ue002(.*?)\ue003(.*?)\ue004([ \u3000]*)", re.DOTALL)
OURS = dict.fromkeys(range(0xE000, 0xE005))


def link(target: str) -> str:
    """The note of where a link leads, for behind its words."""
    return f"\ue000{target.translate(OURS)}\ue001" if REACHES.match(target) else ""


def ruby(base: str, reading: str) -> str:
    """The note of signs with their reading above them."""
    return f"\ue002{base.translate(OURS)}\ue003{reading.translate(OURS)}\ue004"


def settled(text: str) -> str:
    """The text with its notes in words: an address once, a name in one piece and how it is read behind it."""
    said = LINK.sub("", text)
    text = READINGS.sub(_name_and_reading, text)

    def told(note: re.Match[str]) -> str:
        nonlocal said
        address = unsaid(note[1], said)
        said += f" {address}"
        return f" ({address})" if address else ""

    return LINK.sub(told, text)


def _name_and_reading(notes: re.Match[str]) -> str:
    parts = READING.findall(notes.group())
    base = "".join(base + space for base, _, space in parts)
    reading = "".join(reading + space for _, reading, space in parts)
    return f"{base.rstrip()} ({reading.strip()}){base[len(base.rstrip()) :]}"


def unsaid(target: str, text: str) -> str:
    """The address of mail or the telephone number that a link leads to; empty where the text says it already."""
    match = REACHES.match(target)
    if not match:
        return ""
    address = unquote(match[2]).strip()
    said = (
        address.lower() in text.lower()
        if match[1].lower() == "mailto"
        else _digits(address)[-6:] in _digits(text)
    )
    return "" if said or not address else address[:200]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
