"""Which letters the bytes of a text mean.

Runs in the shut-in process only (`child.py`).
"""

import codecs
import re
import unicodedata

UNKNOWN = (
    "Its letters are written in a way that we do not know. Saved as UTF-8 text, or as PDF, it can be read."
)
SHIFTED = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
"""Japanese as it was mailed: signs of ASCII behind these."""
NAMES = {
    "shift_jis": "cp932",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "ibm866": "cp866",
}
"""What browsers call them, and Python's name for what they mean by it."""
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
"""Ways to write western Europe's letters that a detector takes for one."""
FOREIGN = re.compile(r"[^\x00-\x7f]")
BROKEN = re.compile("[\ufffd\x80-\x9f]")
ODD = frozenset("¤¦¨´¸¼½¾¬±¶†‡‰ˆ˜ƒﬂﬁ¥")  # noqa: RUF001
"""Signs that hardly stand beside a letter, but are what another charset's letters look like."""
ALONE = frozenset("àèéêìòóôùáíúåæøöäüÀÈÉÊÌÒÓÔÙÁÍÚÅÆØÖÄÜªº")
"""Letters that may make a word by themselves."""


def decoded(content: bytes) -> tuple[str, bool]:
    """The text that these bytes mean, and whether it looks right: a charset that nobody named is guessed."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), True
    if any(sign in content for sign in SHIFTED):
        return content.decode("iso2022_jp", "replace"), True
    try:
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return _guessed(content)


def _guessed(content: bytes) -> tuple[str, bool]:
    from chardetng_py import detect

    name = detect(content).lower()
    if name != "windows-1252":
        text = content.decode(NAMES.get(name, name), "replace")
        return text, len(BROKEN.findall(text)) * 10 <= len(FOREIGN.findall(text))
    text = min((content.decode(charset, "replace") for charset in WESTERN), key=_oddness)
    return text, _oddness(text) * 10 <= len(FOREIGN.findall(text))


def _oddness(text: str) -> int:
    """How much in it looks like letters read wrongly."""
    return sum(
        _is_odd(
            text[max(0, sign.start() - 1) : sign.start()], sign.group(), text[sign.end() : sign.end() + 1]
        )
        for sign in FOREIGN.finditer(text)
    )


def _is_odd(before: str, sign: str, after: str) -> bool:
    if BROKEN.match(sign):
        return True
    if sign in ODD:
        return before.isalpha() or after.isalpha() or not after.strip()
    if not sign.isalpha():
        return before.isalpha() and after.isalpha() and sign != "\u2019"
    if not (before.isalpha() or after.isalpha()):
        return sign not in ALONE
    return unicodedata.category(sign) == "Lu" and (before.islower() or (before.isalpha() and after.islower()))
