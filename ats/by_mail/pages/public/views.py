"""The page behind a link in a mail.

Looking changes nothing, so that mail scanners may look; only the form acts, and only once. It asks for no CSRF
token: there is no cookie, and who does not know the address cannot have a browser send anything to it.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.by_mail import actions, queries
from ats.by_mail.domain import purposes
from ats.by_mail.models import MailKey
from ats.kernel import walls
from ats.kernel.errors import ActionError
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.forms import show_error
from ats.web.policy import public

FROM_ONE_ADDRESS, OF_ONE_LINK = "120/hour", "30/hour"
MOST_UNSENT = 4000
CUT_OFF, NOTHING_LEFT = "This link does not work", "Nothing is left to do here"


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    response = _answer(request, token, timezone.now())
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    digest = queries.hash_of(token)
    wait = seconds_to_wait(FROM_ONE_ADDRESS, "by-mail", client_ip(request)) or seconds_to_wait(
        OF_ONE_LINK, "by-mail-link", digest
    )
    if wait:
        return _over(request, f"That was a lot in a short while. Please wait {in_words(wait)}.", status=429)
    key = queries.by_token(token)
    if key is None or not key.user.is_active or key.purpose not in purposes.known():
        return _over(request, "It may be cut off, or from another house.", status=404)
    if key.used_at is not None:
        return _over(request, "It has been used: it works once.", status=410)
    if key.ended_at is not None or key.expires_at <= now:
        return _over(request, "It works for a week, and ends when a newer one is sent.", status=410)
    with timezone.override(key.user.zone), walls.standing(key.user):
        return _page(request, key, token, now)


def _page(request: HttpRequest, key: MailKey, token: str, now: datetime) -> HttpResponse:
    given: QueryDict | None = request.POST if request.method == "POST" else None
    try:
        shown = purposes.known()[key.purpose].show(key, given, now)
    except ActionError as error:
        return _over(request, error.message, status=410, title=NOTHING_LEFT)
    form = shown.form
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.use(token=token, form=form, now=now)
        except ActionError as error:
            show_error(form, error)
        else:
            context = {"done": done, "reader": key.user, "organisation": shown.organisation}
            return render(request, "ats/by_mail/done.html", context)
    context = shown.context | {"form": form, "reader": key.user, "organisation": shown.organisation}
    return render(request, shown.template, context, status=422 if form.errors else 200)


def _over(request: HttpRequest, said: str, *, status: int, title: str = CUT_OFF) -> HttpResponse:
    """What somebody wrote meanwhile is shown to them, to be copied; nothing is said of what the link was about."""
    unsent = [
        value[:MOST_UNSENT] for value in request.POST.values() if isinstance(value, str) and len(value) > 20
    ]
    context = {"title": title, "said": said, "unsent": unsent}
    return render(request, "ats/by_mail/over.html", context, status=status)
