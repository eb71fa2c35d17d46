"""Saving a filter of the list, and what one has saved."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.people_pages import cells
from candidates.people_pages.domain.columns import Wish
from candidates.people_pages.forms import PeopleForm
from candidates.people_pages.queries import those
from candidates.saved_filters import actions, queries
from candidates.saved_filters.models import SavedFilter
from candidates.saved_filters.pages.forms import FilterForm, NewFilterForm
from candidates.saved_filters.rules import USE

SHOWN = 100
"""Of whom a filter found anew; the rest stands in the list."""


@signed_in()
@require_safe
def filter_list(request: StaffRequest) -> HttpResponse:
    context = {"filters": queries.filters(request.user)}
    part = "#dialog" if request.htmx.target == "dialog" else ""
    return render(request, f"candidates/saved_filters/list.html{part}", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Keep what the list is asked for under a name."""
    given = request.POST.get("asked", "") if request.method == "POST" else request.GET.urlencode()
    asked = PeopleForm(QueryDict(given), user=request.user).asked()
    form = NewFilterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts, now = form.cleaned_data, timezone.now()
        try:
            row = actions.keep(by=request.user, name=facts["name"], asked=asked, shared=facts["shared"])
            if facts["follow"]:
                actions.follow(filter_id=row.pk, by=request.user, now=now)
        except ActionError as error:
            show_error(form, error)
        else:
            said = gettext("“%(name)s” is saved.") % {"name": row.name}
            return done(request, said, back=f"{reverse('candidate_list')}?{row.asked}")
    context = {"form": form, "asked": asked, "says": queries.says(asked, request.user)}
    part = "#dialog" if request.htmx else ""
    status = 422 if form.errors else 200
    return render(request, f"candidates/saved_filters/new.html{part}", context, status=status)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, filter_id: int) -> HttpResponse:
    row = get_for(
        SavedFilter.objects.filter(owner=request.user), filter_id, user=request.user, permission=USE
    )
    form = FilterForm(request.POST or None, initial={"name": row.name, "shared": row.shared})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(filter_id=filter_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved."))
            return redirect("saved_filters")
    context = {"form": form, "filter": row, "says": queries.says(row.asked, request.user)}
    status = 422 if form.errors else 200
    return render(request, "candidates/saved_filters/edit.html", context, status=status)


@signed_in()
@require_POST
def remove(request: StaffRequest, filter_id: int) -> HttpResponse:
    actions.remove(filter_id=filter_id, by=request.user)
    toast_next(request, gettext("Removed."))
    return redirect("saved_filters")


@signed_in()
@require_POST
def follow(request: StaffRequest, filter_id: int) -> HttpResponse:
    """Be told of it once a day, or no longer."""
    if "no" in request.POST:
        actions.unfollow(filter_id=filter_id, by=request.user)
        toast_next(request, gettext("You are not told of it any more."))
    else:
        actions.follow(filter_id=filter_id, by=request.user, now=timezone.now())
        toast_next(request, gettext("Once a day you are told whom it finds anew."))
    return redirect("saved_filters")


@signed_in()
@require_safe
def fresh(request: StaffRequest, filter_id: int) -> HttpResponse:
    """Whom it found anew when it was last looked at."""
    followed = queries.fresh(request.user, filter_id)
    people, wish = those(request.user, followed.fresh[:SHOWN]), Wish.of(request.user)
    context = {
        "followed": followed,
        "people": people,
        "rows": cells.rows(people.lines(), wish, are_picked=False),
        "wish": wish,
        "says": queries.says(followed.filter.asked, request.user),
    }
    return render(request, "candidates/saved_filters/fresh.html", context)
