"""A manager's look at candidates: what waits, and one at a time."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.reviews import actions, queries
from candidates.reviews.forms import AnswerForm


@signed_in()
@require_safe
def review_list(request: StaffRequest) -> HttpResponse:
    context = {
        "waiting": queries.waiting_for(request.user),
        "undecided": queries.undecided_by(request.user),
    }
    return render(request, "candidates/reviews/list.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, review_id: int) -> HttpResponse:
    page = queries.review_page(request.user, review_id)
    answers = page.may_change and request.user.has_perm("candidates.answer_review", page.review)
    form = None
    if answers or request.method == "POST":
        form = AnswerForm(request.POST or None, must_haves=page.must_haves, review=page.review)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            answered = actions.answer(
                review_id=review_id,
                verdict=form.cleaned_data["verdict"],
                reason=form.cleaned_data["reason"],
                criteria=form.criteria(),
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            return _on_to_the_next(request, answered)
    status = 422 if form is not None and form.errors else 200
    context = {"page": page, "review": page.review, "application": page.review.application, "form": form}
    return render(request, "candidates/reviews/review.html", context, status=status)


def _on_to_the_next(request: StaffRequest, answered: queries.Review) -> HttpResponse:
    said = gettext("Saved: %(verdict)s to %(candidate)s.") % {
        "verdict": answered.get_verdict_display().lower(),
        "candidate": answered.application.candidate,
    }
    following = queries.next_for(request.user, after=answered)
    if following is None:
        toast_next(request, gettext("%(said)s Nobody waits for you now.") % {"said": said})
        return redirect("review_list")
    toast_next(
        request,
        gettext("%(said)s Next: %(candidate)s.")
        % {"said": said, "candidate": following.application.candidate},
    )
    return redirect("review", review_id=following.pk)
