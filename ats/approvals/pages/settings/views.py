"""The settings page on which an administrator says who approves what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.approvals import queries
from ats.approvals.actions.lay_chain import MANAGE, lay
from ats.approvals.actions.lay_chain import drop as drop_chain
from ats.approvals.domain import chains as words_of
from ats.approvals.domain import kinds
from ats.approvals.domain.kinds import ApprovalKind
from ats.approvals.pages.settings.forms import chain_form, steps_form
from ats.kernel.errors import ActionError, Missing
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


@signed_in(MANAGE)
@require_safe
def chains(request: StaffRequest) -> HttpResponse:
    return render(request, "ats/approvals/chains.html", {"lines": queries.chain_lines()})


@signed_in(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: StaffRequest, kind: str) -> HttpResponse:
    declared, owner = _kind(kind), _owner(request)
    own = queries.own_chain(kind, owner)
    # An organisation that begins a chain of its own begins with what holds for it now.
    shown = own or queries.own_chain(kind, None)
    people = queries.may_approve(shown)
    data = request.POST if request.method == "POST" else None
    form = chain_form(shown, data)
    steps = steps_form(declared, people, data=data, steps=shown.steps.all() if shown else ())
    problem = ""
    if data is not None and form.is_valid() and steps.is_valid():
        try:
            lay(
                kind=kind,
                organisation=owner,
                steps=steps.wanted(people),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ActionError as error:
            problem = error.message
        else:
            toast_next(request, gettext("Saved. What waits already goes on as it was asked."))
            return redirect(_address(kind, owner))
    context = {
        "kind": declared,
        "owner": owner,
        "own": own,
        "organisations": queries.organisations(),
        "form": form,
        "steps": steps,
        "problem": problem,
        "said": _said(declared, steps, people, shown),
    }
    return render(request, "ats/approvals/chain.html", context, status=200 if data is None else 422)


@signed_in(MANAGE)
@require_POST
def words(request: StaffRequest, kind: str) -> HttpResponse:
    """The chain in plain words, as it is being written."""
    declared, people = _kind(kind), queries.may_approve(None)
    steps = steps_form(declared, people, data=request.POST)
    return render(request, "ats/approvals/chain.html#said", {"said": _said(declared, steps, people, None)})


@signed_in(MANAGE)
@require_POST
def drop(request: StaffRequest, kind: str) -> HttpResponse:
    owner = _owner(request)
    drop_chain(kind=kind, organisation=owner, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("%(owner)s follows the house again.") % {"owner": owner}
        if owner
        else gettext("Nobody has to approve it now."),
    )
    return redirect("settings_approvals")


def _said(declared: ApprovalKind, steps: Any, people: list[Any], shown: Any) -> str:
    if not steps.is_bound:
        return words_of.in_words(list(shown.steps.all()) if shown else [], declared)
    if not steps.is_valid():
        return ""
    try:
        return words_of.in_words(words_of.made(steps.wanted(people), declared), declared)
    except ActionError as error:
        return error.message


def _kind(name: str) -> ApprovalKind:
    if name not in kinds.known():
        raise Missing(gettext("There is no such kind of approval."))
    return kinds.get(name)


def _owner(request: StaffRequest) -> HiringOrganisation | None:
    wanted = request.GET.get("organisation", "")
    if not wanted:
        return None
    pk = number(wanted)
    found = next((each for each in queries.organisations() if each.pk == pk), None)
    if found is None:
        raise Missing(gettext("There is no such organisation."))
    return found


def _address(kind: str, owner: HiringOrganisation | None) -> str:
    address = reverse("settings_approval_chain", args=[kind])
    return f"{address}?organisation={owner.pk}" if owner else address
