"""The first start: from an empty house to the first role, one thing after the other."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ats.accounts import actions as accounts
from ats.accounts.queries import anybody_else, open_invitations
from ats.home.non_empty import way_in
from ats.home.start_forms import AskedIn, HouseForm, team_forms
from ats.kernel.errors import ActionError
from ats.organisation.actions import MANAGE
from ats.organisation.beginning import begin
from ats.organisation.queries import anybody_hires
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
STEPS = (("organisation", "Your organisation"), ("team", "Your team"), ("role", "The first role"))


@signed_in()
@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """On to whatever is missing next, until somebody can apply."""
    step = way_in(request.user)
    return redirect(step.href if step else "my_day")


@signed_in(MANAGE)
@reads_and_writes
def house(request: StaffRequest) -> HttpResponse:
    if anybody_hires():
        return redirect("start")
    seen = request.POST.get("seen", "") or request.GET.get("seen", "")
    form = HouseForm(request.POST if request.method == "POST" else None, seen=seen)
    if request.method == "POST" and form.is_valid():
        try:
            _begin(request, form)
        except ActionError as error:
            show_error(form, error)
        else:
            return redirect("start_team")
    context = {"form": form, "steps": STEPS, "here": "organisation"}
    return render(request, "ats/home/start_house.html", context, status=422 if form.errors else 200)


def _begin(request: StaffRequest, form: HouseForm) -> None:
    now = timezone.now()
    begin(by=request.user, now=now, **form.cleaned_data)
    if request.user.time_zone == "UTC":  # nobody has said another one: theirs is the clock of the house
        accounts.change_profile(user=request.user, now=now, time_zone=form.cleaned_data["time_zone"])


@signed_in(MANAGE)
@require_safe
def work(request: StaffRequest) -> HttpResponse:
    """How people work in the place that was chosen, for the page on which it is."""
    form = HouseForm(seen=request.GET.get("seen", ""), chosen=request.GET)
    return render(request, "ats/home/start_house.html#work", {"form": form})


@signed_in(accounts.MANAGE)
@reads_and_writes
def team(request: StaffRequest) -> HttpResponse:
    parts = team_forms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not any(form.errors for *_, form in parts):
        asked = _ask_in(request, parts)
        if asked is not None:
            if asked:
                toast_next(request, f"Invited: {', '.join(asked)}.")
            return redirect("start")
    wrong = any(form.errors for *_, form in parts)
    context = {
        "parts": parts,
        "steps": STEPS,
        "here": "team",
        "alone": not anybody_else(request.user),
        "asked": open_invitations(),
    }
    return render(request, "ats/home/start_team.html", context, status=422 if wrong else 200)


def _ask_in(request: StaffRequest, parts: list[tuple[str, str, str, AskedIn]]) -> list[str] | None:
    """Invite those whose address is given, all or none; their addresses, or None where one was refused."""
    named = [(role, form) for role, _, _, form in parts if form.cleaned_data["email"]]
    try:
        with transaction.atomic():
            for role, form in named:
                _invite(request, role, form)
    except ActionError:
        return None
    return [form.cleaned_data["email"] for _, form in named]


def _invite(request: StaffRequest, role: str, form: AskedIn) -> None:
    try:
        accounts.invite(role=role, by=request.user, now=timezone.now(), **form.cleaned_data)
    except ActionError as error:
        show_error(form, error)
        raise
