"""Adding a person with all that is known."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import together
from candidates.applications.actions.receive import add_application, take_up
from candidates.documents.actions import attach
from candidates.documents.models import DocumentKind
from candidates.people.actions import find_or_create, read_phone
from candidates.people.models import Candidate, Source
from candidates.pools.actions import add as put_into_pool
from candidates.pools.models import TalentPool
from requisitions.models import Requisition


@transaction.atomic
def add_person(
    *,
    by: User,
    now: datetime,
    requisition: Requisition | None = None,
    source: Source | None = None,
    resume: UploadedFile | None = None,
    phone_country: str = "",
    pool: TalentPool | None = None,
    link: str = "",
    **facts: Any,
) -> tuple[Candidate, bool]:
    """A person added by hand, taken up for a role, with their résumé: all of it, or nothing.

    Who is known by the address already is that person, and not new; `requisition` is one that `by` may see.
    Without a role they are a prospect with their `source`, for a `pool` if one is said; `link` is a page of theirs.
    `phone_country` is the country of a number that does not say its own.
    """
    with together():
        secret = requisition.pk if requisition is not None and requisition.confidential else None
        if link:
            facts["links"] = [link]
        candidate, new = find_or_create(**facts, now=now, by=by, confidential_role=secret)
        if new and source is not None and requisition is None:
            candidate.source = source
            candidate.save(update_fields=["source"])
        if new and phone_country:
            read_phone(candidate=candidate, country=phone_country, by=by, now=now)
        application = None
        if requisition is not None and new:  # nobody else knows of them: there is nobody to wait for
            application = take_up(
                candidate, requisition_id=requisition.pk, by=by, now=now, source=source, is_new=True
            )
        elif requisition is not None:
            application = add_application(
                candidate_id=candidate.pk, requisition_id=requisition.pk, by=by, now=now, source=source
            )
        if pool is not None:
            put_into_pool(pool_id=pool.pk, candidate_id=candidate.pk, why="", by=by, now=now)
        if resume is not None:
            kind = DocumentKind.RESUME
            attach(candidate=candidate, application=application, kind=kind, upload=resume, by=by, now=now)
    return candidate, new
