"""An interviewer's scorecards, and the debrief in which all evidence lies side by side."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.languages import within
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.interviews.queries import shadows
from candidates.matters.queries import points_of
from candidates.scheduling.queries import availability_requests
from candidates.scorecards import actions, queries
from candidates.scorecards.actions import OtherWindow, decide
from candidates.scorecards.models import Scorecard, ScorecardState
from candidates.scorecards.pages.forms import DecisionForm, NotesForm, ScorecardForm, values_of
from candidates.scorecards.queries import ScorecardPage

WRITE = "candidates.write_scorecard"


@signed_in()
@require_safe
def scorecard_list(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "owed": list(queries.owed_by(request.user, now=now)),
        "wanted_times": availability_requests.asked_of(request.user),
        "ahead": list(queries.ahead_of(request.user, now=now)[:30]),
        "handed_in": list(queries.handed_in_by(request.user)[:50]),
        "sits_in": shadows.to_write(request.user),
        "to_confirm": shadows.to_confirm(request.user, now=now),
        "now": now,
    }
    return render(request, "candidates/scorecards/list.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def scorecard(request: StaffRequest, scorecard_id: int) -> HttpResponse:
    """Read it; as its author, type on it (`save`), or hand it in."""
    page = queries.scorecard_page(request.user, scorecard_id)
    form = None
    if request.user.has_perm(WRITE, page.scorecard) and page.scorecard.state == ScorecardState.DRAFT:
        form = ScorecardForm(request.POST or None, asked=page.asked, scorecard=page.scorecard)
    if request.method == "POST" and form is None:
        toast_next(request, gettext("This has been handed in already, or is not needed any more."))
        return redirect("scorecard", scorecard_id=scorecard_id)
    if request.method == "POST" and form is not None and form.is_valid():
        if "hand_in" not in request.POST and _written(form, request, page, actions.save_draft):
            toast_next(request, gettext("Saved. Nobody else sees it until you hand it in."))
            return redirect("scorecard", scorecard_id=scorecard_id)
        if "hand_in" in request.POST and _handed_in(form, request, page):
            toast_next(request, gettext("Handed in. Now you can read what the others wrote."))
            return redirect("debrief", application_id=page.scorecard.application_id)
    return _shown(request, page, form)


def _handed_in(form: ScorecardForm, request: StaffRequest, page: ScorecardPage) -> bool:
    if form.check_whole():
        return _written(form, request, page, actions.hand_in)
    # What is not complete is kept as a draft all the same: a mistake loses nothing.
    _written(form, request, page, actions.save_draft)
    return False


def _written(
    form: ScorecardForm,
    request: StaffRequest,
    page: ScorecardPage,
    write: Callable[..., Scorecard],
    **more: str,
) -> bool:
    """Whether `write` took what was typed; if not, the form says why."""
    try:
        kept = write(
            scorecard_id=page.scorecard.pk,
            revision=form.cleaned_data["revision"],
            content=form.content,
            by=request.user,
            now=timezone.now(),
            **more,
        )
    except OtherWindow as error:
        form.show_both(error.kept)
        form.saw(error.scorecard.revision)
        form.add_error(None, error.message)
    except ActionError as error:
        show_error(form, error)
    else:
        form.saw(kept.revision)
        return True
    return False


def _shown(request: StaffRequest, page: ScorecardPage, form: ScorecardForm | None) -> HttpResponse:
    is_mine = page.scorecard.interviewer_id == request.user.pk
    context = {
        "points": points_of(page.scorecard.application) if form is not None else [],
        "page": page,
        "scorecard": page.scorecard,
        "application": page.scorecard.application,
        "interview": page.scorecard.interview,
        "form": form,
        "is_mine": is_mine,
        "has_begun": page.scorecard.interview.starts_at <= timezone.now(),
        "notes_form": NotesForm(initial={"private_notes": page.scorecard.private_notes}) if is_mine else None,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "candidates/scorecards/scorecard.html", context, status=422 if wrong else 200)


@signed_in()
@require_POST
def save(request: StaffRequest, scorecard_id: int) -> HttpResponse:
    """What is typed, as it is typed: answers with the new revision, or with what another window wrote."""
    page = queries.scorecard_page(request.user, scorecard_id)
    form = ScorecardForm(request.POST, asked=page.asked, scorecard=page.scorecard)
    if not form.is_valid():
        return JsonResponse(
            {"message": gettext("Something in it cannot be saved."), "errors": form.errors}, status=422
        )
    try:
        kept = actions.save_draft(
            scorecard_id=scorecard_id,
            revision=form.cleaned_data["revision"],
            content=form.content,
            by=request.user,
            now=timezone.now(),
        )
    except OtherWindow as error:
        answer = {
            "message": error.message,
            "revision": error.scorecard.revision,
            "values": values_of(error.kept),
        }
        return JsonResponse(answer, status=409)
    except ActionError as error:
        return JsonResponse({"message": error.message}, status=422)
    return JsonResponse({"revision": kept.revision})


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, scorecard_id: int) -> HttpResponse:
    """Correct what is in: a further version, with why."""
    page = queries.scorecard_page(request.user, scorecard_id)
    is_in = page.scorecard.state == ScorecardState.SUBMITTED
    if not is_in or not request.user.has_perm(WRITE, page.scorecard):
        return redirect("scorecard", scorecard_id=scorecard_id)
    form = ScorecardForm(request.POST or None, asked=page.asked, scorecard=page.scorecard, why=True)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.check_whole()
        and _written(form, request, page, actions.correct, why=form.cleaned_data["why"])
    ):
        toast_next(request, gettext("Corrected. The version before stays to be read."))
        return redirect("scorecard", scorecard_id=scorecard_id)
    return _shown(request, page, form)


@signed_in()
@require_POST
def notes(request: StaffRequest, scorecard_id: int) -> HttpResponse:
    form = NotesForm(request.POST)
    if form.is_valid():
        actions.keep_notes(
            scorecard_id=scorecard_id,
            private_notes=form.cleaned_data["private_notes"],
            by=request.user,
            now=timezone.now(),
        )
        toast_next(request, gettext("Your notes are kept. Nobody else sees them."))
    return redirect(reverse("scorecard", args=[scorecard_id]) + "#notes")


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: StaffRequest, application_id: int) -> HttpResponse:
    """All evidence side by side, and the decision on it."""
    now = timezone.now()
    page = queries.debrief_page(request.user, application_id, now=now)
    form = DecisionForm(request.POST or None) if page.may_decide and page.is_active else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {"outcome": "", "reason": ""}
        try:
            decision = decide.decide(application_id=application_id, by=request.user, now=now, **given)
        except Invalid as error:
            if form is None:
                raise
            show_error(form, error)
        else:
            toast_next(
                request,
                gettext("Decided: %(outcome)s.") % {"outcome": within(decision.get_outcome_display())},
            )
            return redirect("debrief", application_id=application_id)
    context = {
        "page": page,
        "application": page.application,
        "candidate": page.application.candidate,
        "requisition": page.application.requisition,
        "form": form,
        "now": now,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "candidates/scorecards/debrief.html", context, status=status)
