"""The process in which a stranger's words become facts: `python -m candidates.resumes.child FOLDER`.

It reads FOLDER/given.json (`text` with `links` and `europass`, or `json_resume`) and leaves FOLDER/result.json.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from ats.sandbox.child import Unreadable, answer
from candidates.resumes.domain import europass, json_resume, reader
from candidates.resumes.domain.facts import Facts


def facts_of(given: dict[str, Any]) -> Facts:
    """`Unreadable` where what was given is not what it should be."""
    try:
        if "json_resume" in given:
            return json_resume.facts(json_resume.loaded(given["json_resume"])).kept()
        told = _embedded(given.get("europass", ""), is_all="text" not in given)
    except (json_resume.Faulty, europass.Faulty) as faulty:
        raise Unreadable(str(faulty)) from None
    read = reader.read(given["text"], links=given.get("links", ())) if "text" in given else Facts()
    return (told.beside(read) if told else read).kept()


def _embedded(xml: str, *, is_all: bool) -> Facts | None:
    """What the Europass says; of one inside a PDF that is broken, nothing: its pages can be read."""
    try:
        return europass.facts(xml) if xml or is_all else None
    except europass.Faulty:
        if is_all:
            raise
        return None


def main(folder: Path) -> None:
    # These load what they need when they are first asked, so before libraries are shut out.
    reader.read("Kim Example\nkim@example.com +49 30 901820\nSkills\nPython")
    json_resume.prepare()
    europass.prepare()
    given = json.loads((folder / "given.json").read_text("utf-8"))
    answer(folder, lambda: {"facts": facts_of(given).as_json()}, cpu_seconds=15)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)
