"""Who carries SMS to candidates, for which organisation."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.actions import MANAGE
from ats.organisation.models import HiringOrganisation
from ats.sms import actions, queries
from ats.sms.models import SmsAccount
from ats.sms.pages.settings.forms import AccountForm
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


@signed_in(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: StaffRequest) -> HttpResponse:
    organisations = list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))
    form = AccountForm(request.POST or None, organisations=organisations)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"]
        try:
            actions.set_account(
                organisation=next(each for each in organisations if str(each.pk) == chosen),
                url=form.cleaned_data["address"],
                hears=form.cleaned_data["hears"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Set. Send a first word to your own telephone."))
            return redirect("settings_sms")
    return _page(request, form)


def _page(request: StaffRequest, form: AccountForm) -> HttpResponse:
    rows = list(queries.accounts())
    troubles = queries.last_troubles(row.organisation_id for row in rows)
    shown = [(row, _hook(row), troubles.get(row.organisation_id, [])) for row in rows]
    context: dict[str, Any] = {"form": form, "accounts": shown}
    return render(request, "ats/sms/accounts.html", context, status=422 if form.is_bound else 200)


def _hook(account: SmsAccount) -> str:
    """The address that is entered at the provider."""
    return settings.BASE_URL + reverse("sms_hook", args=[account.pk]) if account.hears else ""


@signed_in(MANAGE)
@require_POST
def account(request: StaffRequest, account_id: int) -> HttpResponse:
    """What is done with one: `do` is `try` or `remove`."""
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "try":
        number = request.POST.get("number", "")
        actions.try_account(account_id=account_id, number=number, by=request.user, now=now)
        toast_next(request, gettext("An SMS is on its way there."))
    elif do == "remove":
        actions.remove_account(account_id=account_id, by=request.user, now=now)
        toast_next(request, gettext("Taken away. No more SMS are sent; mail goes on as before."))
    else:
        raise Invalid(gettext("Say what is to be done with it."))
    return redirect("settings_sms")
