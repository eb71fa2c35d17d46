"""What somebody decides about a form whose job closed while they wrote."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from ats.kernel.errors import Invalid
from candidates.compose.words import typed
from candidates.consents import actions as consents
from candidates.consents.domain.words import INSTEAD
from candidates.consents.models import Purpose, Where
from candidates.documents.actions import attach
from candidates.documents.models import DocumentKind
from candidates.people.actions import find_or_create
from candidates.people.models import Candidate
from candidates.portal.actions import send_link
from requisitions.models import JobPost

Said = Sequence[tuple[str, str]]
"""What somebody wrote, with what it answers."""


@transaction.atomic
def keep_in_mind(
    *,
    post: JobPost,
    first_name: str,
    last_name: str,
    email: str,
    phone: str,
    files: Sequence[UploadedFile],
    said: Said,
    now: datetime,
    language: str = "",
) -> Candidate:
    """Keep what was meant for a job that is closed for other roles; a link to their own page goes out by mail.

    As with an application, of somebody who is known nothing is believed without proof: what they sent is kept,
    and that we may keep it longer they say on their own page.
    """
    if not email.strip():
        raise Invalid(gettext("Write your e-mail address, so that we can answer."), field="email")
    candidate, new = find_or_create(
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone=phone,
        language=language or settings.LANGUAGE_CODE,
        now=now,
        confidential_role=post.requisition_id if post.requisition.confidential else None,
    )
    if new:
        consents.agree(
            candidate=candidate,
            purpose=Purpose.ROLES,
            where=Where.FORM,
            by=candidate,
            now=now,
            asked=INSTEAD,
        )
    uploads = [
        (DocumentKind.RESUME if place == 0 else DocumentKind.OTHER, file) for place, file in enumerate(files)
    ]
    if text := _letter(post, said):
        words = SimpleUploadedFile("what-they-wrote.txt", text.encode(), content_type="text/plain")
        uploads.append((DocumentKind.COVER_LETTER, words))
    for kind, upload in uploads:
        attach(candidate=candidate, application=None, kind=kind, upload=upload, by=candidate, now=now)
    send_link(candidate=candidate, now=now)
    return candidate


def _letter(post: JobPost, said: Said) -> str:
    parts = [f"{label}\n\n{typed(text)}" for label, text in said if text.strip()]
    return "\n\n".join([f"Written for {post.title}, which closed meanwhile.", *parts]) + "\n" if parts else ""
