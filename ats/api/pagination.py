"""Cursor paging: stable while rows come and go, the same cost on every page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from rest_framework import pagination
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from ats.kernel.moments import in_reach
from ats.kernel.numbers import number


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

    def decode_cursor(self, request: Any) -> Any:
        """The page that the cursor names; `NotFound` for one that was made elsewhere, whatever is in it."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        given: Any = cursor.position
        place: Any = _moment(given) if self.ordering[0] == "updated_at" else number(given)
        if place is None:
            raise NotFound(self.invalid_cursor_message)
        made: Any = str(place)
        return cursor._replace(position=made)

    def get_paginated_response(self, data: Any) -> Response:
        after, before = self.get_next_link(), self.get_previous_link()
        links = [f'<{url}>; rel="{rel}"' for url, rel in ((after, "next"), (before, "prev")) if url]
        headers = {"Link": ", ".join(links)} if links else None
        return Response({"next": after, "previous": before, "results": data}, headers=headers)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return None if found is None else in_reach(found)


class ByRandomKey(CursorPagination):
    """The same for rows whose key is random, and whose order therefore says nothing."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("-id",)

    def decode_cursor(self, request: Any) -> Any:
        cursor = pagination.CursorPagination.decode_cursor(self, request)
        if cursor is None or cursor.position is None:
            return cursor
        try:
            made: Any = str(UUID(str(cursor.position)))
            return cursor._replace(position=made)
        except ValueError:
            raise NotFound(self.invalid_cursor_message) from None
