"""Saying of one point whether the role meets it: from wherever the points stand, and back there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, Missing
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from candidates.applications.models import Application
from candidates.matters import actions, queries
from candidates.matters.pages.forms import MarkForm
from candidates.matters.rules import MARK


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def matter_mark(request: StaffRequest, application_id: int, key: str) -> HttpResponse:
    """A page of its own; what its form does goes back to where one came from."""
    rows = Application.objects.whole().select_related("requisition__location")
    application = get_for(rows, application_id, user=request.user, permission=MARK)
    point = next((each for each in queries.points_of(application) if each.key == key), None)
    if point is None:
        raise Missing(gettext("They have changed these words since you saw them: look again."))
    back = _back(request, application_id)
    form = MarkForm(request.POST or None, initial={"met": point.met, "why": point.why})
    if form.is_valid():
        try:
            actions.mark(
                application_id=application_id,
                key=key,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ActionError as error:
            show_error(form, error)
        else:
            return done(request, gettext("Noted. It stands wherever you write to them."), back=back)
    context = {
        "application": application,
        "candidate": application.candidate,
        "point": point,
        "form": form,
        "back": back,
    }
    part = "#dialog" if request.htmx else ""
    status = 422 if form.is_bound else 200
    return render(request, f"candidates/matters/mark.html{part}", context, status=status)


def _back(request: StaffRequest, application_id: int) -> str:
    """Where they came from, if that is a page of this house; else the application."""
    came_from = request.POST.get("back", "") or request.GET.get("back", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return came_from
    return f"/applications/{application_id}/#matters"
