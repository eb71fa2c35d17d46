"""What partners say of single commitments."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.commitments import actions


@signed_in()
@require_POST
def excuse(request: StaffRequest, commitment_id: int) -> HttpResponse:
    """The other side lets it pass, with the reason."""
    reason = request.POST.get("reason", "")
    excused = actions.excuse(commitment_id=commitment_id, reason=reason, by=request.user, now=timezone.now())
    toast_next(request, gettext("Excused. It counts neither as kept nor as missed."))
    return redirect("partnership", partnership_id=excused.partnership_id)
