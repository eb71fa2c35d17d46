"""The settings page of who sees declined requests."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.declined import actions, queries
from partners.declined.pages.forms import ReadersForm
from partners.declined.rules import SET_READERS


@signed_in(SET_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: StaffRequest) -> HttpResponse:
    """HR, and the order of who is next; what is on record, nobody sees from here."""
    form = ReadersForm(
        request.POST if request.method == "POST" else None, people=queries.everybody(), named=queries.named()
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_readers(
                hr=form.cleaned_data["hr"], following=form.following(), by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved. It holds for what is on record, too."))
            return redirect("settings_declined")
    context = {"form": form, "leads": queries.leads()}
    return render(request, "partners/declined/settings.html", context, status=422 if form.errors else 200)
