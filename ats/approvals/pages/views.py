"""What waits for one's approval, what one has asked for, and each of these."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.approvals import actions, queries
from ats.approvals.models import ApprovalState
from ats.approvals.pages.forms import AnswerForm, PassOnForm
from ats.kernel.errors import ActionError, Missing
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


@signed_in()
@require_safe
def approval_list(request: StaffRequest) -> HttpResponse:
    context = {
        "mine": queries.mine_to_decide(request.user),
        "asked": queries.asked_by(request.user),
        "labels": queries.kind_labels(),
    }
    return render(request, "ats/approvals/list.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: StaffRequest, approval_request_id: int) -> HttpResponse:
    page = queries.approval_page(request.user, approval_request_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.mine is None:
        return _answered(request, page)
    if request.method == "POST" and page.mine is not None and form.is_valid():
        now = timezone.now()
        try:
            if form.approves:
                actions.approve(approval_id=page.mine.pk, note=form.words, by=request.user, now=now)
            else:
                actions.send_back(approval_id=page.mine.pk, reason=form.words, by=request.user, now=now)
        except ActionError as error:
            show_error(form, error)
        else:
            said = "Approved" if form.approves else "Sent back"
            toast_next(request, f"{said}: {page.request.title}.")
            return redirect("approval_list")
    return _page(request, page, form=form)


def _answered(request: StaffRequest, page: queries.ApprovalPage) -> HttpResponse:
    """Sent twice, or after it was somebody else's: the page shows how it stands."""
    states = set(page.request.approvals.filter(approver=request.user).values_list("state", flat=True))
    if not states:
        raise Missing(gettext("There is nothing here for you to answer."))
    theirs = states & {ApprovalState.APPROVED, ApprovalState.REJECTED}
    toast_next(
        request,
        gettext("Your answer is in already.") if theirs else gettext("This is not yours to answer any more."),
    )
    return redirect("approval", approval_request_id=page.request.pk)


def _page(
    request: StaffRequest,
    page: queries.ApprovalPage,
    *,
    form: AnswerForm | None = None,
    pass_on_form: PassOnForm | None = None,
) -> HttpResponse:
    wrong = any(each is not None and each.errors for each in (form, pass_on_form))
    if page.mine is not None:
        form = form or AnswerForm()
        pass_on_form = pass_on_form or PassOnForm(colleagues=page.colleagues)
    context = {"page": page, "matter": page.request, "form": form, "pass_on_form": pass_on_form}
    return render(request, "ats/approvals/approval.html", context, status=422 if wrong else 200)


@signed_in()
@require_POST
def pass_on(request: StaffRequest, approval_request_id: int) -> HttpResponse:
    page = queries.approval_page(request.user, approval_request_id)
    if page.mine is None:
        raise Missing(gettext("There is nothing here for you to pass on."))
    form = PassOnForm(request.POST, colleagues=page.colleagues)
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            actions.delegate(approval_id=page.mine.pk, to=to, by=request.user, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("%(to)s is asked instead of you.") % {"to": to})
            return redirect("approval_list")
    return _page(request, page, pass_on_form=form)


@signed_in()
@require_POST
def remind(request: StaffRequest, approval_request_id: int) -> HttpResponse:
    """Remind one of those whose turn it is."""
    queries.approval_page(request.user, approval_request_id)
    asked = number(request.POST.get("approval", "")) or 0
    reminded = actions.remind(approval_id=asked, by=request.user, now=timezone.now())
    toast_next(request, gettext("%(approver)s has a reminder.") % {"approver": reminded.approver})
    return redirect("approval", approval_request_id=approval_request_id)
