"""My day, who waits too long, and the first start: from an empty house to the first role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ats.accounts import actions as accounts
from ats.accounts.models import Role
from ats.accounts.queries import anybody_else, open_invitations
from ats.home.pages.forms import AskedIn, HouseForm, team_forms
from ats.home.queries import MOST_SHOWN, SHOWN
from ats.home.queries.day import day_of
from ats.home.queries.non_empty import way_in
from ats.home.queries.waiting import GROUPS
from ats.home.queries.waiting import waiting as read
from ats.kernel.errors import ActionError
from ats.kernel.languages import Words
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.actions import MANAGE
from ats.organisation.actions.begin import begin
from ats.organisation.queries import anybody_hires
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


@signed_in()
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """The recruiting team's day. Partners start at the shared dashboard, interviewers at what they write."""
    user = request.user
    if not user.recruits:
        return redirect("scorecard_list" if user.role == Role.INTERVIEWER else "dashboard")
    whole_team = _whole_team(request)
    request.session.pop(WALK, None)
    shown = number(request.GET.get("shown", "")) or SHOWN
    now = timezone.now()
    day = day_of(user, whole_team=whole_team, now=now, shown=shown, organisation=_organisation(request))
    context = {
        "day": day,
        "way_in": way_in(user) if day.first is None else None,
        "next_shown": shown + SHOWN,
        "whole_team": whole_team,
        "now": now,
    }
    return render(request, "ats/home/my_day.html", context)


WALK = "day_walk"
"""In the session while somebody goes through their day: whose day, and whom they have had before them."""


ORGANISATION = "day_organisation"
"""In the session: of which organisation alone one looks at one's day, until one chooses otherwise."""


def _organisation(request: StaffRequest) -> int | None:
    if (chosen := request.GET.get("organisation")) is not None:
        wanted = number(chosen)
        if wanted is None:
            request.session.pop(ORGANISATION, None)
        elif request.session.get(ORGANISATION) != wanted:
            request.session[ORGANISATION] = wanted
    kept: int | None = request.session.get(ORGANISATION)
    return kept


def _whole_team(request: StaffRequest) -> bool:
    return request.user.oversees and request.GET.get("whose", "team") == "team"


@signed_in()
@require_safe
def day_next(request: StaffRequest) -> HttpResponse:
    """The debt that comes first now, of those that one has not had before oneself; at the end, my day again.

    What was settled is no debt any more; what was left is not asked about twice in one go.
    """
    walk = request.session.get(WALK) or {"team": _whole_team(request), "had": []}
    day = day_of(
        request.user,
        whole_team=walk["team"],
        now=timezone.now(),
        shown=MOST_SHOWN,
        organisation=_organisation(request),
    )
    rows = (row for section in day.sections if section.key != "later" for row in section.rows)
    following = next((row for row in rows if row.way not in walk["had"]), None)
    if following is None:
        request.session.pop(WALK, None)
        said = (
            "That was the last one."
            if day.first is None or day.is_quiet
            else "That was everybody. Who still waits stands here."
        )
        toast_next(request, said)
        return redirect("my_day")
    request.session[WALK] = {"team": walk["team"], "had": [*walk["had"], following.way]}
    return redirect(following.way)


reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
STEPS = (
    ("organisation", gettext_lazy("Your organisation")),
    ("team", gettext_lazy("Your team")),
    ("role", gettext_lazy("The first role")),
)


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
                toast_next(request, gettext("Invited: %(names)s.") % {"names": ", ".join(asked)})
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


def _ask_in(request: StaffRequest, parts: list[tuple[str, Words, Words, AskedIn]]) -> list[str] | None:
    """Invite those whose address is given, all or none; their addresses, or None where one was refused."""
    named = [(role, form) for role, _, _, form in parts if form.cleaned_data["email"]]
    wanted = [{"role": role, **form.cleaned_data} for role, form in named]
    try:
        accounts.invite_together(wanted, by=request.user, now=timezone.now())
    except accounts.OneRefused as refused:
        show_error(named[refused.place][1], refused.error)
        return None
    return [form.cleaned_data["email"] for _, form in named]


@signed_in()
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """For leads and recruiters, of the roles they may see; partners have theirs on the shared dashboard."""
    if not request.user.recruits:
        return redirect("dashboard")
    by = request.GET.get("by", "recruiter")
    by = by if by in GROUPS else "recruiter"
    now = timezone.now()
    found = read(request.user, by=by, now=now, organisation=_organisation(request))
    context = {"waiting": found, "by": by, "groups": GROUPS.items(), "now": now}
    return render(request, "ats/home/waiting.html", context)
