"""Cursor paging: stable while rows come and go, the same cost on every page."""

from typing import Any

from rest_framework import pagination
from rest_framework.response import Response


class CursorPagination(pagination.CursorPagination):
    """Newest first by default; `limit` up to 200; the addresses of the neighbours also in `Link`."""

    page_size_query_param = "limit"
    max_page_size = 200
    ordering = "-id"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        # Whoever asks what changed since a moment wants to read on from there.
        if request.query_params.get("updated_after"):
            return ("updated_at", "id")
        return super().get_ordering(request, queryset, view)

    def get_paginated_response(self, data: Any) -> Response:
        after, before = self.get_next_link(), self.get_previous_link()
        links = [f'<{url}>; rel="{rel}"' for url, rel in ((after, "next"), (before, "prev")) if url]
        headers = {"Link": ", ".join(links)} if links else None
        return Response({"next": after, "previous": before, "results": data}, headers=headers)
