"""PDFs that bring another document along, as word processors' hybrid files do."""

import re
import struct

ZIP_END = b"PK\x05\x06"
BEFORE = re.compile(rb">>\s*stream\r?\n$")
AFTER = re.compile(rb"\s*endstream\b")


def last_archive_is_attached(pdf: bytes) -> bool:
    """Whether the last archive in these bytes is one whole stream of the PDF.

    One that only begins or ends in it makes the file two kinds of file: an unpacker starts at the end.
    """
    at = pdf.rfind(ZIP_END)
    if at < 0 or at + 22 > len(pdf):
        return False
    directory, offset, comment = struct.unpack("<IIH", pdf[at + 12 : at + 22])
    start, end = at - directory - offset, at + 22 + comment
    return start > 0 and bool(
        BEFORE.search(pdf[max(0, start - 64) : start]) and AFTER.match(pdf[end : end + 64])
    )
