"""The process that opens a stranger's file: `python -m candidates.documents.reading.child FOLDER KIND`.

It reads FOLDER/file and leaves FOLDER/text, FOLDER/page-1, ... and, last, FOLDER/result.json.
"""

import os
import sys
from pathlib import Path
from typing import Any

from ats.sandbox.child import answer


def main(folder: Path, kind: str) -> None:
    from candidates.documents.reading import formats  # needs its libraries, so before they are shut out

    formats.prepare(kind)

    def read() -> dict[str, Any]:
        text, pages = formats.READERS[kind](folder / "file", folder)
        (folder / "text").write_text(text[: formats.MAX_CHARACTERS], "utf-8", "replace")
        return {"pages": pages}

    answer(folder, read)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
    os._exit(0)  # nothing that a parser left behind may run any more
