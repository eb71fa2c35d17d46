"""What one was told: the bell, the list, and how one wants to hear of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.notifications import actions, queries
from ats.notifications.pages.forms import WaysForm
from ats.web.cursors import cursor
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

LIST = "ats/notifications/list.html"


@signed_in()
@require_safe
def told(request: StaffRequest) -> HttpResponse:
    after = cursor(request.GET["after"]) if "after" in request.GET else None
    context = {
        "page": queries.page(request.user, after=after),
        "unread": queries.unread(request.user),
    }
    return render(request, LIST, context)


@signed_in()
@require_safe
def bell(request: StaffRequest) -> HttpResponse:
    """How many one has not read; asked for by the shell once a page is there."""
    number = queries.unread(request.user)
    most = queries.COUNTED
    return render(
        request, f"{LIST}#bell", {"unread": number, "said": f"{most}+" if number > most else number}
    )


@signed_in()
@require_POST
def opened(request: StaffRequest, notification_id: int) -> HttpResponse:
    """Read it, and go where it leads."""
    row = actions.read(notification_id=notification_id, by=request.user, now=timezone.now())
    if not url_has_allowed_host_and_scheme(row.link, allowed_hosts=None):
        return redirect("notifications")
    return redirect(row.link)


@signed_in()
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    actions.read_all(by=request.user, now=timezone.now())
    return redirect("notifications")


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: StaffRequest) -> HttpResponse:
    form = WaysForm(request.POST if request.method == "POST" else None, initial=queries.ways(request.user))
    if form.is_valid():
        try:
            actions.choose(by=request.user, ways=form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved."))
            return redirect("notifications_ways")
    return render(request, "ats/notifications/ways.html", {"form": form}, status=422 if form.errors else 200)
