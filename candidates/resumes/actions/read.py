"""Reading a résumé: what its file says becomes facts, in a process of its own and never in the web process."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.sandbox import run_child
from candidates.documents.domain import pictures
from candidates.documents.models import Document, DocumentKind, ReadingState
from candidates.resumes.domain.facts import Facts
from candidates.resumes.domain.reader import VERSION
from candidates.resumes.models import Origin, ReadState, ResumeReading

CHILD = "candidates.resumes.child"
SECONDS = 20
"""How long one résumé may take."""
LANE = "resumes"
TOO_LONG = "Reading what stands in it took too long."
GAVE_UP = "What stands in it could not be read."


def await_reading(*, document: Document) -> None:
    """What this document says is to be read, for the first time or because more of its words are known now."""
    if document.kind != DocumentKind.RESUME:
        return
    ResumeReading.objects.update_or_create(
        document=document,
        defaults={"form": 0, "attempts": 0, "retry_at": None},
        create_defaults={"candidate_id": document.candidate_id, "document": document},
    )
    hurry(LANE)


def read_one(row: ResumeReading, now: datetime) -> None:
    """Read one, under its lock. What somebody decided about a fact stays, whatever it is read as now."""
    document = row.document
    row.form, row.read_at, row.attempts, row.retry_at, row.last_error = VERSION, now, 0, None, ""
    row.state, row.problem, row.facts, row.is_recognised = ReadState.READ, "", {}, False
    if document is not None and document.reading == ReadingState.FAILED:
        row.state, row.problem = ReadState.FAILED, document.reading_problem
    elif document is not None and not (document.text or document.europass):
        row.state = ReadState.EMPTY
    else:
        facts, problem = facts_of(_given(row, document))
        row.is_recognised = document is not None and bool(pictures.read(document.picture_pages))
        row.facts = (facts.unsure() if row.is_recognised else facts).as_json()
        row.state, row.problem = (ReadState.FAILED if problem else ReadState.READ), problem
    row.save(
        update_fields=[
            *("form", "read_at", "attempts", "retry_at", "last_error"),
            *("state", "problem", "facts", "is_recognised"),
        ]
    )
    if row.state == ReadState.FAILED and not (document and document.reading == ReadingState.FAILED):
        record("resume.unreadable", subject=row, by=None, now=now, data={"problem": row.problem})


def _given(row: ResumeReading, document: Document | None) -> dict[str, Any]:
    if document is not None:
        return {"text": document.text, "links": document.links, "europass": document.europass}
    return {"json_resume" if row.origin == Origin.JSON_RESUME else "europass": row.source}


def facts_of(given: dict[str, Any], *, seconds: float = SECONDS) -> tuple[Facts, str]:
    """What stands in it, or why nothing could be read. Never raises for what was given."""
    with tempfile.TemporaryDirectory(prefix="resume-") as folder:
        (Path(folder) / "given.json").write_text(json.dumps(given), "utf-8")
        if not run_child(CHILD, folder, seconds=seconds):
            return Facts(), TOO_LONG
        try:
            result = json.loads((Path(folder) / "result.json").read_bytes())
            if problem := result.get("problem"):
                return Facts(), _sentence(problem)
            return Facts.from_json(result["facts"]).kept(), ""
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Facts(), GAVE_UP


def _sentence(said: Any) -> str:
    return " ".join(str(said).replace("\0", "").split())[:300]
