"""The board of a requisition."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from ats.kernel.access import Kept, get_for
from ats.kernel.errors import ActionError, Invalid
from ats.kernel.kept import retold
from ats.kernel.numbers import number, numbers
from ats.kernel.staff_words import gettext, ngettext
from ats.web.cursors import cursor
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast
from candidates.applications import actions
from candidates.board.pages.forms import FilterForm
from candidates.board.queries import board, changes, role
from candidates.board.queries.role import Place
from candidates.internal.queries import kept_in
from requisitions.models import Requisition, Stage
from requisitions.roles.domain.figures import owed

MOST = 50
"""People with whom something is done at once; more than that in the background (see `candidates/bulk`)."""

MOST_UNDONE = 100
"""Moves that can be taken back together: as many as an address holds."""


ROLE = Kept(
    lambda: Requisition.objects.select_related("organisation__calendar", "recruiter", "hiring_manager")
)


def permitted(
    request: StaffRequest, requisition_id: int, permission: str = "candidates.view_board"
) -> Requisition:
    return get_for(ROLE, requisition_id, user=request.user, permission=permission)


@signed_in()
@require_safe
def board_page(request: StaffRequest, requisition_id: int) -> HttpResponse:
    requisition = permitted(request, requisition_id)
    now = timezone.now()
    form = FilterForm(request.GET, requisition=requisition)
    narrowed = form.narrowed(kept_in(request.user, requisition.pk))
    context = {
        "requisition": requisition,
        "form": form,
        "narrowed": narrowed,
        "most": MOST,
        "works": request.user.has_perm("candidates.work_board", requisition),
        "columns": board.columns(requisition, narrowed=narrowed, now=now),
        **_polling(request, requisition, changes.place_of(requisition, now=now)),
    }
    if request.htmx.target == "board":
        return render(request, "candidates/board/board.html#board", context)
    context["heading"] = role.heading(requisition, now=now, kept=narrowed.kept)
    context["late_partners"] = owed(requisition, user=request.user, now=now, only_late=True)
    return render(request, "candidates/board/board.html", context)


@signed_in()
@require_safe
def column(request: StaffRequest, requisition_id: int, stage_id: int) -> HttpResponse:
    """The next cards of one column."""
    requisition = permitted(request, requisition_id)
    stage = get_object_or_404(requisition.stages, pk=stage_id)
    stage.requisition = requisition
    after = cursor(request.GET.get("after", ""))
    narrowed = FilterForm.of(request.GET, requisition, kept_in(request.user, requisition.pk))
    page = board.column(stage, narrowed=narrowed, now=timezone.now(), after=after)
    context = {
        "requisition": requisition,
        "column": page,
        "works": request.user.has_perm("candidates.work_board", requisition),
        "filters": _filters(request),
    }
    return render(request, "candidates/board/board.html#cards", context)


@signed_in()
@require_safe
def news(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """What others did meanwhile: nothing (204), or the cards as they are now."""
    requisition = permitted(request, requisition_id)
    now = timezone.now()
    narrowed = FilterForm.of(request.GET, requisition, kept_in(request.user, requisition.pk))
    found = changes.changes(requisition, user=request.user, place=_place(request), narrowed=narrowed, now=now)
    if found is None:
        return HttpResponse(status=204)
    heads = board.heads(requisition, narrowed=narrowed, now=now)
    return _fresh(request, requisition, found, heads, narrowed)


def _place(request: StaffRequest) -> changes.Place:
    """How far the page that asks has read."""
    since, seen = (number(request.GET.get(name, "")) or 0 for name in ("since", "seen"))
    return changes.Place(since=since, seen=seen)


def _fresh(
    request: StaffRequest,
    requisition: Requisition,
    found: changes.Changes,
    heads: list[board.Column],
    narrowed: board.BoardFilter,
) -> HttpResponse:
    context = {
        "requisition": requisition,
        "changes": found,
        "works": request.user.has_perm("candidates.work_board", requisition),
        "columns": heads,
        "narrowed": narrowed,
        **_polling(request, requisition, found.place),
    }
    return render(request, "candidates/board/board.html#news", context)


def _filters(request: StaffRequest) -> str:
    """The part of the address that narrows the board, for the addresses that follow from it."""
    kept = [(name, value) for name in FilterForm.base_fields for value in request.GET.getlist(name) if value]
    return urlencode(kept)


def _polling(request: StaffRequest, requisition: Requisition, place: changes.Place) -> dict[str, object]:
    """The addresses of this board, each with its filters and with how far the page has read."""
    filters = _filters(request)
    query = f"?{filters}&since={place.since}&seen={place.seen}".replace("?&", "?")
    return {
        "filters": filters,
        "news_url": reverse("board_news", args=[requisition.pk]) + query,
        "move_url": reverse("board_move", args=[requisition.pk]) + query,
    }


def selected(request: StaffRequest, requisition: Requisition, *, now: datetime) -> list[int]:
    """The applications that are selected: one by one, or everybody in a column who fits the filter."""
    column_of = number(request.POST.get("everyone", ""))
    if column_of is None:
        named = numbers(request.POST.getlist("application"))[:MOST]
        kept = kept_in(request.user, requisition.pk)
        return [number for number in named if number not in kept]
    narrowed = FilterForm.of(request.GET, requisition, kept_in(request.user, requisition.pk))
    return board.everyone(requisition, column_of, narrowed=narrowed, now=now, most=MOST)


@signed_in()
@require_POST
def move(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Move one card, or all that are selected; the page then asks for, or gets, the cards as they are now."""
    now = timezone.now()
    one = numbers(request.POST.getlist("application"))
    if len(one) == 1:
        return _move_one(request, requisition_id, one[0], now=now)
    requisition = permitted(request, requisition_id, "candidates.work_board")
    stage = get_object_or_404(requisition.stages, pk=number(request.POST.get("stage", "")) or 0)
    ids = selected(request, requisition, now=now)
    before = role.places(requisition.pk, ids)
    result = actions.bulk_move(application_ids=list(before), stage_id=stage.pk, by=request.user, now=now)
    heads = {stage, *(place.stage for place in before.values())}
    response = _as_they_are(request, requisition, ids, heads=heads, now=now)
    moved = ngettext(
        "Moved %(number)s person to %(stage)s.", "Moved %(number)s people to %(stage)s.", len(result.done)
    )
    said = moved % {"number": len(result.done), "stage": retold(stage.name)}
    if result.refused:
        stayed = {"number": len(result.refused), "why": next(iter(result.refused.values()))}
        said += gettext(" %(number)s stayed: %(why)s") % stayed
    after = role.places(requisition.pk, result.done) if len(result.done) <= MOST_UNDONE else {}
    return toast(response, said, undo=_undo_url(requisition, before, after))


