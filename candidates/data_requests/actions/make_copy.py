"""Making a copy: written to a file piece by piece, kept, and its link sent to the one whom it is about."""

import hashlib
import secrets
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.files import goes_with_transaction
from ats.retention.terms import FILES
from candidates.compose import quiet_hours, words
from candidates.data_requests.actions import tell
from candidates.data_requests.mails import COPY_READY
from candidates.data_requests.models import FOLDER, CopyState, DataCopy
from candidates.data_requests.queries import archive
from candidates.people.models import Candidate
from candidates.portal.actions import organisation_of

LASTS = timedelta(days=FILES[FOLDER])


def make_copy(*, copy_id: int, now: datetime, alive: Callable[[], Any] = lambda: None) -> None:
    """Do what was asked; nothing if it is done, or its candidate is erased. `alive` is called between the pieces."""
    copy = _waiting(copy_id)
    if copy is None:
        return
    with tempfile.TemporaryFile() as written:  # on the disk: a person's files are more than fits into memory
        archive.write(copy.candidate, written, now=now, alive=alive)
        size = written.tell()
        written.seek(0)
        _keep(copy, written, size=size, now=now)


def _waiting(copy_id: int) -> DataCopy | None:
    rows = DataCopy.objects.making().select_related("candidate").defer("candidate__search")
    return rows.filter(pk=copy_id, candidate__anonymised_at=None).first()


@transaction.atomic
def _keep(copy: DataCopy, written: IO[bytes], *, size: int, now: datetime) -> None:
    """The file, its link and the mail: all of it, or nothing, where somebody else was faster or they are erased."""
    lock_all(Candidate, [copy.candidate_id])
    found = _waiting(copy.pk)
    if found is None:
        return
    for older in DataCopy.objects.filter(candidate=found.candidate_id, state=CopyState.READY).exclude(
        file=""
    ):
        _let_go(older)
    token = secrets.token_urlsafe(32)
    found.file.save("copy", File(written), save=False)
    goes_with_transaction(found.file)
    found.state, found.settled_at, found.size = CopyState.READY, now, size
    found.token_hash, found.expires_at = hash_of(token), now + LASTS
    found.save(update_fields=["file", "state", "settled_at", "size", "token_hash", "expires_at"])
    record("data.copy_ready", subject=found, by=None, now=now)
    _send(found, token, now=now)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _let_go(copy: DataCopy) -> None:
    """The link of an older copy is over, and its file goes with this transaction."""
    storage, name = copy.file.storage, copy.file.name
    copy.file = ""
    copy.save(update_fields=["file"])
    transaction.on_commit(lambda: storage.delete(str(name)))


def _send(copy: DataCopy, token: str, *, now: datetime) -> None:
    candidate = copy.candidate
    zone = quiet_hours.zone_named(candidate.time_zone)
    tell.to_person(
        COPY_READY,
        name=candidate.greeting,
        address=candidate.email,
        language=candidate.language,
        organisation=organisation_of(candidate),
        key=f"{COPY_READY}:{copy.pk}",
        now=now,
        about=copy.about(),
        data_link=f"{settings.BASE_URL}{reverse('data_copy', args=[token])}",
        last_day=words.told_day(now + LASTS - timedelta(days=1), zone),
    )
