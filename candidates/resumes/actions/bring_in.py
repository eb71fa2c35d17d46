"""A JSON Resume or a Europass for programs, brought along for somebody who is known."""

import codecs
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.people.actions import find_or_create
from candidates.people.actions.change import check_known
from candidates.people.models import Candidate
from candidates.resumes.actions.read import LANE
from candidates.resumes.models import Origin, ResumeReading

CHANGE = "candidates.change_candidate"
LARGEST = 2 * 1024 * 1024
MOST = 20
"""So many a person: who brings more has a program that runs wild."""
ORIGINS = {"json": Origin.JSON_RESUME, "xml": Origin.EUROPASS}


def kind_of(filename: str) -> str:
    """`json` or `xml`; empty for a file that people look at."""
    kind = PurePosixPath(filename).suffix.lower().removeprefix(".")
    return kind if kind in ORIGINS else ""


def text_of(upload: UploadedFile) -> str:
    """The words of such a file; `Invalid` where it cannot be taken."""
    if not kind_of(upload.name or ""):
        raise Invalid(gettext("Choose a JSON Resume (.json) or a Europass (.xml)."), field="file")
    if (upload.size or 0) > LARGEST:
        raise Invalid(gettext("This file is larger than facts about one person are."), field="file")
    upload.seek(0)
    content = upload.read(LARGEST)
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Invalid(gettext("This file is no text, and so no facts of anybody."), field="file") from None
    if not text.strip():
        raise Invalid(gettext("This file is empty. Was the right one chosen?"), field="file")
    return text


@transaction.atomic
def add_from(
    *, fields: Mapping[str, str], origin: str, text: str, by: User, now: datetime
) -> tuple[Candidate, bool]:
    """Somebody new with what their file says of how they are reached; who is known by the address stays as they are.

    The rest of it waits to be confirmed, where `by` may change the person.
    """
    person, created = find_or_create(**fields, by=by, now=now)  # type: ignore[arg-type]
    if by.has_perm(CHANGE, person):
        bring(candidate_id=person.pk, origin=origin, text=text, by=by, now=now)
    return person, created


@transaction.atomic
def bring(*, candidate_id: int, origin: str, text: str, by: User, now: datetime) -> ResumeReading:
    """Keep what was brought, and have it read. Nothing of it is known of the person before somebody takes it over."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    check_known(candidate)
    if candidate.resume_readings.filter(document=None).count() >= MOST:
        raise Invalid(gettext("That is enough: so many were brought for one person already."), field="file")
    reading = ResumeReading(candidate=candidate, origin=Origin(origin), source=text)
    reading.save()
    data = {"what": reading.get_origin_display()}
    record("resume.brought", subject=reading, by=by, now=now, data=data)
    hurry(LANE)
    return reading
