"""What was read from somebody's résumés, beside the pictures of its pages: taken over or refused, fact by fact."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext, ngettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast, toast_next
from candidates.resumes import actions, queries
from candidates.resumes.actions.bring_in import ORIGINS, kind_of, text_of
from candidates.resumes.actions.take import Done

PAGE = "candidates/resumes/page.html"


@signed_in()
@require_safe
def panel(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """The panel beside the résumé, or a page of its own with both."""
    return _panel(request, candidate_id)


def _panel(request: StaffRequest, candidate_id: int) -> HttpResponse:
    found = queries.panel(request.user, candidate_id)
    context = {"panel": found, "candidate": found.candidate}
    part = "#panel" if request.htmx else ""
    if not part:
        context["documents"] = [each.reading.document for each in found.shown if each.reading.document]
    return render(request, f"{PAGE}{part}", context)


@signed_in()
@require_POST
def decide(request: StaffRequest, reading_id: int) -> HttpResponse:
    """Take over or refuse one fact, or take over all that are sure."""
    user, now, sent = request.user, timezone.now(), request.POST
    candidate_id = queries.reading_for(user, reading_id).candidate_id
    if "refuse" in sent:
        actions.refuse(reading_id=reading_id, keys={sent["refuse"]}, by=user, now=now)
        text = gettext("Refused: it is asked about no more.")
    else:
        keys = None if "sure" in sent else {sent.get("take", "")}
        text = _said(actions.take(reading_id=reading_id, keys=keys, by=user, now=now))
    return _answer(request, candidate_id, text)


def _said(done: Done) -> str:
    said = ngettext("%(number)s detail taken over.", "%(number)s details taken over.", done.number)
    words = [said % {"number": done.number}] if done.number or not done.problems else []
    return " ".join([*words, *map(str, done.problems)])


def _answer(request: StaffRequest, candidate_id: int, text: str) -> HttpResponse:
    """The panel as it is now, and what else shows the person is told; without a script, the page."""
    if not request.htmx:
        toast_next(request, text)
        return redirect("resume_panel", candidate_id)
    return toast(trigger_client_event(_panel(request, candidate_id), "person-changed"), text)


@signed_in()
@require_POST
def known(request: StaffRequest, candidate_id: int, fact_id: int) -> HttpResponse:
    """What was confirmed is not so."""
    actions.forget(candidate_id=candidate_id, fact_id=fact_id, by=request.user, now=timezone.now())
    return _answer(request, candidate_id, gettext("Removed."))


@signed_in()
@require_POST
def bring(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """A JSON Resume or a Europass for somebody who is known."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        upload = UploadedFile(size=0)
    try:
        text, origin = text_of(upload), ORIGINS[kind_of(upload.name or "")]
        actions.bring(
            candidate_id=candidate_id, origin=origin, text=text, by=request.user, now=timezone.now()
        )
    except ActionError as refused:
        toast_next(request, str(refused.message))
    else:
        toast_next(request, gettext("It is read now; what stands in it is shown here to confirm."))
    return redirect("resume_panel", candidate_id)


@signed_in()
@require_safe
def json_resume(request: StaffRequest, candidate_id: int) -> JsonResponse:
    """What is known of somebody as JSON Resume, for other programs."""
    response = JsonResponse(
        queries.exported(request.user, candidate_id), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="candidate-{candidate_id}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in("candidates.add_candidate")
@require_POST
def drop(request: StaffRequest, draft_id: int) -> HttpResponse:
    """Somebody new, after all without this résumé."""
    draft = queries.draft_of(request.user, draft_id)
    if draft is not None:
        actions.let_go(draft_id=draft.pk)
    return redirect("candidate_new")
