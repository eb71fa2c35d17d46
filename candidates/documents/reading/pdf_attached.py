"""The Europass for programs that lies in the PDF of a Europass. Runs in the shut-in process only (`child.py`)."""

import re
from ctypes import c_ulong
from typing import Any

MOST, LARGEST = 20, 8 * 1024 * 1024
LONGEST = 300_000
EUROPASS = re.compile(rb"<(?:\w+:)?(?:Candidate|SkillsPassport|learnerinfo)\b")
BEGINS = 4096
PICTURE = re.compile(r"[A-Za-z0-9+/=\s]{4000,}")
"""A photograph, in letters."""


def europass(document: Any) -> tuple[str, str]:
    """Its XML and its name; nothing where none is attached. It is not looked into here."""
    import pypdfium2.raw as pdfium

    for index in range(min(document.count_attachments(), MOST)):
        attached = document.get_attachment(index)
        length = c_ulong(0)
        if not pdfium.FPDFAttachment_GetFile(attached, None, 0, length) or not 0 < length.value <= LARGEST:
            continue
        content = bytes(attached.get_data())
        if not EUROPASS.search(content[:BEGINS]) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            continue
        text = PICTURE.sub("", content.decode("utf-8", "replace").replace("\0", ""))
        if len(text) <= LONGEST:
            return text, attached.get_name()
    return "", ""
