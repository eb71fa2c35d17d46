"""The page on which feedback is put together from evidence, looked at as it leaves, and sent by a person."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.feedback import actions, queries
from candidates.feedback.actions import Doubtful
from candidates.feedback.models import FeedbackDraft
from candidates.feedback.pages.forms import ClientForm, LetterForm
from candidates.feedback.queries import Page

PAGE = "candidates/feedback/feedback.html"
page_of_a_form = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@page_of_a_form
def feedback(request: StaffRequest, application_id: int) -> HttpResponse:
    """Choose points, put them together, change the words, look at them, send them: each a button of one form."""
    page = queries.page(request.user, application_id)
    if request.method != "POST":
        return _gone_on_with(request, page)
    seals = request.POST.getlist("points")
    if "compose" in request.POST:
        return _composed(request, page, seals)
    form = LetterForm(request.POST)
    if "aside" in request.POST or "anew" in request.POST:
        return _put_aside(request, page, form, seals)
    if "preview" in request.POST:
        return _preview(request, page, form)
    if form.is_valid() and _sent(request, page, form, seals):
        said = (
            gettext("Kept. It leaves once %(name)s knows the decision.")
            if page.waits
            else gettext("The feedback is on its way to %(name)s.")
        )
        toast_next(request, said % {"name": page.application.candidate.first_name})
        return redirect("application", application_id)
    return _shown(request, page, form, chosen=seals, status=422)


def _gone_on_with(request: StaffRequest, page: Page) -> HttpResponse:
    """With what was put aside, where something was; its points as far as they are evidence still."""
    draft = page.draft(request.GET.get("draft", ""))
    if draft is None:
        return _shown(request, page, _begun(page, []))
    form = LetterForm(initial={"subject": draft.subject, "body": draft.body})
    return _shown(request, page, form, chosen=draft.points, draft=draft)


def _put_aside(request: StaffRequest, page: Page, form: LetterForm, seals: list[str]) -> HttpResponse:
    """Kept as it stands, for later; or thrown away, to begin anew."""
    number, by, now = page.application.pk, request.user, timezone.now()
    if "anew" in request.POST:
        actions.throw_away(application_id=number, by=by, now=now)
        return redirect("feedback", number)
    form.is_valid()
    subject, body = (request.POST.get(name, "") for name in ("subject", "body"))
    keep = partial(actions.put_aside, application_id=number, subject=subject, body=body, points=seals)
    if not _done(form, lambda: keep(by=by, now=now)):
        return _shown(request, page, form, chosen=seals, status=422)
    toast_next(request, gettext("Put aside. Nothing has left; you go on where you were."))
    return redirect("application", number)


def _begun(page: Page, seals: list[str]) -> LetterForm:
    points = queries.chosen(page.evidence, seals)
    subject, body = queries.put_together(page.application, points, page.depth)
    return LetterForm(initial={"subject": subject, "body": body})


def _composed(request: StaffRequest, page: Page, seals: list[str]) -> HttpResponse:
    """The words begin anew from the points that are chosen; what is no evidence any more is said."""
    try:
        form = _begun(page, seals)
    except ActionError as error:
        form = LetterForm(request.POST)
        form.is_valid()
        form.add_error(None, error.message)
        return _shown(request, page, form, chosen=seals, status=422)
    part = "#letter" if request.htmx.target == "feedback-letter" else ""
    return _shown(request, page, form, chosen=seals, part=part)


def _sent(request: StaffRequest, page: Page, form: LetterForm, seals: list[str]) -> bool:
    try:
        actions.give(
            application_id=page.application.pk,
            seals=seals,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except Doubtful as doubt:
        form.doubts = doubt.found
        form.add_error("body", gettext("Look at the words below once more."))
    except ActionError as error:
        show_error(form, error)
    else:
        return True
    return False


def _shown(
    request: StaffRequest,
    page: Page,
    form: LetterForm,
    *,
    chosen: list[str] | None = None,
    client: ClientForm | None = None,
    draft: FeedbackDraft | None = None,
    status: int = 200,
    part: str = "",
) -> HttpResponse:
    application = page.application
    context = {
        "page": page,
        "application": application,
        "candidate": application.candidate,
        "form": form,
        "chosen": chosen or [],
        "draft": draft,
        "is_out_of_date": draft is not None
        and not set(draft.points) <= {each.seal for each in page.evidence},
        "client_form": client or ClientForm(requisition=application.requisition_id, prefix="client"),
        "unfolds_client": client is not None,
    }
    return render(request, f"{PAGE}{part}", context, status=status)


def _preview(request: StaffRequest, page: Page, form: LetterForm) -> HttpResponse:
    """Exactly what leaves, in the place that asks for it or as a page, with what must not stand in it."""
    form.is_valid()
    subject, body = (form.cleaned_data.get(name, "") for name in ("subject", "body"))
    context: dict[str, Any] = {
        "to": page.application.candidate,
        "leaves_at": None,
        "form": form,
        "problem": "",
        "found": [],
    }
    try:
        context["mail"] = queries.as_sent(page.application, subject=subject, body=body, now=timezone.now())
        context["found"] = queries.look(page.application, f"{subject}\n\n{body}", sender=str(request.user))
    except ActionError as error:
        context["problem"] = error.message
    return render(request, "candidates/feedback/preview.html", context)


@signed_in()
@page_of_a_form
def feedback_decline(request: StaffRequest, application_id: int) -> HttpResponse:
    """They asked, and get none: why, in words that they read."""
    application = queries.application_for(request.user, application_id)
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid() and _declined(request, application_id, form):
            toast_next(request, gettext("They are told why."))
            return redirect("application", application_id)
    else:
        subject, body = queries.decline_begun(application)
        form = LetterForm(initial={"subject": subject, "body": body})
    context = {
        "application": application,
        "candidate": application.candidate,
        "form": form,
        "asked": queries.request_of(application),
    }
    status = 422 if form.is_bound else 200
    return render(request, "candidates/feedback/decline.html", context, status=status)


def _declined(request: StaffRequest, application_id: int, form: LetterForm) -> bool:
    facts = {name: form.cleaned_data[name] for name in ("subject", "body", "gaps_meant")}
    return _done(
        form,
        lambda: actions.decline(
            application_id=application_id, by=request.user, now=timezone.now(), **facts
        ),
    )  # fmt: skip


def _done(form: Form, act: Callable[[], Any]) -> bool:
    try:
        act()
    except ActionError as error:
        show_error(form, error)
        return False
    return True


@signed_in()
@require_POST
def feedback_take_back(request: StaffRequest, application_id: int) -> HttpResponse:
    """It waits for them to know the decision, and is not to leave after all."""
    actions.take_back(application_id=application_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Taken back. Nothing has left."))
    return redirect("feedback", application_id)


@signed_in()
@require_POST
def client_word(request: StaffRequest, application_id: int) -> HttpResponse:
    """Note what the client said of them."""
    page = queries.page(request.user, application_id)
    form = ClientForm(request.POST, requisition=page.application.requisition_id, prefix="client")
    if form.is_valid() and _done(
        form,
        lambda: actions.note_client(
            application_id=application_id, by=request.user, now=timezone.now(), **form.facts
        ),
    ):
        toast_next(request, gettext("Noted. It stands among the evidence now."))
        return redirect("feedback", application_id)
    return _shown(request, page, _begun(page, []), client=form, status=422)


@signed_in()
@require_POST
def client_word_remove(request: StaffRequest, application_id: int, word_id: int) -> HttpResponse:
    actions.remove_client(application_id=application_id, word_id=word_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Removed."))
    return redirect("feedback", application_id)
