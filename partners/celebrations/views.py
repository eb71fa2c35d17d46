"""One's own celebrations, and the switch for them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.celebrations import actions, queries


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def celebrations(request: StaffRequest) -> HttpResponse:
    """What somebody took part in, and whether they want to hear of it."""
    if request.method == "POST":
        off = request.POST.get("celebrate") == "off"
        actions.set_quiet(by=request.user, off=off, now=timezone.now())
        toast_next(request, gettext("Switched off.") if off else gettext("Switched on."))
        return redirect("celebrations")
    context = {
        "is_off": request.user.pk in queries.quiet([request.user.pk]),
        "celebrations": queries.mine(request.user),
    }
    return render(request, "partners/celebrations/mine.html", context)
