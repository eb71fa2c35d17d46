"""Who stands in while somebody is away."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.delegations import actions, queries
from partners.delegations.pages.forms import AwayForm


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: StaffRequest) -> HttpResponse:
    """One's own times away, and whom one stands in for; a colleague can be asked here."""
    colleagues = queries.colleagues_of(request.user)
    form = AwayForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.delegate(
                to_id=given["to"].pk,
                begins_on=given["begins_on"],
                ends_on=given["ends_on"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(
                request,
                gettext("%(delegate)s has a mail and stands in for you in these days.")
                % {"delegate": made.delegate},
            )
            return redirect("delegations")
    context = {"page": queries.away_page(request.user), "form": form}
    return render(request, "partners/delegations/away.html", context, status=422 if form.errors else 200)


@signed_in()
@require_POST
def end(request: StaffRequest, delegation_id: int) -> HttpResponse:
    """It ends now, before its time."""
    over = actions.end(delegation_id=delegation_id, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("%(delegate)s does not stand in for %(owner)s any more.")
        % {"delegate": over.delegate, "owner": over.owner},
    )
    return redirect("delegations")
