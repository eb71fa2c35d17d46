"""Scripts, launch actions, attachments and parts from elsewhere in a PDF.

qpdf (pikepdf) reads every object, also those in object streams, and spells names as they are meant (`/J#53` is `/JS`).
Runs in the shut-in process only (`child.py`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from candidates.documents.domain.findings import Holds

NEEDS = ("pikepdf",)
MOST = 300_000
"""Objects that are looked at; a résumé has some hundreds."""

KEYS = {
    "/JS": Holds.SCRIPT,
    "/JavaScript": Holds.SCRIPT,
    "/XFA": Holds.SCRIPT,
    "/EF": Holds.ATTACHED,
    "/EmbeddedFiles": Holds.ATTACHED,
    "/FFilter": Holds.REMOTE,
    "/RichMediaContent": Holds.EMBEDDED,
}
ACTIONS = {
    "/JavaScript": Holds.SCRIPT,
    "/Launch": Holds.LAUNCH,
    "/GoToR": Holds.LAUNCH,
    "/GoToE": Holds.LAUNCH,
    "/ImportData": Holds.LAUNCH,
    "/SubmitForm": Holds.SENDS,
}
SUBTYPES = {
    "/FileAttachment": Holds.ATTACHED,
    "/RichMedia": Holds.EMBEDDED,
    "/3D": Holds.EMBEDDED,
    "/Movie": Holds.EMBEDDED,
    "/Sound": Holds.EMBEDDED,
}


def look(path: Path) -> set[Holds]:
    import pikepdf

    found: set[Holds] = set()
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        for count, each in enumerate(_dictionaries(pdf)):
            if count > MOST:
                return found | {Holds.UNKNOWN}
            found.update(_of(each))
    return found


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary of the file, streams' too, each once: what is only referred to comes by itself."""
    import pikepdf

    for top in pdf.objects:
        stack = [top]
        while stack:
            each = stack.pop()
            if isinstance(each, pikepdf.Array):
                stack.extend(child for child in each.as_list() if _is_inside(child))
            elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                yield each
                stack.extend(child for key in each.keys() if _is_inside(child := each[key]))  # noqa: SIM118
    yield pdf.trailer


def _is_inside(child: Any) -> bool:
    import pikepdf

    return isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect


def _of(each: Any) -> Iterator[Holds]:
    import pikepdf

    keys = set(each.keys())
    yield from (KEYS[key] for key in keys & KEYS.keys())
    if "/S" in keys and (action := ACTIONS.get(str(each["/S"]))):
        yield action
    if "/Subtype" in keys and (kind := SUBTYPES.get(str(each["/Subtype"]))):
        yield kind
    if "/F" in keys and (isinstance(each, pikepdf.Stream) or "/Ref" in keys):
        yield Holds.REMOTE  # its content is another file's
    for key in keys & {"/OpenAction", "/AA"}:
        if _goes_out(each[key]):
            yield Holds.LAUNCH


def _goes_out(action: Any) -> bool:
    """Whether what happens by itself opens an address."""
    import pikepdf

    if not isinstance(action, pikepdf.Dictionary):
        return False
    inside = [action, *(action[key] for key in action.keys())]  # noqa: SIM118 - no Mapping of Python's
    return any(isinstance(each, pikepdf.Dictionary) and str(each.get("/S")) == "/URI" for each in inside)
