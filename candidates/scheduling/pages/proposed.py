"""Another time that somebody of an interview proposes: taken with one click, or not taken with a word why."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel import when
from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.scheduling.actions import propose_times
from candidates.scheduling.pages.forms import ReasonForm
from candidates.scheduling.pages.views import place_of
from candidates.scheduling.queries import arranging


@signed_in()
@require_POST
def take_proposed_time(request: StaffRequest, proposed_time_id: int) -> HttpResponse:
    """Move the interview there; where somebody is not free by now, the page says who."""
    row = arranging.proposal_to_arrange(request.user, proposed_time_id)
    back = place_of(row.interview.application_id)
    try:
        moved = propose_times.take(
            proposed_time_id=proposed_time_id,
            by=request.user,
            now=timezone.now(),
            shares_place="shares_place" in request.POST,
        )
    except ActionError as refused:
        toast_next(request, refused.shown)
    else:
        span = when.told_span(moved.starts_at, moved.ends_at, request.user.zone)
        toast_next(request, gettext("Moved to %(span)s. Everybody is told.") % {"span": span})
    return redirect(back)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_proposed_time(request: StaffRequest, proposed_time_id: int) -> HttpResponse:
    """The time stays; whoever proposed another is told why."""
    row = arranging.proposal_to_arrange(request.user, proposed_time_id)
    interview, zone = row.interview, request.user.zone
    back = place_of(interview.application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    who = row.seat.user if row.seat is not None else interview.application.candidate
    form.fields["reason"].help_text = gettext("%(who)s reads it.") % {"who": who}
    if form.is_bound and form.is_valid():
        try:
            propose_times.refuse(
                proposed_time_id=proposed_time_id,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as refused:
            show_error(form, refused)
        else:
            toast_next(request, gettext("The time stays. %(who)s is told.") % {"who": who})
            return redirect(back)
    context = {
        "title": gettext("Let the time stand"),
        "text": gettext("%(who)s proposed %(span)s. %(interview)s stays on %(now)s, and %(who)s is told why.")
        % {
            "who": who,
            "span": when.told_span(row.starts_at, row.ends_at, zone),
            "interview": interview.name,
            "now": when.told_span(interview.starts_at, interview.ends_at, zone),
        },
        "ok": gettext("Let the time stand"),
        "cancel": back,
        "form": form,
    }
    return render(request, "parts/confirm_page.html", context, status=422 if form.errors else 200)
