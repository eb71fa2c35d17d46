"""One request about data: what was asked, by when it is owed, and the answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.data_requests import actions
from candidates.data_requests.models import ComplaintState, CorrectionState, DataComplaint, DataCorrection
from candidates.data_requests.pages.forms import ComplaintAnswerForm, CorrectionAnswerForm
from candidates.data_requests.queries.mine import mails_about
from candidates.data_requests.rules import ANSWER_COMPLAINT, ANSWER_CORRECTION, VIEW

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@reads_and_writes
def data_correction(request: StaffRequest, data_correction_id: int) -> HttpResponse:
    """Somebody asks that we put something right."""
    rows = DataCorrection.objects.select_related("candidate", "settled_by").defer("candidate__search")
    row = get_for(rows, data_correction_id, user=request.user, permission=ANSWER_CORRECTION)
    form = CorrectionAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_correction(
                correction_id=row.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ActionError as error:
            show_error(form, error)
            row.refresh_from_db(fields=["state", "answer", "settled_at", "settled_by"])
        else:
            toast_next(request, gettext("Answered. They are told by mail and on their page."))
            return _on(request)
    is_open = row.state == CorrectionState.OPEN
    return _page(request, "correction", row, form, is_open=is_open, candidate=row.candidate)


@signed_in()
@reads_and_writes
def data_complaint(request: StaffRequest, data_complaint_id: int) -> HttpResponse:
    """Somebody complains about how we handle their data."""
    rows = DataComplaint.objects.select_related("candidate", "settled_by", "organisation")
    row = get_for(
        rows.defer("candidate__search"), data_complaint_id, user=request.user, permission=ANSWER_COMPLAINT
    )
    form = ComplaintAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_complaint(
                complaint_id=row.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ActionError as error:
            show_error(form, error)
            row.refresh_from_db(fields=["state", "outcome", "answer", "settled_at", "settled_by"])
        else:
            toast_next(request, gettext("Answered. What came of it goes out by mail."))
            return _on(request)
    is_open = row.state == ComplaintState.OPEN
    return _page(request, "complaint", row, form, is_open=is_open, candidate=row.candidate)


def _page(request: StaffRequest, kind: str, row: Any, form: Any, **more: Any) -> HttpResponse:
    context = {"kind": kind, "row": row, "form": form, "mails": mails_about(kind, row.pk), **more}
    status = 422 if form.errors else 200
    return render(request, "candidates/data_requests/request.html", context, status=status)


def _on(request: StaffRequest) -> HttpResponse:
    return redirect("settings_data_requests" if request.user.has_perm(VIEW) else "my_day")


@signed_in()
@require_POST
def data_copy_for_them(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Start the copy for somebody who asked by telephone or letter."""
    actions.ask_for_them(candidate_id=candidate_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("The copy is being made. Its link goes to them by mail, and to nobody else."))
    return redirect("candidate", candidate_id)
