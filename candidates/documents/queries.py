"""Files as pages show them."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing, NotAllowed
from ats.kernel.rows import columns, made
from ats.kernel.staff_words import gettext
from ats.organisation.models import Location
from candidates.documents.models import Document, DocumentPage

VIEW = "candidates.view_document"


def document_for(user: User, document_id: int) -> Document:
    """The file, for somebody who may open it."""
    return get_for(Document.objects.all(), document_id, user=user, permission=VIEW)


def original_for(user: User, document_id: int) -> Document:
    """The file, for somebody who may download it; `NotAllowed` in words where nobody may."""
    document = document_for(user, document_id)
    if document.kept_back:
        raise NotAllowed(document.kept_back)
    return document


def page_for(user: User, document_id: int, number: int) -> DocumentPage:
    """The picture of one page of a file, for somebody who may open it."""
    page = DocumentPage.objects.filter(document=document_for(user, document_id), number=number).first()
    if page is None:
        raise Missing(
            gettext("Document %(document_id)s has no page %(number)s.")
            % {"document_id": document_id, "number": number}
        )
    return page


def countries_of(document: Document) -> list[str]:
    """Where what is written in it may come from: the place of its role, then the places of all organisations."""
    role = Location.objects.filter(requisitions__applications__documents=document.pk)
    everywhere = Location.objects.filter(organisation__is_active=True).values("country")
    everywhere = everywhere.annotate(number=Count("pk")).order_by("-number", "country")
    own = list(role.values_list("country", flat=True)[:1])
    return [*own, *everywhere.values_list("country", flat=True)]


def documents_of(candidate_id: int, *, user: User) -> "QuerySet[Document]":
    """What this person handed in and `user` may see, newest first, with the pages that the preview shows."""
    return _shown(Document.objects.visible_to(user).filter(candidate_id=candidate_id))


_SHOWN = f"""
    SELECT {columns("d", Document, without=("europass", "links"))},
        {columns("u", User, "name", "email", of="uploaded_by")},
        (SELECT json_agg(json_build_array(p.number, p.width, p.height) ORDER BY p.number)
         FROM candidates_documentpage p WHERE p.document_id = d.id) AS read_pages
    FROM candidates_document d LEFT JOIN ats_user u ON u.id = d.uploaded_by_id
    WHERE d.candidate_id = %(candidate)s {{which}} ORDER BY d.created_at DESC, d.id DESC
"""  # noqa: S608
HANDED_IN = _SHOWN.format(which="")
HANDED_IN_WITH = _SHOWN.format(
    which="AND (d.application_id IS NULL OR d.application_id = ANY(%(applications)s))"
)


def documents_with(applications: Sequence[int], candidate_id: int) -> list[Document]:
    """What this person handed in by themselves and with these applications, newest first, with their pages."""
    return made(Document, HANDED_IN_WITH, {"candidate": candidate_id, "applications": list(applications)})


def documents_beside(application_id: int, candidate_id: int, *, user: User) -> list[Document]:
    """The same, for a user who is known to see this application: asked is only of what came with others."""
    rows = made(Document, HANDED_IN, {"candidate": candidate_id})
    elsewhere = [row.pk for row in rows if row.application_id not in {None, application_id}]
    if not elsewhere:
        return rows
    seen = set(Document.objects.visible_to(user).filter(pk__in=elsewhere).values_list("pk", flat=True))
    return [row for row in rows if row.pk in seen or row.pk not in elsewhere]


def _shown(rows: "QuerySet[Document]") -> "QuerySet[Document]":
    return rows.select_related("uploaded_by").prefetch_related("pages").order_by("-created_at", "-id")
