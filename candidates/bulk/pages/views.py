"""Choosing what to do with many, looking at it, and following it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from ats.kernel import spreadsheets
from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast
from candidates.application_pages.queries import no_letters, previews
from candidates.board.pages.bulk import preview
from candidates.bulk import actions
from candidates.bulk.domain.choice import Choice, Place
from candidates.bulk.models import BulkKind, BulkRun, ItemState
from candidates.bulk.pages.forms import FORMS
from candidates.bulk.queries import runs as queries
from candidates.bulk.queries.choosing import chosen, roles_of
from candidates.bulk.rules import RUN
from candidates.messages.actions import ROLE
from requisitions.models import Requisition

SESSION = "bulk_runs"
"""Set while the shell has something of the kind to show."""
STOP_POLLING = 286
"""As htmx understands it."""
RUN_PAGE = "candidates/bulk/run.html"


@signed_in(RUN)
@require_POST
def new(request: StaffRequest) -> HttpResponse:
    """What to do with those who are selected; filled in, it leads to the page that shows whom it touches."""
    kind, now = request.POST.get("kind", ""), timezone.now()
    choice = Choice.of(request.POST, request.GET.urlencode())
    if kind not in BulkKind.values:
        return _dialog(request, "choose", {"choice": choice, "kinds": BulkKind})
    places = chosen(request.user, choice, kind=kind, now=now)
    roles = roles_of(places)
    more: dict[str, Any] = {"roles": roles} if kind == BulkKind.MOVE else {}
    if kind in {BulkKind.POOL, BulkKind.SEQUENCE}:
        more = {"user": request.user}
    is_sent = "key" in request.POST
    form = FORMS[kind](
        request.POST if is_sent else None, initial=_begun(kind, places, roles) | _to_where(request), **more
    )
    if is_sent and "preview" in request.POST:
        first = [each.application for each in places if each.application][:1]
        role = ROLE if kind == BulkKind.MESSAGE else no_letters.REJECTED
        return preview(request, first, form, role=role) if first else HttpResponse(status=204)
    if is_sent and form.is_valid():
        try:
            made = actions.prepare(
                kind=kind,
                places=places,
                parameters=form.parameters(),
                key=_key(request.POST["key"]),
                by=request.user,
                now=now,
            )
        except ActionError as error:
            show_error(form, error)
        else:
            return _to(request, reverse("bulk_run", args=[made.pk]))
    context = {
        "kind": kind,
        "label": BulkKind(kind).label,
        "choice": choice,
        "form": form,
        "count": len({each.candidate for each in places}),
        "key": request.POST.get("key") or uuid.uuid4(),
        "role": roles[0] if len(roles) == 1 else None,
    }
    return _dialog(request, "fill_in", context, status=422 if form.errors else 200)


def _to_where(request: StaffRequest) -> dict[str, str]:
    """The stage that was chosen on the board already."""
    return {"to": request.POST["to"]} if "to" in request.POST else {}


def _key(text: str) -> uuid.UUID:
    """That of the form; whoever sends none of ours gets a run of its own."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def _begun(kind: str, places: list[Place], roles: list[Requisition]) -> dict[str, Any]:
    """The words that a message begins with."""
    if not roles:
        return {}
    if kind == BulkKind.MESSAGE:
        subject, body = previews.words_to_many(roles[0].organisation, ROLE)
        return {"subject": subject, "body": body}
    if kind == BulkKind.REJECT:
        ids = [each.application for each in places if each.application]
        letter = no_letters.letter_to_all(ids, roles[0], now=timezone.now())
        return {"subject": letter.words.subject, "body": letter.body}
    return {}


