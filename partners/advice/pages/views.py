"""The advice on one role, and what partners do about it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.advice import actions, queries
from partners.advice.models import Advice
from partners.advice.pages.forms import AnswerForm, PutOffForm
from partners.advice.rules import SETTLE


@signed_in()
@require_safe
def advice(request: StaffRequest, partnership_id: int) -> HttpResponse:
    return _page(request, partnership_id)


def _page(request: StaffRequest, partnership_id: int, wrong: Form | None = None, of: int = 0) -> HttpResponse:
    page = queries.page(request.user, partnership_id, now=timezone.now())
    standing = [(each, *_forms(each.row.pk, wrong if each.row.pk == of else None)) for each in page.standing]
    context = {
        "page": page,
        "standing": standing,
        "partnership": page.partnership,
        "role": page.partnership.requisition,
    }
    return render(request, "partners/advice/advice.html", context, status=422 if wrong else 200)


def _forms(number: int, wrong: Form | None) -> tuple[Form, Form]:
    later = wrong if isinstance(wrong, PutOffForm) else PutOffForm(auto_id=f"until-{number}-%s")
    answer = wrong if isinstance(wrong, AnswerForm) else AnswerForm(auto_id=f"answer-{number}-%s")
    return later, answer


@signed_in()
@require_POST
def take_up(request: StaffRequest, advice_id: int) -> HttpResponse:
    row = actions.take_up(advice_id=advice_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Taken up. In four weeks the figures say whether it helped."))
    return redirect("advice", partnership_id=row.partnership_id)


@signed_in()
@require_POST
def put_off(request: StaffRequest, advice_id: int) -> HttpResponse:
    form = PutOffForm(request.POST, auto_id=f"until-{advice_id}-%s")
    return _settle(request, advice_id, form, actions.put_off, gettext("Put off."))


@signed_in()
@require_POST
def answer(request: StaffRequest, advice_id: int) -> HttpResponse:
    form = AnswerForm(request.POST, auto_id=f"answer-{advice_id}-%s")
    return _settle(
        request, advice_id, form, actions.answer, gettext("Answered. The figures say later who was right.")
    )


def _settle(
    request: StaffRequest, advice_id: int, form: Form, act: Callable[..., Any], said: str
) -> HttpResponse:
    rows = Advice.objects.select_related("partnership__requisition")
    row = get_for(rows, advice_id, user=request.user, permission=SETTLE)
    if form.is_valid():
        try:
            act(advice_id=advice_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (NotAllowed, WrongState):
            raise
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, said)
            return redirect("advice", partnership_id=row.partnership_id)
    return _page(request, row.partnership_id, form, advice_id)
