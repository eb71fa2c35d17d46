"""The page of a check-in and what is done on it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from ats.kernel.errors import ActionError, Conflict, WrongState
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.checkins import actions, queries
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.pages.forms import ActionForm, MoveForm, RhythmForm

PAGE = "partners/checkins/check_in.html"
NOTES_AS_READ = {"conflict": False, "saved": False}


@signed_in()
@require_safe
def check_in(request: StaffRequest, check_in_id: int) -> HttpResponse:
    return _page(request, check_in_id)


def _page(request: StaffRequest, check_in_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries.check_in_page(request.user, check_in_id, now=timezone.now())
    local = timezone.localtime(page.check_in.scheduled_at)
    context = {
        "page": page,
        "check_in": page.check_in,
        "role": page.check_in.partnership.requisition,
        "notes": page.check_in.notes,
        "version": page.check_in.notes_version,
        "move_form": MoveForm(initial={"at": local}),
        "action_form": ActionForm(people=page.people, initial={"owner": request.user.pk}),
        **NOTES_AS_READ,
        **more,
    }
    return render(request, PAGE, context, status=status)


@signed_in()
@require_POST
def notes(request: StaffRequest, check_in_id: int) -> HttpResponse:
    """Save the notes, typed or sent; where a partner was faster, both texts are shown and neither is lost."""
    text, version = request.POST.get("notes", ""), _number(request, "version")
    resolved = request.POST.get("resolve") == "both"
    if resolved:
        text, version = _both(request, check_in_id, text), _number(request, "theirs_version")
    elif request.POST.get("resolve") == "theirs":
        return _notes_again(request, check_in_id)
    try:
        saved = actions.save_notes(
            check_in_id=check_in_id, text=text, version=version, by=request.user, now=timezone.now()
        )
    except Conflict:
        return _notes_conflict(request, check_in_id, typed=request.POST.get("notes", ""))
    if not request.htmx:
        toast_next(request, gettext("The notes are saved."))
        return redirect("check_in", check_in_id=check_in_id)
    if resolved:
        return _notes_again(request, check_in_id)
    context = NOTES_AS_READ | {"check_in": saved, "version": saved.notes_version, "saved": True}
    return render(request, f"{PAGE}#notes-state", context)


def _both(request: StaffRequest, check_in_id: int, mine: str) -> str:
    theirs = queries.check_in_page(request.user, check_in_id, now=timezone.now()).check_in.notes
    return f"{theirs}\n\n{request.user}:\n{mine}"


def _notes_conflict(request: StaffRequest, check_in_id: int, *, typed: str) -> HttpResponse:
    if not request.htmx:
        return _page(
            request, check_in_id, status=409, notes=typed, version=_number(request, "version"), conflict=True
        )
    page = queries.check_in_page(request.user, check_in_id, now=timezone.now())
    # The version stays the one that was read: only a choice between the texts goes on from here.
    version = _number(request, "version")
    context = NOTES_AS_READ | {"check_in": page.check_in, "conflict": True, "version": version}
    return render(request, f"{PAGE}#notes-state", context, status=409)


def _notes_again(request: StaffRequest, check_in_id: int) -> HttpResponse:
    if not request.htmx:
        return redirect("check_in", check_in_id=check_in_id)
    page = queries.check_in_page(request.user, check_in_id, now=timezone.now())
    own = page.check_in
    context = NOTES_AS_READ | {
        "page": page,
        "check_in": own,
        "notes": own.notes,
        "version": own.notes_version,
        "saved": True,
    }
    response = render(request, f"{PAGE}#notes", context)
    return reswap(retarget(response, "#notes"), "outerHTML")


@signed_in()
@require_POST
def held(request: StaffRequest, check_in_id: int) -> HttpResponse:
    """It has taken place; said twice, it has taken place once."""
    try:
        actions.hold(check_in_id=check_in_id, by=request.user, now=timezone.now())
    except WrongState:
        if not CheckIn.objects.filter(pk=check_in_id, state=CheckInState.HELD).exists():
            raise
    toast_next(request, gettext("Held. The next check-in is planned."))
    return redirect("check_in", check_in_id=check_in_id)


@signed_in()
@require_POST
def confirm(request: StaffRequest, check_in_id: int) -> HttpResponse:
    actions.confirm(check_in_id=check_in_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Your partner sees that you will be there."))
    return redirect("check_in", check_in_id=check_in_id)


@signed_in()
@require_POST
def move(request: StaffRequest, check_in_id: int) -> HttpResponse:
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            actions.reschedule(
                check_in_id=check_in_id, at=form.cleaned_data["at"], by=request.user, now=timezone.now()
            )
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, gettext("Moved. Who has it in a calendar gets the new time."))
            return redirect("check_in", check_in_id=check_in_id)
    return _page(request, check_in_id, status=422, move_form=form)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """How often the partners meet, on which day, at what time."""
    partnership, now_and_then = queries.rhythm_page(request.user, partnership_id)
    calendar = partnership.requisition.organisation.calendar
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial=now_and_then,
        working_days=calendar.working_days,
        zone=calendar.time_zone,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_rhythm(
                partnership_id=partnership_id, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Changed. Your partner is told."))
            return redirect("partnership", partnership_id=partnership_id)
    context = {"partnership": partnership, "role": partnership.requisition, "form": form}
    return render(request, "partners/checkins/rhythm.html", context, status=422 if form.errors else 200)


@signed_in()
@require_POST
def agree(request: StaffRequest, check_in_id: int) -> HttpResponse:
    page = queries.check_in_page(request.user, check_in_id, now=timezone.now())
    form = ActionForm(request.POST, people=page.people)
    if form.is_valid():
        try:
            actions.agree_action(
                check_in_id=check_in_id,
                owner_id=form.cleaned_data["owner"],
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            return redirect(f"{_address(check_in_id)}#agreed")
    return _page(request, check_in_id, status=422, action_form=form)


@signed_in()
@require_POST
def action_done(request: StaffRequest, action_id: int) -> HttpResponse:
    done = request.POST.get("done") == "1"
    action = actions.set_action_done(action_id=action_id, done=done, by=request.user, now=timezone.now())
    return redirect(f"{_address(action.check_in_id)}#agreed")


def _address(check_in_id: int) -> str:
    return reverse("check_in", args=[check_in_id])


def _number(request: StaffRequest, name: str) -> int:
    found = number(request.POST.get(name, ""))
    return -1 if found is None else found
