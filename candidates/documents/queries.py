"""Files as pages show them."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.common.access import get_for
from ats.common.errors import Missing
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
    return (
        Document.objects.visible_to(user)
        .filter(candidate_id=candidate_id)
        .select_related("uploaded_by")
        .prefetch_related("pages")
        .order_by("-created_at", "-id")
    )
