"""The settings page of who signs the briefs of an organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.alignment import actions, queries
from partners.alignment.pages.forms import SigningForm
from partners.alignment.queries.settings import OfOrganisation
from partners.alignment.rules import NAME


@signed_in(NAME)
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: StaffRequest) -> HttpResponse:
    """Who signs for which function, organisation by organisation."""
    every = {row.organisation.pk: row for row in queries.by_organisation()}
    forms = {pk: _form(row) for pk, row in every.items()}
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = SigningForm(request.POST, people=every[chosen].people, prefix=f"of-{chosen}")
        if form.is_valid() and _saved(request, chosen, form):
            toast_next(request, gettext("Saved. Briefs that are settled from now on ask these people."))
            return redirect("settings_signing")
        forms[chosen], status = form, 422
    context = {"rows": [(row, forms[pk]) for pk, row in every.items()]}
    return render(request, "partners/alignment/settings.html", context, status=status)


def _form(row: OfOrganisation) -> SigningForm:
    return SigningForm(people=row.people, initial=row.initial, prefix=f"of-{row.organisation.pk}")


def _saved(request: StaffRequest, organisation_id: int, form: SigningForm) -> bool:
    days = {name: form.cleaned_data[name] for name in ("sign_days", "decide_days", "waits")}
    try:
        actions.name_signers(
            organisation_id=organisation_id,
            people=form.people(),
            by=request.user,
            now=timezone.now(),
            **days,
        )
    except ActionError as error:
        show_error(form, error)
        return False
    return True
