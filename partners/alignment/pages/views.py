"""What each function signed of a role, where it contradicts itself, and the same over all roles."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Conflict, Missing, NotAllowed, WrongState
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.alignment import actions, queries
from partners.alignment.models import Contradiction, ContradictionState
from partners.alignment.pages.forms import DecideForm, SignForm
from partners.alignment.queries.people import marketed_by
from partners.alignment.rules import DECIDE, OVERVIEW

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@require_safe
def alignment(request: StaffRequest, partnership_id: int) -> HttpResponse:
    return _page(request, partnership_id)


def _page(request: StaffRequest, partnership_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    partnership = queries.permitted(request.user, partnership_id)
    page = queries.page(partnership, request.user, now=timezone.now())
    forms = {each.row.pk: DecideForm(initial={"key": each.row.key}) for each in page.open if each.may_decide}
    forms |= more.pop("forms", {})
    context = {
        "page": page,
        "partnership": partnership,
        "role": partnership.requisition,
        "open": [(each, forms.get(each.row.pk)) for each in page.open],
        **more,
    }
    return render(request, "partners/alignment/alignment.html", context, status=status)


@signed_in()
@require_POST
def decide(request: StaffRequest, contradiction_id: int) -> HttpResponse:
    """Resolve a contradiction or accept it knowingly; what says something else meanwhile is shown first."""
    row = _to_decide(request, contradiction_id)
    form = DecideForm(request.POST, auto_id=f"id_{contradiction_id}_%s")
    if form.is_valid():
        now = timezone.now()
        try:
            done = actions.decide(
                contradiction_id=contradiction_id, by=request.user, now=now, **form.cleaned_data
            )
        except Conflict:
            actions.look(partnership_id=row.partnership_id, now=now)
            raise
        except (WrongState, NotAllowed):
            raise
        except ActionError as error:
            show_error(form, error)
        else:
            is_resolved = done.state == ContradictionState.RESOLVED
            toast_next(
                request,
                gettext("Resolved. It is looked at again.")
                if is_resolved
                else gettext("Accepted knowingly."),
            )
            return redirect(f"{_address(row.partnership_id)}#contradiction-{row.pk}")
    return _page(request, row.partnership_id, status=422, forms={row.pk: form})


def _to_decide(request: StaffRequest, contradiction_id: int) -> Contradiction:
    rows = Contradiction.objects.visible_to(request.user).select_related("partnership__requisition")
    row = rows.filter(pk=contradiction_id).first()
    if row is None or not request.user.has_perm(DECIDE, row):
        raise Missing(gettext("There is no such contradiction."))
    return row


@signed_in()
@require_POST
def serve(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """Say which must-have an outcome rests on."""
    now = timezone.now()
    outcome, must = request.POST.get("outcome", ""), number(request.POST.get("criterion", "")) or 0
    actions.serve(partnership_id=partnership_id, outcome=outcome, criterion_id=must, by=request.user, now=now)
    actions.look(partnership_id=partnership_id, now=now)
    toast_next(request, gettext("Said."))
    return redirect(_address(partnership_id))


@signed_in()
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """What the viewer is to sign and to decide."""
    waiting = queries.waiting(request.user, now=timezone.now())
    context = {"waiting": waiting, "now": timezone.now(), "marketing": marketed_by(request.user)}
    return render(request, "partners/alignment/mine.html", context)


@signed_in()
@reads_and_writes
def sign(request: StaffRequest, signature_id: int) -> HttpResponse:
    page = queries.to_sign(request.user, signature_id)
    row = page.signature
    given = {"verdict": row.state, "words": row.words} if page.is_given else {}
    form = SignForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign(signature_id=signature_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (Conflict, WrongState):
            raise
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Signed. You may change it while this version counts."))
            return redirect("sign_brief", signature_id=signature_id)
    partnership = row.version.partnership
    context = {"page": page, "signature": row, "form": form, "role": partnership.requisition}
    return render(request, "partners/alignment/sign.html", context, status=422 if form.errors else 200)


@signed_in(OVERVIEW)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    context = {"page": queries.overview(now=timezone.now()), "now": timezone.now()}
    return render(request, "partners/alignment/overview.html", context)


def _address(partnership_id: int) -> str:
    return reverse("alignment", args=[partnership_id])
