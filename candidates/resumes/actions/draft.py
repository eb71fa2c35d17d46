"""A résumé that is dropped before its person is added: kept for some hours, read, and taken along when they are."""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ats.accounts.models import User
from ats.duework.tasks import hurry, plan
from ats.kernel.files import goes_with_transaction
from candidates.documents import reading
from candidates.documents.domain import checks
from candidates.resumes.actions.bring_in import bring, kind_of, text_of
from candidates.resumes.actions.read import facts_of
from candidates.resumes.domain.facts import Facts
from candidates.resumes.models import ReadState, ResumeDraft

READ, FORGET = "resumes.read_draft", "resumes.forget_draft"
KEPT_FOR = timedelta(hours=4)
LOST = "The file is no longer there."


@transaction.atomic
def keep_draft(*, upload: UploadedFile, by: User, now: datetime) -> ResumeDraft:
    """Keep the file and have it read; `Invalid`, naming `resume`, where it is of no kind that is read."""
    if kind := kind_of(upload.name or ""):
        text_of(upload)
        filename, size = checks.shown_name(upload.name or ""), upload.size or 0
        upload.seek(0)
    else:
        checked = checks.check(upload, field="resume")
        filename, size, kind = checked.filename, checked.size, checked.kind
    draft = ResumeDraft(by=by, filename=filename, kind=kind, size=size)
    draft.file.save("file", upload, save=False)
    goes_with_transaction(draft.file)
    draft.save()
    plan(READ, subject_id=draft.pk, due_at=now, key=f"{READ}:{draft.pk}")
    plan(FORGET, subject_id=draft.pk, due_at=now + KEPT_FOR, key=f"{FORGET}:{draft.pk}")
    hurry("outside-tasks")
    return draft


def read_draft(*, draft: ResumeDraft) -> tuple[Facts, str]:
    """What stands in it, or why nothing could be read; asked by the worker for strangers' files."""
    try:
        with draft.file.open("rb") as file:
            if draft.is_facts_alone:
                text = text_of(UploadedFile(file, name=draft.filename, size=draft.size))
                return facts_of({"json_resume" if draft.kind == "json" else "europass": text})
            found = reading.read(file, draft.kind)
    except FileNotFoundError:
        return Facts(), LOST
    if found.problem:
        return Facts(), str(found.problem)
    if not (found.text or found.europass):
        return Facts(), ""
    return facts_of({"text": found.text, "links": list(found.links), "europass": found.europass})


@transaction.atomic
def settle(*, draft_id: int, facts: Facts, problem: str) -> None:
    """Keep what was read of it, once."""
    draft = ResumeDraft.objects.select_for_update().filter(pk=draft_id, state=ReadState.WAITING).first()
    if draft is None:
        return
    draft.state = ReadState.READ if facts != Facts() else ReadState.EMPTY
    draft.state, draft.problem = (ReadState.FAILED if problem else draft.state), problem[:300]
    draft.facts = facts.as_json()
    draft.save(update_fields=["state", "problem", "facts"])


def as_upload(draft: ResumeDraft) -> UploadedFile:
    """The file as if it had just come; `FileNotFoundError` where its hours are over."""
    with draft.file.open("rb") as file:
        return UploadedFile(BytesIO(file.read()), name=draft.filename, size=draft.size)


@transaction.atomic
def bring_along(*, draft: ResumeDraft, candidate_id: int, by: User, now: datetime) -> None:
    """What holds facts alone is no document: what it says stands on the person's page, to be confirmed."""
    text = text_of(as_upload(draft))
    bring(candidate_id=candidate_id, origin=draft.origin, text=text, by=by, now=now)


@transaction.atomic
def let_go(*, draft_id: int) -> None:
    """It is of no use any more."""
    draft = ResumeDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        return
    storage, name = draft.file.storage, draft.file.name or ""
    draft.delete()
    transaction.on_commit(lambda: storage.delete(name))
