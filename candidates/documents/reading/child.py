"""The process that opens a stranger's file: `python -m candidates.documents.reading.child FOLDER KIND`.

It reads FOLDER/file and leaves FOLDER/holds.json, FOLDER/text, FOLDER/page-1, ... and, last, FOLDER/result.json.
"""

import os
import sys
from pathlib import Path
from typing import Any

from ats.sandbox.child import answer


def main(folder: Path, kind: str) -> None:
    # These need their libraries, so before they are shut out.
    from candidates.documents.reading import active, formats, unseen
    from candidates.documents.reading.found import MAX_CHARACTERS

    formats.prepare(kind)
    look = active.prepare(kind)
    unseen.prepare(kind)

    def read() -> dict[str, Any]:
        active.keep(look, folder / "file", folder)
        found = formats.read(kind, folder / "file", folder)
        (folder / "text").write_text(found.text[:MAX_CHARACTERS], "utf-8", "replace")
        if len(found.text) > MAX_CHARACTERS:
            found.unread.append(f"Only the first {MAX_CHARACTERS:,} letters of its text were read.")
        return {
            "pages": found.pages,
            "unread": found.unread,
            "unseen": unseen.look(kind, folder / "file"),
        }

    answer(folder, read)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
    os._exit(0)  # nothing that a parser left behind may run any more
