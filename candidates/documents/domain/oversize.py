"""Forms with files that are larger than they may be: noticed before anything of them is read."""

from django.conf import settings
from django.http import HttpRequest

DRAIN = 60 * 1024 * 1024
REST = 1024 * 1024


def is_oversize(request: HttpRequest, *, files: int = 1) -> bool:
    """Whether the body is larger than so many files and their form may be. Ask before `request.POST`.

    What is too large is let go by: a browser reads the answer only when it has sent everything.
    """
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length <= files * settings.UPLOAD_MAX_BYTES + REST:
        return False
    left = min(length, DRAIN)
    while left > 0 and (chunk := request.read(min(left, 1024 * 1024))):
        left -= len(chunk)
    return True
