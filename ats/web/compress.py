"""Pages over the wire: a board of 120 kB is 12 kB compressed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = frozenset(
    {
        "application/json",
        "application/xml",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/plain",
        "text/xml",
    }
)


class CompressMiddleware(GZipMiddleware):
    """Compresses what is text, with Django's random padding against guessing by length (BREACH).

    Files are left as they are: most are compressed already, and a browser asks for parts of them.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in TEXT:
            return response
        return super().process_response(request, response)
