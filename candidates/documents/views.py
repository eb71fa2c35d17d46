"""Candidates' files, handed to those who may see them and never opened by a browser as a page."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from ats.web.policy import signed_in
from candidates.documents import queries
from candidates.documents.reading import picture_type

INERT = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whatever a browser takes the file for, it runs nothing, loads nothing and is shown in no frame."""


@require_safe
@signed_in()
def document_file(request: HttpRequest, document_id: int) -> FileResponse:
    """The file exactly as it came, as a download."""
    document = queries.document_for(request.user, document_id)  # type: ignore[arg-type]
    return inert(
        FileResponse(
            document.file.open("rb"),
            as_attachment=True,
            filename=document.filename,
            content_type=document.content_type,
        ),
        cache="private, no-store",
    )


@require_safe
@signed_in()
def document_page(request: HttpRequest, document_id: int, number: int) -> FileResponse:
    """The picture of one page. A file is read once, so its pictures never change."""
    page = queries.page_for(request.user, document_id, number)  # type: ignore[arg-type]
    image = page.image.open("rb")
    content_type = picture_type(image.read(16)) or "application/octet-stream"
    image.seek(0)
    return inert(FileResponse(image, content_type=content_type), cache="private, max-age=3600, immutable")


def inert(response: FileResponse, *, cache: str) -> FileResponse:
    response["Cache-Control"] = cache
    response["Content-Security-Policy"] = INERT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
