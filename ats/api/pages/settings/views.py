"""One's own API tokens: see, make, revoke."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.accounts.models import User
from ats.api.actions import create_token, revoke_token
from ats.api.pages.settings.forms import TokenForm
from ats.api.queries import tokens_of
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.toasts import toast_next


@signed_in()
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens of the person; a new one is shown once, on the answer to the form that made it.

    Before one is made they show themselves again: a browser that was left open is not enough.
    """
    assert isinstance(request.user, User)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = create_token(user=request.user, now=timezone.now(), **_wanted(form.cleaned_data))
        except Invalid as error:
            form.add_error(error.field, error.message)
        else:
            form = TokenForm()
    context = {"tokens": tokens_of(request.user), "form": form, "secret": secret, "now": timezone.now()}
    return render(request, "ats/api/tokens.html", context, status=422 if form.errors else 200)


def _wanted(asked: dict[str, Any]) -> dict[str, Any]:
    days = int(asked.pop("days"))
    return asked | {
        "endless": not days,
        "expires_at": timezone.now() + timedelta(days=days) if days else None,
    }


@signed_in()
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    assert isinstance(request.user, User)
    token = revoke_token(token_id=token_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("The token “%(token)s” is revoked.") % {"token": token.name})
    return redirect("api_tokens")
