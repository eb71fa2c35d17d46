"""Asking where an answer is, once a date of ours has passed; and for feedback, once a decision is known."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.errors import WrongState
from ats.kernel.languages import ours
from candidates.feedback.actions import ask
from candidates.portal import actions, queries
from candidates.portal.models import PortalLink
from candidates.portal.pages.views import back, by_link
from candidates.promises.actions import ask_after


@by_link
@require_POST
def status_ask_after(request: HttpRequest, link: PortalLink, token: str, application_id: int) -> HttpResponse:
    """A second click asks nothing more, and says the same."""
    now = timezone.now()
    application = queries.application_of(link.candidate, application_id)
    try:
        ours(ask_after)(application=application, candidate=link.candidate, now=now)
        ours(actions.used)(link, now=now)
    except WrongState:  # somebody has answered meanwhile: the page shows it
        return back(token, "answered")
    return back(token, "asked")


@by_link
@require_POST
def status_ask_feedback(
    request: HttpRequest, link: PortalLink, token: str, application_id: int
) -> HttpResponse:
    """May I have feedback? Asked once for an application; a second click says the same."""
    now = timezone.now()
    application = queries.application_of(link.candidate, application_id)
    try:
        ours(ask)(application=application, candidate=link.candidate, now=now)
        ours(actions.used)(link, now=now)
    except WrongState:  # it is there meanwhile, or the decision is no more: the page shows it
        return back(token, "", f"#feedback-{application_id}")
    return back(token, "feedback", f"#feedback-{application_id}")
