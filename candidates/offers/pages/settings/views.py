"""The words of offer letters: the house's, and those of each organisation."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.languages import known
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.texts import TextsForm
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
    """Read and write the letter that offers begin with, in the first language."""
    organisations = queries.organisations()
    owner = _owner(request, organisations)
    form = LetterTemplateForm(request.POST or None, initial={"body": _words(owner).body})
    if request.method == "POST" and _saved(request, form, owner):
        toast_next(request, gettext("Offers begin with this letter from now on."))
        return redirect(_at("settings_offer_letters", owner))
    return _page(request, organisations, owner, form=form)


@signed_in(PERMISSION)
@require_POST
def settings_offer_letter_texts(request: StaffRequest) -> HttpResponse:
    """The same letter in further languages."""
    organisations = queries.organisations()
    owner = _owner(request, organisations)
    texts = _texts_form(owner, request.POST)
    if texts.is_valid():
        try:
            write_letter.translate_template(
                organisation=owner, texts=texts.texts(), by=request.user, now=timezone.now()
            )
        except Invalid as error:
            texts.add_error(error.field if error.field in texts.fields else None, error.message)
        else:
            toast_next(request, gettext("Saved. Offers in these languages begin with them."))
            return redirect(_at("settings_offer_letters", owner))
    return _page(request, organisations, owner, texts=texts)


def _words(owner: HiringOrganisation | None) -> letter.Template:
    return letter.template_for(owner, letter.first_of(owner))


def _texts_form(owner: HiringOrganisation | None, data: Any = None) -> TextsForm:
    own = {code: {"body": row.body} for code, row in queries.templates_of(owner).items()}
    fields: dict[str, tuple[str, forms.Widget]] = {
        "body": (gettext("The letter"), forms.Textarea(attrs={"rows": 14, "class": "words-body"}))
    }
    return TextsForm(data, texts=own, first=letter.first_of(owner), fields=fields, prefix="said")


def _page(
    request: StaffRequest,
    organisations: list[HiringOrganisation],
    owner: HiringOrganisation | None,
    *,
    form: LetterTemplateForm | None = None,
    texts: TextsForm | None = None,
) -> HttpResponse:
    form = form or LetterTemplateForm(initial={"body": _words(owner).body})
    texts = texts or _texts_form(owner)
    own = queries.templates_of(owner)
    context: dict[str, Any] = {
        "form": form,
        "texts_form": texts,
        "texts_address": _at("settings_offer_letter_texts", owner),
        "own": own.get(letter.first_of(owner)),
        "owner": owner,
        "organisations": organisations,
        "placeholders": letter.PLACEHOLDERS,
        "shown": _shown(request, owner),
        "languages": settings.LANGUAGES,
        "changed_at": max((row.updated_at for row in own.values()), default=None),
    }
    status = 422 if form.is_bound or texts.is_bound else 200
    return render(request, "candidates/offers/letters.html", context, status=status)


def _shown(request: HttpRequest, owner: HiringOrganisation | None) -> str:
    """The language of the preview."""
    asked = request.GET.get("preview", "")
    return asked if asked in known() else letter.first_of(owner)


def _at(name: str, owner: HiringOrganisation | None) -> str:
    return f"{reverse(name)}?organisation={owner.pk}" if owner else reverse(name)


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
    return as_picture(queries.sample_page(owner, _shown(request, owner)))
