"""The guided intake: one page that both partners fill, field by field, at once or in turns."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from ats.kernel.errors import Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, ngettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast, toast_next
from partners.intake import actions, queries
from partners.intake.actions import Apart, Written
from partners.intake.domain import drafts
from partners.intake.domain.fields import labels
from partners.intake.pages import cards
from partners.intake.pages.forms import (
    FORMS,
    MustHaveForm,
    NewMustHaveForm,
    ProfileForm,
    VerdictForm,
    form_of,
)
from partners.intake.queries.calibration import to_choose_from
from partners.intake.queries.page import Intake, Line, Must
from partners.intake.queries.prefill import earlier, offered
from requisitions.posts.queries import words as wording

PAGE = "partners/intake/intake.html"


@signed_in()
@require_safe
def intake(request: StaffRequest, partnership_id: int) -> HttpResponse:
    page = queries.intake_page(request.user, partnership_id)
    return _shown(request, page)


def _shown(request: StaffRequest, page: Intake, *, status: int = 200, **more: Any) -> HttpResponse:
    wrong = more.pop("wrong", None)
    context = cards.whole(page, wrong, now=timezone.now()) | {"new_must_have": NewMustHaveForm()} | more
    template = f"{PAGE}#intake" if "part" in request.GET else PAGE
    return render(request, template, context, status=status)


@signed_in()
@require_safe
def revision(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """Whether an open page has to look again: one number."""
    return JsonResponse({"revision": queries.revision(request.user, partnership_id)})


def _apart(data: QueryDict) -> Apart | None:
    found = number(data.get("apart", ""))
    return None if found is None else Apart(found, data.get("apart_read", ""))


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


@signed_in()
@require_POST
def field(request: StaffRequest, partnership_id: int, code: str) -> HttpResponse:
    """Keep one field as it was typed; words over others that were not read are kept beside them."""
    if code not in FORMS:
        raise Http404("A brief has no such field.")
    page = queries.intake_page(request.user, partnership_id)
    form = form_of(code, page.said[code], request.POST)
    if form.is_valid():
        try:
            written = actions.write_field(
                partnership_id=partnership_id,
                code=code,
                value=form.given(),
                read=request.POST.get("read", ""),
                apart=_apart(request.POST),
                **_who(request),
            )
        except Invalid as error:
            show_error(form, error)
        else:
            return _kept(request, partnership_id, written, f"field-{code}", code=code)
    return _not_kept(request, page, form, code=code)


def _kept(
    request: StaffRequest, partnership_id: int, written: Written, place: str, **which: Any
) -> HttpResponse:
    if not request.htmx:
        said = (
            gettext("Saved.")
            if written.apart is None
            else gettext("Somebody else wrote there too. Both are kept: choose.")
        )
        toast_next(request, said)
        return redirect(f"{reverse('intake', args=[partnership_id])}#{place}")
    page = queries.intake_page(request.user, partnership_id)
    line = _line(page, **which)
    others = line.others if line is not None else page.lost
    apart = next((one for one in others if written.apart and one.row.pk == written.apart.pk), None)
    # Where words stand apart, what was read stays so: only a choice goes on from here.
    read = line.mark if line is not None and apart is None else request.POST.get("read", "")
    state = {"place": place, "read": read, "others": others, "apart": apart, "state": "saved"}
    return render(request, "partners/intake/state.html", cards.around(page) | state)


def _line(page: Intake, *, code: str = "", criterion: int = 0) -> Line | Must | None:
    if code:
        return page.line(code)
    return next((must for must in page.musts if must.value["id"] == criterion), None)


def _not_kept(request: StaffRequest, page: Intake, form: Any, **which: Any) -> HttpResponse:
    """It makes no sense as it stands: said beside the field, with what was typed still in it."""
    if not request.htmx:
        return _shown(request, page, status=422, wrong=form)
    line = _line(page, **which)
    state = {
        "place": f"field-{which['code']}" if "code" in which else f"must-{which['criterion']}",
        "read": request.POST.get("read", ""),
        "others": line.others if line is not None else page.lost,
        "errors": [error for errors in form.errors.values() for error in errors],
        "state": "wrong",
    }
    return render(request, "partners/intake/state.html", cards.around(page) | state, status=422)


@signed_in()
@require_POST
def must_have(request: StaffRequest, partnership_id: int, criterion_id: int) -> HttpResponse:
    page = queries.intake_page(request.user, partnership_id)
    known = next((must.value for must in page.musts if must.value["id"] == criterion_id), None)
    value = known or {"id": criterion_id, "question": None}
    form = MustHaveForm(request.POST, value=value, planned=page.planned, questions=page.questions)
    if form.is_valid():
        try:
            written = actions.write_must_have(
                partnership_id=partnership_id,
                criterion_id=criterion_id,
                value=form.given(),
                read=request.POST.get("read", ""),
                apart=_apart(request.POST),
                **_who(request),
            )
        except Invalid as error:
            show_error(form, error)
        else:
            place = f"must-{criterion_id}"
            return _kept(request, partnership_id, written, place, criterion=criterion_id)
    return _not_kept(request, page, form, criterion=criterion_id)


@signed_in()
@require_POST
def must_have_add(request: StaffRequest, partnership_id: int) -> HttpResponse:
    form, made = NewMustHaveForm(request.POST), 0
    if form.is_valid():
        try:
            made = actions.add_must_have(partnership_id=partnership_id, **form.cleaned_data, **_who(request))
        except Invalid as error:
            show_error(form, error)
    if made and not request.htmx:
        return redirect(f"{reverse('intake', args=[partnership_id])}#must-{made}")
    page = queries.intake_page(request.user, partnership_id)
    if not request.htmx:
        return _shown(request, page, status=422, new_must_have=form)
    context = cards.around(page) | {"new_must_have": NewMustHaveForm() if made else form}
    answer = render(request, "partners/intake/more_must.html", context, status=200 if made else 422)
    return trigger_client_event(answer, "intake-changed") if made else answer


@signed_in()
@require_POST
def must_have_out(request: StaffRequest, partnership_id: int, criterion_id: int) -> HttpResponse:
    to_nice = request.POST.get("to") == "nice"
    actions.take_out_must_have(
        partnership_id=partnership_id,
        criterion_id=criterion_id,
        read=request.POST.get("read", ""),
        to_nice=to_nice,
        **_who(request),
    )
    said = gettext("It is nice to have now.") if to_nice else gettext("It is asked of nobody any more.")
    return _changed(request, partnership_id, "needs", said)


@signed_in()
@require_POST
def choose(request: StaffRequest, partnership_id: int, other_id: int) -> HttpResponse:
    row = actions.choose(
        partnership_id=partnership_id,
        other_id=other_id,
        keep=request.POST.get("keep", ""),
        read=request.POST.get("read", ""),
        other_read=request.POST.get("other_read", ""),
        **_who(request),
    )
    return _changed(request, partnership_id, f"field-{row.code}", gettext("Kept."))


def _changed(request: StaffRequest, partnership_id: int, place: str, said: str) -> HttpResponse:
    """More of the page is another than what was sent: a live page looks again, any other is shown afresh."""
    if not request.htmx:
        toast_next(request, said)
        return redirect(f"{reverse('intake', args=[partnership_id])}#{place}")
    return toast(trigger_client_event(HttpResponse(status=204), "intake-changed"), said)


@signed_in()
@require_POST
def settle(request: StaffRequest, partnership_id: int) -> HttpResponse:
    version = actions.say_yes(
        partnership_id=partnership_id, words=request.POST.get("words", ""), **_who(request)
    )
    if version is None:
        toast_next(
            request,
            gettext("Your yes is on record. It is settled once your partner says yes to the same words."),
        )
    else:
        toast_next(
            request, gettext("Settled: this is version %(number)s of the brief.") % {"number": version.number}
        )
    return redirect(f"{reverse('intake', args=[partnership_id])}#settle")


# --- Reading it: the settled versions, on paper, what is said of it


@signed_in()
@require_safe
def brief(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """The settled brief and what changed from version to version; `?version=` shows an earlier one."""
    wanted = number(request.GET.get("version", ""))
    found = queries.history(request.user, partnership_id, wanted)
    return render(request, "partners/intake/brief.html", {"page": found, "role": found.role})


@signed_in()
@require_safe
def brief_pdf(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """The brief on one page; the draft with `?draft`."""
    found = queries.printed(request.user, partnership_id, draft="draft" in request.GET)
    document = queries.one_page(found, now=timezone.now())
    name = f"brief-{found.partnership.requisition.reference}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@signed_in()
@require_safe
def talking_points(request: StaffRequest, partnership_id: int) -> HttpResponse:
    found = queries.printed(request.user, partnership_id)
    context = {
        "brief": found,
        "partnership": found.partnership,
        "role": found.partnership.requisition,
        "points": drafts.talking_points(found.content),
    }
    return render(request, "partners/intake/talking_points.html", context)


# --- What is drafted from it, and from where it is filled in


@signed_in()
@require_POST
def draft_advert(request: StaffRequest, partnership_id: int) -> HttpResponse:
    post = actions.draft_advert(partnership_id=partnership_id, **_who(request))
    found = wording.findings(post)
    said = gettext(
        "A draft from the brief: read it, and write in it what one does all day. Nothing is published."
    )
    if found:
        said += " " + ngettext(
            "%(number)s wording does not belong in an advert: see below the text.",
            "%(number)s wordings do not belong in an advert: see below the text.",
            len(found),
        ) % {"number": len(found)}
    toast_next(request, said)
    return redirect("post_edit", post.pk)


@signed_in()
@require_POST
def draft_kits(request: StaffRequest, partnership_id: int) -> HttpResponse:
    made = actions.draft_kits(partnership_id=partnership_id, **_who(request))
    page = queries.intake_page(request.user, partnership_id)
    said = ngettext(
        "%(number)s question is drafted: read and edit them in their kits.",
        "%(number)s questions are drafted: read and edit them in their kits.",
        made,
    ) % {"number": made}
    toast_next(
        request,
        said if made else gettext("Every must-have that an interview assesses is asked about already."),
    )
    return redirect("plan", page.role.pk)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def prefill(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """Choose an earlier role of the same manager, and what to take over from it."""
    if request.method == "POST":
        taken = actions.prefill(
            partnership_id=partnership_id,
            source_id=number(request.POST.get("source", "")) or 0,
            codes=request.POST.getlist("code"),
            **_who(request),
        )
        toast_next(
            request,
            gettext("Taken over: %(labels)s. Each says where it came from, until somebody writes in it.")
            % {"labels": labels(taken)},
        )
        return redirect("intake", partnership_id)
    page = queries.intake_page(request.user, partnership_id)
    if not page.fills:
        raise Http404
    sources = earlier(request.user, page.partnership)
    chosen = next((row for row in sources if str(row.pk) == request.GET.get("from")), None)
    offers = offered(page, chosen) if chosen else []
    context = cards.around(page) | {"sources": sources, "chosen": chosen, "offers": offers}
    return render(request, "partners/intake/prefill.html", context)


# --- Calibration


@signed_in()
@require_POST
def profile_add(request: StaffRequest, partnership_id: int) -> HttpResponse:
    page = queries.intake_page(request.user, partnership_id)
    form = ProfileForm(request.POST, people=to_choose_from(request.user, page.role))
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_profile(
                partnership_id=partnership_id,
                application_id=data["application"],
                sample=data["sample"],
                **_who(request),
            )
        except Invalid as error:
            show_error(form, error)
        else:
            return redirect(f"{reverse('intake', args=[partnership_id])}#calibration")
    return _shown(request, page, status=422, profile_form=form)


@signed_in()
@require_POST
def verdict(request: StaffRequest, partnership_id: int, profile_id: int) -> HttpResponse:
    """What one's own side says; the other side's is shown once both are in."""
    form = VerdictForm(request.POST, prefix=f"of-{profile_id}")
    if form.is_valid():
        try:
            actions.give_verdict(
                partnership_id=partnership_id, profile_id=profile_id, **form.cleaned_data, **_who(request)
            )
        except Invalid as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Kept. You read each other's once both are in."))
            return redirect(f"{reverse('intake', args=[partnership_id])}#calibration")
    page = queries.intake_page(request.user, partnership_id)
    judged = [
        (row, form if row.profile.pk == profile_id else own) for row, own in cards.calibrating(page)["judged"]
    ]
    return _shown(request, page, status=422, judged=judged)


@signed_in()
@require_POST
def profile_out(request: StaffRequest, partnership_id: int, profile_id: int) -> HttpResponse:
    actions.remove_profile(partnership_id=partnership_id, profile_id=profile_id, **_who(request))
    return redirect(f"{reverse('intake', args=[partnership_id])}#calibration")
