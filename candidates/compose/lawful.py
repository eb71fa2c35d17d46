"""What is written about a candidate, or to them, holds no unlawful ground (see `ats/kernel/lawful.py`)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ats.kernel import lawful
from ats.kernel.lawful import JUDGED, Place

if TYPE_CHECKING:
    from candidates.applications.models import Application


def check(
    application: "Application",
    texts: Mapping[str, str],
    *,
    where: str,
    what: str,
    uses: tuple[str, ...] = JUDGED,
) -> None:
    """Raise `Unlawful` for the first of these texts, by their fields, that may not be kept.

    `where` names the place within the application, `what` how people call it: "the letter to". What a lead
    has cleared for a role as a whole, as a text that many get, is clear for each.
    """
    written = {field: text for field, text in texts.items() if text.strip()}
    if not written:
        return
    requisition = application.requisition
    place = Place(
        name=f"application:{application.pk}:{where}",
        also=(f"requisition:{requisition.pk}:{where}",),
        what=f"{what} {application.candidate}",
        jurisdiction=requisition.jurisdiction,
        about=application.about(),
    )
    lawful.check(written, place=place, uses=uses)
