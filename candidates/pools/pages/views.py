"""Pools: the list, one of them, and what is done with who is in it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, Missing
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.people.models import Candidate
from candidates.pools import actions
from candidates.pools.models import TalentPool
from candidates.pools.pages.forms import AddForm, PoolForm, TouchForm
from candidates.pools.queries import listing
from candidates.pools.queries import medallists as near
from candidates.pools.rules import KEEP
from requisitions.models import Requisition

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "candidates/pools/form.html"


@signed_in(KEEP)
@require_safe
def pool_list(request: StaffRequest) -> HttpResponse:
    rows = list(listing.pools(request.user, timezone.now()))
    return render(request, "candidates/pools/list.html", {"rows": rows})


@signed_in(KEEP)
@reads_and_writes
def pool_new(request: StaffRequest) -> HttpResponse:
    form = PoolForm(request.POST or None, user=request.user)
    if form.is_valid() and (made := _made(request, form)):
        toast_next(request, gettext("The pool is there: now add people."))
        return redirect("talent_pool", made.pk)
    return render(request, FORM, {"form": form, "pool": None}, status=422 if form.is_bound else 200)


def _made(request: StaffRequest, form: PoolForm, pool: TalentPool | None = None) -> TalentPool | None:
    facts = {"organisation": pool.organisation if pool else None} | form.cleaned_data
    number_of = pool.pk if pool else None
    try:
        return actions.make(pool_id=number_of, by=request.user, now=timezone.now(), **facts)
    except ActionError as error:
        show_error(form, error)
        return None


@signed_in()
@reads_and_writes
def pool_edit(request: StaffRequest, talent_pool_id: int) -> HttpResponse:
    pool = listing.pool_for(request.user, talent_pool_id)
    told = ("name", "purpose", "owner", "needs", "grace_days")
    initial = {name: getattr(pool, name) for name in told}
    form = PoolForm(request.POST or None, user=request.user, pool=pool, initial=initial)
    if form.is_valid() and _made(request, form, pool):
        toast_next(request, gettext("Saved."))
        return redirect("talent_pool", pool.pk)
    return render(request, FORM, {"form": form, "pool": pool}, status=422 if form.is_bound else 200)


@signed_in()
@require_POST
def pool_close(request: StaffRequest, talent_pool_id: int) -> HttpResponse:
    actions.close(pool_id=talent_pool_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("The pool is closed."))
    return redirect("talent_pools")


@signed_in()
@require_safe
def pool(request: StaffRequest, talent_pool_id: int) -> HttpResponse:
    now = timezone.now()
    found = listing.pool_for(request.user, talent_pool_id)
    after = number(request.GET.get("after", ""))
    context = {
        "pool": found,
        "members": listing.members(found, request.user, now, after=after),
        "after": after,
        "now": now,
        "asks": f'pool:"{found.name}"',
    }
    return render(request, "candidates/pools/pool.html", context)


@signed_in()
@require_POST
def remove(request: StaffRequest, talent_member_id: int) -> HttpResponse:
    why = request.POST.get("why", "")
    member = actions.remove(member_id=talent_member_id, why=why, by=request.user, now=timezone.now())
    said = gettext("%(name)s is no longer in %(pool)s.")
    return _back(request, said % {"name": member.candidate.name, "pool": member.pool.name}, member.pool_id)


@signed_in()
@require_POST
def ask(request: StaffRequest, talent_member_id: int) -> HttpResponse:
    """Write to them, and ask for the consent that the pool needs."""
    member = actions.ask_for_consent(member_id=talent_member_id, by=request.user, now=timezone.now())
    said = gettext("%(name)s is asked by mail.") % {"name": member.candidate.name}
    return _back(request, said, member.pool_id)


def _back(request: StaffRequest, said: str, pool_id: int) -> HttpResponse:
    """To the page that it was done on: the person's, or the pool's."""
    toast_next(request, said)
    candidate_id = number(request.POST.get("candidate", ""))
    return redirect("candidate", candidate_id) if candidate_id else redirect("talent_pool", pool_id)


@signed_in()
@reads_and_writes
def touch(request: StaffRequest, talent_member_id: int) -> HttpResponse:
    """Was in touch, or means to be by another day."""
    now = timezone.now()
    member = listing.member_for(request.user, talent_member_id)
    form = TouchForm(request.POST if "move" in request.POST else None)
    if request.method == "POST" and "move" not in request.POST:
        actions.touched(member_id=talent_member_id, by=request.user, now=now)
        return done(request, gettext("Noted."), back=reverse("candidate", args=[member.candidate_id]))
    if form.is_valid():
        try:
            actions.plan_touch(member_id=talent_member_id, by=request.user, now=now, **form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            return done(request, gettext("Moved."), back=reverse("candidate", args=[member.candidate_id]))
    context = {"member": member, "candidate": member.candidate, "form": form, "now": now}
    part = "#dialog" if request.htmx else ""
    return render(
        request, f"candidates/pools/touch.html{part}", context, status=422 if form.is_bound else 200
    )


@signed_in()
@reads_and_writes
def add(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Put somebody into a pool, from their page."""
    candidate = get_for(
        Candidate.objects.without_words(),
        candidate_id,
        user=request.user,
        permission="candidates.change_candidate",
    )
    form = AddForm(request.POST or None, user=request.user)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            member = actions.add(
                pool_id=facts["pool"].pk,
                candidate_id=candidate_id,
                why=facts["why"],
                touch_on=facts["touch_on"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            said = gettext("%(name)s is in %(pool)s.")
            text = said % {"name": candidate.name, "pool": member.pool.name}
            return done(request, text, back=reverse("candidate", args=[candidate_id]))
    part = "#dialog" if request.htmx else ""
    context = {"candidate": candidate, "form": form}
    return render(request, f"candidates/pools/add.html{part}", context, status=422 if form.is_bound else 200)


@signed_in()
@require_safe
def medallists(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Who came far for roles like this one, once its page is there."""
    rows = Requisition.objects.all()
    role = get_for(rows, requisition_id, user=request.user, permission="requisitions.view_requisition")
    if not request.user.has_perm(KEEP):
        raise Missing(gettext("There is no such thing."))
    people = near.medallists(role, request.user, timezone.now())
    return render(request, "candidates/pools/medallists.html", {"people": people})
