"""What a candidate is written to about, and in which language: their choice, on their own page."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError, WrongState
from ats.kernel.languages import ours
from ats.web.languages import remember
from candidates.consents import actions as consents
from candidates.consents import queries
from candidates.people.actions import change_contact
from candidates.portal import actions
from candidates.portal.models import PortalLink
from candidates.portal.pages.forms import PreferencesForm
from candidates.portal.pages.views import back, by_link, too_often
from candidates.sms.queries import account_for, choice_of


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_preferences(request: HttpRequest, link: PortalLink, token: str) -> HttpResponseBase:
    """My preferences: see them, change them. What is owed to me never hangs on them."""
    candidate, now = link.candidate, timezone.now()
    refuses = queries.refuses_all(candidate.email)
    agreed = set() if refuses else queries.purposes_of(candidate, now)
    form = PreferencesForm.of(candidate, agreed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _choose(link, form)
        except ActionError as refused:
            form.add_error(None, refused.message)
        else:
            return remember(back(token, "preferences"), form.cleaned_data["language"])
    context = {
        "form": form,
        "candidate": candidate,
        "organisation": actions.organisation_of(candidate),
        "token": token,
        "sms_choice": choice_of(candidate),
        "sends_sms": account_for(candidate) is not None,
    }
    status = 400 if form.is_bound else 200
    return render(request, "candidates/portal/preferences.html", context, status=status)


def _choose(link: PortalLink, form: PreferencesForm) -> None:
    now, candidate = timezone.now(), link.candidate
    if problem := too_often(link):
        raise WrongState(problem)
    language = form.cleaned_data["language"]
    # In which words they agreed is known before the page speaks another language.
    ours(consents.choose)(candidate=candidate, wanted=form.cleaned_data["purposes"], by=candidate, now=now)
    ours(change_contact)(candidate=candidate, by=candidate, now=now, language=language)
    ours(actions.used)(link, now=now)
