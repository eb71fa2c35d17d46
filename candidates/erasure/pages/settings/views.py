"""How long people are kept by place and outcome, who goes when, what is held, and what was erased."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.erasure.actions.configure import set_months, switch
from candidates.erasure.actions.hold import hold_role, lift
from candidates.erasure.queries.settings import settings_of
from candidates.erasure.rules import HOLD, SET_RETENTION

FIELD = "months:"


@signed_in(SET_RETENTION)
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    return _page(request, number(request.GET.get("organisation", "")), problems={})


@signed_in(SET_RETENTION)
@require_POST
def save(request: StaffRequest, organisation_id: int) -> HttpResponse:
    """An organisation's own numbers; what is empty is as it ships."""
    organisation = get_object_or_404(HiringOrganisation, pk=organisation_id)
    months: dict[tuple[str, str], int | None] = {}
    problems = {}
    for name in request.POST:
        typed = request.POST.get(name, "").strip()
        if name.startswith(FIELD):
            place, _, outcome = name.removeprefix(FIELD).partition(":")
            found = number(typed)
            if typed and found is None:
                problems[f"{place}:{outcome}"] = gettext("A whole number of months.")
            months[place, outcome] = found
    if not problems:
        try:
            set_months(organisation_id=organisation.pk, months=months, by=request.user, now=timezone.now())
        except Invalid as refused:
            problems = {refused.field or "": refused.message}
        else:
            toast_next(request, gettext("Saved. It holds from now on."))
            return _back(organisation.pk)
    return _page(request, organisation.pk, problems=problems, typed=request.POST, status=422)


@signed_in(SET_RETENTION)
@require_POST
def switch_on_or_off(request: StaffRequest, organisation_id: int) -> HttpResponse:
    organisation = get_object_or_404(HiringOrganisation, pk=organisation_id)
    on = request.POST.get("on") == "1"
    switch(organisation_id=organisation.pk, on=on, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("From now on people go by themselves once their time is over.")
        if on
        else gettext("Nobody goes by themselves any more."),
    )
    return _back(organisation.pk)


@signed_in(HOLD)
@require_POST
def hold_a_role(request: StaffRequest) -> HttpResponse:
    """Hold everybody who applied for one role, or lift any hold."""
    now = timezone.now()
    try:
        if wanted := number(request.POST.get("lift", "")):
            lift(hold_id=wanted, by=request.user, now=now)
            toast_next(request, gettext("The hold is lifted."))
        else:
            hold_role(
                requisition_id=number(request.POST.get("requisition", "")) or 0,
                reason=request.POST.get("reason", ""),
                by=request.user,
                now=now,
            )
            toast_next(request, gettext("The hold stands: nobody of it is erased."))
    except ActionError as refused:
        toast_next(request, refused.message)
    return redirect("settings_retention")


def _back(organisation_id: int) -> HttpResponse:
    return redirect(f"{reverse('settings_retention')}?organisation={organisation_id}")


def _page(
    request: StaffRequest,
    organisation_id: int | None,
    *,
    problems: dict[str, str],
    typed: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    organisations = list(HiringOrganisation.objects.order_by("name"))
    chosen = next((row for row in organisations if row.pk == organisation_id), None)
    if organisation_id and chosen is None:
        raise Http404
    chosen = chosen or next(iter(organisations), None)
    context = {
        "organisations": organisations,
        "organisation": chosen,
        "page": settings_of(
            chosen, user=request.user, now=timezone.now(), problems=problems, typed=typed or {}
        )
        if chosen
        else None,
    }
    return render(request, "candidates/erasure/settings.html", context, status=status)
