"""What anybody may see of an organisation."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from ats.organisation import queries
from ats.web.policy import public

# --- The logo


@public
@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponseBase:
    """A logo's address changes with the picture, so it may be kept for a year."""
    owner = queries.logo_owner(f"logos/{name}") if name.isprintable() else None
    if owner is None:
        raise Missing(gettext("There is no such logo."))
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Security-Policy": "sandbox"}
    return FileResponse(owner.logo.open("rb"), content_type="image/png", headers=headers)