def _move_one(
    request: StaffRequest, requisition_id: int, application_id: int, *, now: datetime
) -> HttpResponse:
    """The action itself asks for the permission, and hands on what it has read for that."""
    try:
        moved = actions.move_away(
            requisition_id=requisition_id,
            application_id=application_id,
            stage_id=number(request.POST.get("stage", "")) or 0,
            by=request.user,
            now=now,
            version=number(request.POST.get("version", "")),
        )
    except Invalid as error:
        raise Http404 from error
    except ActionError as error:
        requisition = permitted(request, requisition_id, "candidates.work_board")
        place = role.place_of(requisition_id, application_id)
        if place is None:
            raise
        response = _as_they_are(request, requisition, [application_id], heads={place.stage}, now=now)
        response.status_code = 409
        return toast(response, error.message, level="error")
    one, left = moved.application, moved.left
    # The card stands there already: what has become of it comes by the way by which all news come.
    response = trigger_client_event(HttpResponse(status=204), "board-changed")
    told = {"id": one.pk, "version": one.version, "stage": one.stage.pk}
    trigger_client_event(response, "card-moved", told)
    name = one.candidate.name
    before, after = Place(one.pk, left, one.version - 1, name), Place(one.pk, one.stage, one.version, name)
    undo = _undo_url(one.requisition, {one.pk: before}, {one.pk: after})
    return toast(
        response,
        gettext("Moved %(name)s to %(stage)s.") % {"name": name, "stage": retold(one.stage.name)},
        undo=undo,
    )


def _as_they_are(
    request: StaffRequest,
    requisition: Requisition,
    ids: Iterable[int],
    *,
    heads: Iterable[Stage],
    now: datetime,
) -> HttpResponse:
    """These cards as they are now, and these heads. What others did comes when the page asks next."""
    narrowed = FilterForm.of(request.GET, requisition, kept_in(request.user, requisition.pk))
    found = changes.as_they_are(requisition, ids, place=_place(request), narrowed=narrowed, now=now)
    columns = board.heads(requisition, narrowed=narrowed, now=now, stages=heads)
    return _fresh(request, requisition, found, columns, narrowed)


def _undo_url(requisition: Requisition, before: dict[int, Place], after: dict[int, Place]) -> str:
    """Where a POST takes the moves back, of cards that still are as we left them."""
    if not after:
        return ""
    steps = ".".join(f"{pk}-{before[pk].stage.pk}-{after[pk].version}" for pk in after)
    return f"{reverse('board_undo', args=[requisition.pk])}?steps={steps}"


@signed_in()
@require_POST
def undo(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Take moves back where nobody has moved on from them; the board reads what became of it."""
    permitted(request, requisition_id, "candidates.work_board")
    steps = [numbers(step.split("-")) for step in request.GET.get("steps", "").split(".")][:MOST_UNDONE]
    refusals: list[str] = []
    for application_id, stage_id, version in (step for step in steps if len(step) == 3):
        try:
            actions.move(
                application_id=application_id,
                stage_id=stage_id,
                version=version,
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            refusals.append(error.message)
    response = HttpResponse(status=204)
    trigger_client_event(response, "board-changed")
    if refusals:
        return toast(response, gettext("Not taken back: %(why)s") % {"why": refusals[0]}, level="error")
    return toast(response, gettext("Taken back."))