def _dialog(request: StaffRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    part = "#dialog" if request.htmx else ""
    return render(request, f"candidates/bulk/{name}.html{part}", context, status=status)


def _to(request: StaffRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _found(request: StaffRequest, run_id: int) -> BulkRun:
    return get_for(BulkRun.objects.all(), run_id, user=request.user, permission=RUN)


def _context(request: StaffRequest, run: BulkRun) -> dict[str, Any]:
    return {
        "run": run,
        "title": queries.title(run),
        "standing": queries.standing(run),
        "groups": [] if run.is_at_work else queries.groups(run, request.user),
    }


@signed_in(RUN)
@require_safe
def run_list(request: StaffRequest) -> HttpResponse:
    rows = [(each, queries.title(each.run)) for each in queries.latest(request.user)]
    return render(request, "candidates/bulk/list.html", {"rows": rows})


@signed_in()
@require_safe
def run(request: StaffRequest, run_id: int) -> HttpResponse:
    """Whom it touches, how far it is, and what became of it."""
    return render(request, RUN_PAGE, _context(request, _found(request, run_id)))


@signed_in()
@require_safe
def progress(request: StaffRequest, run_id: int) -> HttpResponse:
    """How far it is; once it has ended, everything about it."""
    found = _found(request, run_id)
    if found.is_at_work:
        context = {"run": found, "standing": queries.standing(found)}
        return render(request, f"{RUN_PAGE}#progress", context)
    answer = render(request, f"{RUN_PAGE}#run", _context(request, found))
    return reswap(retarget(answer, "#run"), "outerHTML")


@signed_in()
@require_safe
def people(request: StaffRequest, run_id: int) -> HttpResponse:
    """Everybody in it, page by page, or everybody of whom the same is said."""
    found = _found(request, run_id)
    state = request.GET.get("state", "")
    context = {
        "run": found,
        "title": queries.title(found),
        "state": state,
        "states": ItemState.choices,
        "page": queries.lines(
            found, request.user, state=state, after=number(request.GET.get("after", "")) or 0
        ),
    }
    part = "#rows" if request.htmx.target == "more" else ""
    return render(request, f"candidates/bulk/people.html{part}", context)


@signed_in()
@require_POST
def start(request: StaffRequest, run_id: int) -> HttpResponse:
    actions.start(run_id=run_id, by=request.user, now=timezone.now())
    request.session[SESSION] = True
    return redirect("bulk_run", run_id)


@signed_in()
@require_POST
def stop(request: StaffRequest, run_id: int) -> HttpResponse:
    actions.cancel(run_id=run_id, by=request.user, now=timezone.now())
    return redirect("bulk_run", run_id)


@signed_in()
@require_POST
def undo(request: StaffRequest, run_id: int) -> HttpResponse:
    actions.undo(run_id=run_id, by=request.user, now=timezone.now())
    request.session[SESSION] = True
    return redirect("bulk_run", run_id)


@signed_in()
@require_POST
def discard(request: StaffRequest, run_id: int) -> HttpResponse:
    actions.discard(run_id=run_id, by=request.user)
    return redirect("bulk_runs")


@signed_in()
@require_safe
def table(request: StaffRequest, run_id: int) -> HttpResponse:
    """The people of an export, as they are now, for a spreadsheet."""
    found = _found(request, run_id)
    if not queries.standing(found).has_table:
        return redirect("bulk_run", run_id)
    lines, as_book = queries.table(found, request.user), request.GET.get("as") == "xlsx"
    actions.note_export(found, number=len(lines), by=request.user, now=timezone.now())
    content: bytes | str
    if as_book:
        content, media = spreadsheets.as_xlsx(queries.HEAD, lines), spreadsheets.XLSX
    else:
        content, media = spreadsheets.as_csv(queries.HEAD, lines), "text/csv; charset=utf-8"
    name = f"candidates-{found.pk}.{'xlsx' if as_book else 'csv'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media, headers=headers)


@signed_in(RUN)
@require_POST
def pill(request: StaffRequest) -> HttpResponse:
    """What of one's own is at work, for the shell; what has ended is told once."""
    found = queries.unfinished(request.user)
    at_work = [each for each in found if each.run.is_at_work]
    ended = [each for each in found if not each.run.is_at_work]
    shown = [(each, queries.title(each.run)) for each in found]
    answer = render(request, "candidates/bulk/pill.html", {"shown": shown})
    if ended:
        actions.note_seen([each.run for each in ended], now=timezone.now())
        last = ended[-1]
        said = gettext("%(what)s: %(done)s of %(total)s.") % {
            "what": queries.title(last.run),
            "done": last.undone if last.undone else last.done,
            "total": last.total,
        }
        toast(answer, said)
    if not at_work:
        request.session.pop(SESSION, None)
        answer.status_code = STOP_POLLING
    return answer
