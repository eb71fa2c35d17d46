"""Adding a person with all that is known."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import together
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.applications.actions.receive import add_application, take_up
from candidates.documents.actions import attach
from candidates.documents.models import DocumentKind
from candidates.people.actions import find_or_create, read_phone
from candidates.people.models import Candidate, Source
from candidates.pools.actions import add as put_into_pool
from candidates.pools.models import TalentPool
from candidates.resumes.actions.draft import as_upload, bring_along, let_go
from candidates.resumes.models import ResumeDraft
from requisitions.models import Requisition


@transaction.atomic
def add_person(
    *,
    by: User,
    now: datetime,
    requisition: Requisition | None = None,
    source: Source | None = None,
    resume: UploadedFile | None = None,
    draft: ResumeDraft | None = None,
    phone_country: str = "",
    pool: TalentPool | None = None,
    link: str = "",
    **facts: Any,
) -> tuple[Candidate, bool]:
    """A person added by hand, taken up for a role, with their résumé: all of it, or nothing.

    Who is known by the address already is that person, and not new; `requisition` is one that `by` may see.
    Without a role they are a prospect with their `source`, for a `pool` if one is said; `link` is a page of theirs.
    `phone_country` is the country of a number that does not say its own. `draft` is a résumé that was dropped before;
    where one was chosen beside it, that counts.
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
        if draft is not None:
            resume = resume or _taken_along(draft, candidate, by=by, now=now)
            let_go(draft_id=draft.pk)
        if pool is not None:
            put_into_pool(pool_id=pool.pk, candidate_id=candidate.pk, why="", by=by, now=now)
        if resume is not None:
            kind = DocumentKind.RESUME
            attach(candidate=candidate, application=application, kind=kind, upload=resume, by=by, now=now)
    return candidate, new


def _taken_along(draft: ResumeDraft, candidate: Candidate, *, by: User, now: datetime) -> UploadedFile | None:
    """The file to be kept with them; None where it holds facts alone, which wait on their page to be confirmed."""
    try:
        if not draft.is_facts_alone:
            return as_upload(draft)
        bring_along(draft=draft, candidate_id=candidate.pk, by=by, now=now)
    except FileNotFoundError:
        raise Invalid(gettext("The file is no longer here: choose it again."), field="resume") from None
    return None
