"""The process that opens a stranger's file: `python -m candidates.documents.reading.child FOLDER KIND [look]`.

It reads FOLDER/file and leaves FOLDER/holds.json, FOLDER/text, FOLDER/page-1, ... and, last, FOLDER/result.json; a long
file leaves what it has come to in between. With `look` it leaves FOLDER/holds.json alone.
"""

import os
import sys
from pathlib import Path
from typing import Any

from ats.sandbox.child import answer


def main(folder: Path, kind: str) -> None:
    # These need their libraries, so before they are shut out.
    from candidates.documents.reading import active, formats, unseen

    formats.prepare(kind)
    look = active.prepare(kind)
    unseen.prepare(kind)

    def read() -> dict[str, Any]:
        active.keep(look, folder / "file", folder)
        found = formats.read(kind, folder / "file", folder)
        said = found.leave_text(folder)
        return said | {"unseen": unseen.look(kind, folder / "file")}

    answer(folder, read)


def look_only(folder: Path, kind: str) -> None:
    """For a file whose words were read long ago."""
    from candidates.documents.reading import active

    look = active.prepare(kind)

    def work() -> dict[str, Any]:
        active.keep(look, folder / "file", folder)
        return {}

    answer(folder, work)


if __name__ == "__main__":
    if sys.argv[3:] == ["look"]:
        look_only(Path(sys.argv[1]), sys.argv[2])
    else:
        main(Path(sys.argv[1]), sys.argv[2])
    os._exit(0)  # nothing that a parser left behind may run any more
