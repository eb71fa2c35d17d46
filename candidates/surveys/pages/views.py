"""The report on respect: how it was for candidates, with or without a yes."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.surveys import actions
from candidates.surveys.models import Tag
from candidates.surveys.pages.forms import ReportForm, TagForm
from candidates.surveys.queries import export, report, worth
from candidates.surveys.queries.pictures import line_of
from candidates.surveys.queries.report import SPLIT_NAMES, Period, Wanted
from candidates.surveys.rules import EXPORT_CUSTOMERS, VIEW_RESPECT


@signed_in(VIEW_RESPECT)
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """There is one report so far."""
    return redirect("respect")


def _asked(request: StaffRequest) -> tuple[ReportForm, Wanted]:
    """The form as it was sent, and what is shown of it: what makes no sense shows what is usual."""
    usual = {"period": Period.YEAR.value, "by": "outcome"}
    given = {name: request.GET.get(name) or usual.get(name, "") for name in ("organisation", *usual)}
    form = ReportForm(given, organisations=report.organisations(), auto_id="respect-%s", label_suffix="")
    form.is_valid()
    said = form.cleaned_data
    wanted = Wanted(
        organisation_id=int(said["organisation"]) if said.get("organisation") else None,
        period=said.get("period") or Period.YEAR.value,
        split=said.get("by") or "outcome",
        group=request.GET.get("group") or None,
    )
    return form, wanted


@signed_in(VIEW_RESPECT)
@require_safe
def respect(request: StaffRequest) -> HttpResponse:
    """Figures with their bounds, over time and by one split, and what was written."""
    now = timezone.now()
    form, wanted = _asked(request)
    found = report.respect(wanted, request.user, now)
    tag = request.GET.get("tag", "")
    tag = tag if tag in Tag.values else ""
    texts = report.words(wanted, tag=tag, now=now)
    context: dict[str, Any] = {
        "form": form,
        "report": found,
        "line": line_of(found.over_time),
        "by": SPLIT_NAMES[wanted.split],
        "words": [(row, _tag_form(row.tags, str(row.pk))) for row in texts],
        "tags": [(value, label, value == tag) for value, label in Tag.choices],
        "tag": tag,
        "filters": _filters(wanted),
        "worth": worth.of(wanted, now),
        "customers": worth.future_customers(request.user, now).count(),
    }
    return render(request, "candidates/surveys/respect.html", context)


def _tag_form(tags: list[str], key: str) -> TagForm:
    return TagForm(initial={"tags": tags}, auto_id=f"tags-{key}-%s")


def _filters(wanted: Wanted) -> str:
    said = {"organisation": wanted.organisation_id or "", "period": wanted.period, "by": wanted.split}
    return urlencode(said)


@signed_in(VIEW_RESPECT)
@require_safe
def respect_csv(request: StaffRequest) -> HttpResponse:
    """The same figures as a file."""
    now = timezone.now()
    found = report.respect(_asked(request)[1], request.user, now)
    return _file(export.as_csv(found), f"respect-{now:%Y-%m-%d}.csv")


@signed_in(EXPORT_CUSTOMERS)
@require_POST
def future_customers(request: StaffRequest) -> HttpResponse:
    """Who asked to hear of products and services, as a file; that it was made is on record."""
    now = timezone.now()
    people = list(worth.future_customers(request.user, now))
    actions.note_export(number=len(people), by=request.user, now=now)
    return _file(export.customers(people), f"customers-of-the-future-{now:%Y-%m-%d}.csv")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in(VIEW_RESPECT)
@require_POST
def respect_tag(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """What somebody speaks of."""
    form = TagForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose among the tags."), field="tags")
    actions.tag(response_id=response_id, tags=form.cleaned_data["tags"], by=request.user)
    toast_next(request, gettext("Kept."))
    return redirect(f"{reverse('respect')}?{request.GET.urlencode()}#words")
