"""What candidates read when they agree, in their language; kept with their yes."""

from django.utils.translation import gettext, gettext_noop

from ats.kernel.languages import speaking
from candidates.consents.models import Purpose

WORDS = {
    Purpose.ROLES: gettext_noop("Keep my details for a year, to tell me of other roles that may suit me"),
    Purpose.COMMUNITY: gettext_noop(
        "Write to me now and then for a year about the work and the people here, and invite me to events"
    ),
    Purpose.NEWS: gettext_noop("Write to me now and then for a year about your products and services"),
}
INSTEAD = gettext_noop("Keep it for other roles: we keep it for a year, and write when one may suit you")
"""Of who wrote to a job that had closed meanwhile."""


def said(purpose: str, language: str) -> str:
    return shown(WORDS[Purpose(purpose)], language)


def shown(text: str, language: str) -> str:
    """Words that the house ships as somebody of this language reads them."""
    with speaking(language):
        return gettext(text)
