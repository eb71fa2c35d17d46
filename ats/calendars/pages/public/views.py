"""The private calendar feed: its address is the secret."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.calendars.actions import publish
from ats.kernel import walls
from ats.web.policy import public


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = publish.by_token(token, now=now)
    if link is None:
        raise Http404
    with walls.standing(link.user):
        content = publish.feed(link, now=now)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="interviews.ics"'},
    )
