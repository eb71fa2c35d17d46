"""Files as pages show them."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from candidates.documents.models import Document, DocumentPage

VIEW = "candidates.view_document"


def document_for(user: User, document_id: int) -> Document:
    """The file, for somebody who may open it."""
    return get_for(Document.objects.all(), document_id, user=user, permission=VIEW)


def page_for(user: User, document_id: int, number: int) -> DocumentPage:
    """The picture of one page of a file, for somebody who may open it."""
    page = DocumentPage.objects.filter(document=document_for(user, document_id), number=number).first()
    if page is None:
        raise Missing(f"Document {document_id} has no page {number}.")
    return page


def documents_of(candidate_id: int, *, user: User) -> "QuerySet[Document]":
    """What this person handed in and `user` may see, newest first, with the pages that the preview shows."""
    return _shown(Document.objects.visible_to(user).filter(candidate_id=candidate_id))


def documents_beside(application_id: int, candidate_id: int, *, user: User) -> list[Document]:
    """The same, for a user who is known to see this application: asked is only of what came with others."""
    rows = list(_shown(Document.objects.filter(candidate_id=candidate_id)))
    elsewhere = [row.pk for row in rows if row.application_id not in {None, application_id}]
    if not elsewhere:
        return rows
    seen = set(Document.objects.visible_to(user).filter(pk__in=elsewhere).values_list("pk", flat=True))
    return [row for row in rows if row.pk in seen or row.pk not in elsewhere]


def _shown(rows: "QuerySet[Document]") -> "QuerySet[Document]":
    return rows.select_related("uploaded_by").prefetch_related("pages").order_by("-created_at", "-id")
