"""The style sheet that is one colour: `/brand/2f5d50.css`. Its address says all, so it is kept for ever."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from ats.web.colour import brand_css
from ats.web.policy import public

DIGITS = re.compile(r"[0-9a-f]{6}\Z")


@public
def stylesheet(request: HttpRequest, digits: str) -> HttpResponse:
    if not DIGITS.match(digits):
        raise Http404("No such colour.")
    return HttpResponse(
        brand_css(digits),
        content_type="text/css",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
