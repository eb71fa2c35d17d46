"""All that people asked about their data, for whoever leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from candidates.data_requests.queries import listing
from candidates.data_requests.rules import VIEW


@signed_in(VIEW)
@require_safe
def data_requests(request: StaffRequest) -> HttpResponse:
    """What is late first, in red; then what is open, by its day; then what is settled."""
    now = timezone.now()
    only = request.GET.get("kind", "")
    only = only if only in dict(listing.kinds()) else ""
    found = listing.lines(request.user, now=now, only=only)
    context = {
        "lines": [(line, line.is_late(now)) for line in found],
        "late": sum(line.is_late(now) for line in found),
        "waiting": sum(line.is_open for line in found),
        "kinds": listing.kinds(),
        "only": only,
    }
    return render(request, "candidates/data_requests/list.html", context)
