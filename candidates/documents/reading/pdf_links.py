"""Where the links of a PDF lead: what is shown is often a name alone. Runs in the shut-in process only (`child.py`)."""

from collections.abc import Iterator
from ctypes import byref, c_int, create_string_buffer
from typing import Any

from candidates.documents.reading.found import LONGEST_LINK

MOST = 200


def targets(document: Any, page: Any) -> Iterator[str]:
    """Addresses, in the order in which they stand in the file. None of them is followed."""
    import pypdfium2.raw as pdfium

    at, link = c_int(0), pdfium.FPDF_LINK()
    for _ in range(MOST):
        if not pdfium.FPDFLink_Enumerate(page, byref(at), byref(link)):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < length <= LONGEST_LINK:
            continue
        room = create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document, action, room, length)
        yield room.value.decode("utf-8", "replace")
