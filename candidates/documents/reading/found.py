"""What a reader of one kind of file hands back. Runs in the shut-in process only (`child.py`)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ats.kernel.kept import kept
from ats.sandbox.child import leave

MAX_CHARACTERS = 200_000
MOST_LINKS, LONGEST_LINK = 50, 500
PICTURE = "\x0c"
"""Stands in the text where a page belongs of which there is only a picture."""

Size = tuple[int, int]


@dataclass
class Found:
    """The words of a file, the sizes of its pages' pictures, and in words what of it was left unread.

    `pictures` are the numbers of the pages for which `PICTURE` stands in the text; `links` the addresses to which
    something in it leads; `europass` the XML for programs that lies in it.
    """

    text: str
    pages: list[Size] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    europass: str = ""

    def leave_text(self, folder: Path) -> dict[str, Any]:
        """Leave the words in the folder; what to say beside them."""
        leave(folder, "text", self.text[:MAX_CHARACTERS])
        if self.europass:
            leave(folder, "europass", self.europass)
        cut = [kept(f"Only the first {MAX_CHARACTERS:,} letters of its text were read.")]
        unread = self.unread + (cut if len(self.text) > MAX_CHARACTERS else [])
        links = list(dict.fromkeys(self.links))[:MOST_LINKS]
        return {"pages": self.pages, "unread": unread, "pictures": self.pictures, "links": links}

    def leave_so_far(self, folder: Path) -> None:
        """Leave what there is as if it were all: it counts if the time is up before more has come."""
        leave(folder, "result.json", json.dumps(self.leave_text(folder)))
