"""Who was told by when the law of a place wants it: for whoever oversees, on a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.kernel import spreadsheets
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from candidates.promises import queries
from candidates.promises.rules import SEE_BY_LAW

COLUMNS = ("application", "candidate", "role", "place", "source", "last_interview", "until", "stands",
           "told_at", "told_by", "channel", "said")  # fmt: skip

SHOWN = 500
"""On the page; the file has everybody."""


@signed_in(SEE_BY_LAW)
@require_safe
def by_law(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    lines = queries.told_by_law(request.user, now=now)
    if request.GET.get("format") == "csv":
        return _file(lines, f"told-by-law-{now:%Y-%m-%d}.csv")
    urgent = [line for line in lines if line.stands in {queries.By.MISSED, queries.By.NEAR}]
    context = {"lines": lines[:SHOWN], "urgent": urgent, "is_cut": len(lines) > SHOWN}
    context["sources"] = sorted({str(line.duty.source) for line in lines})
    return render(request, "candidates/promises/by_law.html", context)


def _file(lines: list[queries.Told], name: str) -> HttpResponse:
    rows = [
        (
            line.application.pk,
            line.application.candidate.name,
            line.application.requisition.title,
            line.duty.place,
            line.duty.source,
            line.last_interview.isoformat(),
            line.until.isoformat(),
            line.stands.value,
            line.told_at.isoformat() if line.told_at else "",
            line.who,
            line.channel,
            line.said,
        )
        for line in lines
    ]
    answer = HttpResponse(spreadsheets.as_csv(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
