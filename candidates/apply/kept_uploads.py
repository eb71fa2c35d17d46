"""Files that came with a form that has to be sent again: kept for an hour, so that nobody chooses them twice.

The form carries a signed key, which says where the file is and what it was called. The key works for one
field of one form only.
"""

import uuid
from datetime import datetime, timedelta
from io import BytesIO

from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from ats.duework.models import DueTask
from ats.duework.tasks import plan, task_kind
from ats.kernel.files import goes
from candidates.documents.domain.checks import Checked

FORGET = "applying.forget_file"
KEPT_FOR = timedelta(hours=1)


class Kept(UploadedFile):
    """A file of an earlier try, as if it had just come."""

    key: str


def keep(upload: UploadedFile, checked: Checked, *, place: str, now: datetime) -> str:
    """Keep a file that passed its checks, for the field `place`; the key to it."""
    path = default_storage.save(f"stash/{uuid.uuid4().hex}", upload)
    goes(default_storage, path)
    upload.seek(0)
    plan(FORGET, subject_id=0, due_at=now + KEPT_FOR, key=path, payload={"path": path})
    facts = {"path": path, "name": checked.filename, "size": checked.size, "type": checked.content_type}
    return signing.dumps(facts, salt=_salt(place), compress=True)


def fetch(key: str, *, place: str) -> Kept | None:
    """The file that this key stands for; None if the hour is over, or the key was made elsewhere."""
    try:
        facts = signing.loads(key, salt=_salt(place), max_age=KEPT_FOR)
        with default_storage.open(facts["path"], "rb") as file:
            content = file.read()
    except (signing.BadSignature, FileNotFoundError):
        return None
    kept = Kept(BytesIO(content), name=facts["name"], content_type=facts["type"], size=facts["size"])
    kept.key = key
    return kept


@task_kind(FORGET)
def forget(task: DueTask, now: datetime) -> None:
    default_storage.delete(task.payload["path"])


def _salt(place: str) -> str:
    return f"candidates.apply.kept_uploads:{place}"
