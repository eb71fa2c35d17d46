"""Candidates' files, handed to those who may see them and never opened by a browser as a page."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from candidates.documents import queries
from candidates.documents.reading import picture_type

INERT = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whatever a browser takes the file for, it runs nothing, loads nothing and is shown in no frame."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in()
def document_file(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The file exactly as it came, as a download; by POST for somebody who was told what else is in it."""
    document = queries.original_for(request.user, document_id)  # type: ignore[arg-type]
    if document.care and request.method != "POST":
        return redirect("document_original", document.pk)
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
def document_original(request: HttpRequest, document_id: int) -> HttpResponse:
    """What else is in a file, before it is downloaded."""
    document = queries.original_for(request.user, document_id)  # type: ignore[arg-type]
    came_from = request.headers.get("Referer", "")
    context = {
        "title": gettext("Download the original?"),
        "document": document,
        "action": reverse("document_file", args=[document.pk]),
        "cancel": came_from if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else None,
    }
    return render(request, "candidates/documents/original.html", context)


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
