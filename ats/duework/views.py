"""The settings page about due work."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.duework import actions, heartbeat, lacks, queries, standstill
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

SILENT_AFTER = timedelta(minutes=3)


@signed_in(actions.SEE)
def due_work(request: StaffRequest) -> HttpResponse:
    now, ticked = timezone.now(), heartbeat.last()
    context = {
        "overdue": queries.overdue(now),
        "set_aside": queries.set_aside(),
        "ticked": ticked,
        "lacks": lacks.told(),
        "standstill": standstill.current(),
        "is_silent": ticked is None or now - ticked > SILENT_AFTER,
    }
    return render(request, "ats/duework/due_work.html", context)


@signed_in(actions.SEE)
@require_POST
def try_again(request: StaffRequest, model: str, pk: int) -> HttpResponse:
    actions.try_again(model=model, pk=pk, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is tried again within a minute."))
    return redirect("settings_due_work")


@signed_in(actions.SEE)
@require_POST
def dismiss(request: StaffRequest, pk: int) -> HttpResponse:
    actions.dismiss(pk=pk, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is dismissed."))
    return redirect("settings_due_work")
