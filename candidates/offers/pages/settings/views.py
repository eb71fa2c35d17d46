"""The words of offer letters: the house's, and those of each organisation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.offers import queries
from candidates.offers.actions import write_letter
from candidates.offers.pages.forms import LetterTemplateForm
from candidates.offers.pages.views import as_picture
from candidates.offers.queries import letter

PERMISSION = "candidates.change_offer_letters"


def _owner(request: HttpRequest, organisations: list[HiringOrganisation]) -> HiringOrganisation | None:
    """Whose letter it is about; the house's without one."""
    asked = number(request.GET.get("organisation", ""))
    if asked is None:
        return None
    found = next((each for each in organisations if each.pk == asked), None)
    if found is None:
        raise Http404(gettext("There is no such organisation."))
    return found


@signed_in(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_offer_letters(request: StaffRequest) -> HttpResponse:
    """Read and write the letter that offers begin with."""
    organisations = queries.organisations()
    owner = _owner(request, organisations)
    own = queries.template_of(owner.pk if owner else None)
    words = own.body if own else letter.template_for(owner) if owner else letter.SHIPPED
    form = LetterTemplateForm(request.POST or None, initial={"body": words})
    if request.method == "POST" and _saved(request, form, owner):
        toast_next(request, gettext("Offers begin with this letter from now on."))
        return redirect(_here(owner))
    context: dict[str, Any] = {
        "form": form,
        "own": own,
        "owner": owner,
        "organisations": organisations,
        "placeholders": letter.PLACEHOLDERS,
    }
    return render(request, "candidates/offers/letters.html", context, status=422 if form.is_bound else 200)


def _here(owner: HiringOrganisation | None) -> str:
    address = reverse("settings_offer_letters")
    return f"{address}?organisation={owner.pk}" if owner else address


def _saved(request: StaffRequest, form: LetterTemplateForm, owner: HiringOrganisation | None) -> bool:
    reset = "reset" in request.POST
    if not reset and not form.is_valid():
        return False
    body = "" if reset else form.cleaned_data["body"]
    try:
        write_letter.write_template(organisation=owner, body=body, by=request.user, now=timezone.now())
    except ActionError as error:
        show_error(form, error)
        return False
    return True


@signed_in(PERMISSION)
@require_safe
def settings_offer_letter_preview(request: StaffRequest) -> HttpResponse:
    """The first page of the kept letter, with made-up values."""
    owner = _owner(request, queries.organisations())
    return as_picture(queries.sample_page(owner))
