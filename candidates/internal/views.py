"""A recruiter says for whom an applicant works, and who stands in for that person."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.access import get_for
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.applications.models import Application
from candidates.internal import actions
from candidates.internal.forms import DoubtForm, ManagerForm, StandInForm


def _served(request: StaffRequest, application_id: int) -> Application:
    rows = Application.objects.select_related("candidate", "requisition")
    return get_for(rows, application_id, user=request.user, permission=actions.CHOOSE)


@signed_in()
@require_POST
def choose_stand_in(request: StaffRequest, application_id: int) -> HttpResponse:
    application = _served(request, application_id)
    form = StandInForm(request.POST, application=application)
    if not form.is_valid():
        raise Invalid(gettext("Choose who stands in."), field="stand_in")
    chosen = form.cleaned_data["stand_in"]
    actions.choose_stand_in(
        application_id=application.pk,
        kept_id=form.cleaned_data["kept"],
        stand_in_id=chosen.pk,
        by=request.user,
        now=timezone.now(),
    )
    toast_next(request, gettext("%(chosen)s is the partner on this application.") % {"chosen": chosen})
    return redirect("application", application.pk)


@signed_in()
@require_POST
def name_manager(request: StaffRequest, application_id: int) -> HttpResponse:
    application = _served(request, application_id)
    form = ManagerForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose for whom they work."), field="manager")
    manager = form.cleaned_data["manager"]
    actions.name_manager(
        application_id=application.pk, manager_id=manager.pk, by=request.user, now=timezone.now()
    )
    toast_next(
        request,
        gettext("%(manager)s sees nothing of this application until the candidate says so.")
        % {"manager": manager},
    )
    return redirect("application", application.pk)


@signed_in()
@require_POST
def doubt(request: StaffRequest, application_id: int) -> HttpResponse:
    application = _served(request, application_id)
    form = DoubtForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.doubt(application_id=application.pk, reason=reason, by=request.user, now=timezone.now())
    toast_next(request, gettext("A lead is asked to confirm it. Until then it stays as it is."))
    return redirect("application", application.pk)


@signed_in()
@require_POST
def settle_doubt(request: StaffRequest, application_id: int) -> HttpResponse:
    """A lead confirms it, or leaves it as it is."""
    application = _served(request, application_id)
    confirmed = request.POST.get("confirm") == "yes"
    settle = actions.confirm_doubt if confirmed else actions.dismiss_doubt
    settle(application_id=application.pk, by=request.user, now=timezone.now())
    said = gettext("It is kept from nobody any more.") if confirmed else gettext("It stays as it is.")
    toast_next(request, said)
    return redirect("application", application.pk)
