"""The page of an application, and what is written on it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.kept import retold
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.domain.working_time import end_of
from ats.web.forms import blank
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from candidates.application_pages import queries as reads
from candidates.application_pages.forms import NoteForm, PromiseForm, TagsForm, ToldForm, WriteForm
from candidates.application_pages.queries import previews
from candidates.applications import actions
from candidates.applications.models import Application
from candidates.applications.pages.cards import panels, panels_on_top
from candidates.matters.queries import points_of
from candidates.messages import actions as conversation
from candidates.promises.actions import change_promise

PAGE = "candidates/application_pages/page.html"
WRITE = "candidates.message_candidate"


@signed_in()
@require_safe
def application(request: StaffRequest, application_id: int) -> HttpResponse:
    """The page; or, asked for the side sheet, the same in one column."""
    context = _context(request, application_id)
    part = "#sheet" if request.htmx.target == "sheet" else ""
    return render(request, PAGE + part, context)


def _context(request: StaffRequest, application_id: int, **forms: Any) -> dict[str, Any]:
    page = reads.page(request.user, application_id)
    subject, body = previews.started(page.application, request.GET.get("template", ""))
    context = {
        "page": page,
        "application": page.application,
        "candidate": page.application.candidate,
        "requisition": page.application.requisition,
        "may": page.may,
        "note_form": NoteForm(recruits=request.user.recruits, prefix="note"),
        "write_form": WriteForm(initial={"subject": subject, "body": body}, prefix="write"),
        "promise_form": blank(PromiseForm, prefix="promise"),
        "told_form": blank(ToldForm, prefix="told"),
        "tags_form": TagsForm(initial={"tags": ", ".join(tag.name for tag in page.tags)}),
        "starters": previews.starters() if page.may.message else [],
        "points": points_of(page.application) if page.may.message or page.may.decide else [],
        "started": request.POST.get("template", ""),
        "asked": page.asked if page.may.message else [],
        "names": [each.name for each in reads.mentionable(page.application)] if page.may.note else [],
        # The side sheet has no room for them: they are asked for only where the template shows them.
        "on_top": lambda: panels_on_top(page.application, user=request.user, now=timezone.now()),
        "panels": lambda: panels(page.application, user=request.user, now=timezone.now()),
    }
    return context | forms


def _again(request: StaffRequest, application_id: int, **forms: Any) -> HttpResponse:
    """The page with a form that did not hold."""
    return render(request, PAGE, _context(request, application_id, **forms), status=422)


def back_to(application_id: int) -> str:
    return reverse("application", args=[application_id])


@signed_in()
@require_POST
def move(request: StaffRequest, application_id: int) -> HttpResponse:
    left = reads.application_for(request.user, application_id, "candidates.move_application")
    moved = actions.move(
        application_id=application_id,
        stage_id=number(request.POST.get("stage", "")) or 0,
        by=request.user,
        now=timezone.now(),
        version=number(request.POST.get("version", "")),
    )
    undo = f"{reverse('application_undo_move', args=[application_id])}?stage={left.stage_id}&version={moved.version}"
    said = gettext("Moved %(name)s to %(stage)s.")
    text = said % {"name": moved.candidate.name, "stage": retold(moved.stage.name)}
    return done(request, text, back=back_to(application_id), undo=undo)


@signed_in()
@require_POST
def undo_move(request: StaffRequest, application_id: int) -> HttpResponse:
    """Back to the stage before, if nobody has moved on from there."""
    actions.move(
        application_id=application_id,
        stage_id=number(request.GET.get("stage", "")) or 0,
        by=request.user,
        now=timezone.now(),
        version=number(request.GET.get("version", "")),
    )
    return done(request, gettext("Taken back."), back=back_to(application_id))


@signed_in()
@require_POST
def note(request: StaffRequest, application_id: int) -> HttpResponse:
    target = reads.application_for(request.user, application_id)
    form = NoteForm(request.POST, recruits=request.user.recruits, prefix="note")
    if form.is_valid() and _held(
        form,
        lambda facts: actions.add_note(
            application_id=application_id,
            by=request.user,
            now=timezone.now(),
            mentions=reads.mentioned(facts["body"], reads.mentionable(target), target),
            **facts,
        ),
    ):
        return done(request, gettext("The note is kept."), back=f"{back_to(application_id)}#story")
    return _again(request, application_id, note_form=form)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def change_note(request: StaffRequest, application_id: int, note_id: int) -> HttpResponse:
    """One's own note, to be written anew."""
    target = reads.application_for(request.user, application_id)
    own = reads.own_note(request.user, target, note_id)
    form = NoteForm(
        request.POST if request.method == "POST" else None, recruits=False, initial={"body": own.body}
    )
    if form.is_valid() and _held(
        form,
        lambda facts: actions.change_note(
            note_id=own.pk,
            by=request.user,
            now=timezone.now(),
            mentions=reads.mentioned(facts["body"], reads.mentionable(target), target),
            **facts,
        ),
    ):
        return done(request, gettext("The note is changed."), back=f"{back_to(application_id)}#story")
    context = {"application": target, "candidate": target.candidate, "note": own, "form": form}
    part = "#dialog" if request.htmx else ""
    status = 422 if form.is_bound else 200
    return render(request, f"candidates/application_pages/note.html{part}", context, status=status)


@signed_in()
@require_POST
def remove_note(request: StaffRequest, application_id: int, note_id: int) -> HttpResponse:
    own = reads.own_note(request.user, reads.application_for(request.user, application_id), note_id)
    actions.remove_note(note_id=own.pk, by=request.user, now=timezone.now())
    return done(request, gettext("The note is removed."), back=f"{back_to(application_id)}#story")


@signed_in()
@require_POST
def write(request: StaffRequest, application_id: int) -> HttpResponse:
    """A message to the candidate, now or later; `preview` shows it as it would leave."""
    target = reads.application_for(request.user, application_id, WRITE)
    form = WriteForm(request.POST, prefix="write")
    if "preview" in request.POST:
        return _preview(request, target, form)
    if form.is_valid() and _held(
        form,
        lambda facts: conversation.send(
            application_id=application_id, by=request.user, now=timezone.now(), **facts
        ),
    ):
        later = form.cleaned_data["send_at"]
        said = (
            gettext("It will be sent at the time you gave.")
            if later
            else gettext("The message is on its way.")
        )
        return done(request, said, back=f"{back_to(application_id)}#story")
    if request.htmx.target == "dialog":
        return _dialog(request, target, form)
    return _again(request, application_id, write_form=form)


def _dialog(request: StaffRequest, target: Application, form: WriteForm) -> HttpResponse:
    """The message in a dialogue; only its fields where another template begins it; a page without script."""
    context = {
        "application": target,
        "candidate": target.candidate,
        "write_form": form,
        "points": points_of(target),
        "starters": previews.starters(),
        "started": request.POST.get("template", ""),
        "asked": reads.asked_of(target),
    }
    part = "#fields" if request.htmx.target == "write-fields" else "#dialog" if request.htmx else ""
    status = 422 if form.is_bound else 200
    return render(request, f"candidates/application_pages/write.html{part}", context, status=status)


def _preview(request: StaffRequest, target: Application, form: WriteForm) -> HttpResponse:
    context: dict[str, Any] = {"to": target.candidate, "form": form, "leaves_at": None, "problem": ""}
    if form.is_valid():
        facts = form.cleaned_data
        try:
            context["mail"] = previews.as_sent(
                target,
                role=conversation.ROLE,
                subject=facts["subject"],
                body=facts["body"],
                now=timezone.now(),
            )
        except Invalid as error:
            context["problem"] = error.message
    else:
        context["problem"] = gettext("Write a subject and the message first.")
    return render(request, "candidates/compose/preview.html", context)


@signed_in()
@require_safe
def write_dialog(request: StaffRequest, application_id: int) -> HttpResponse:
    """The same message in a dialogue, or begun with another template."""
    target = reads.application_for(request.user, application_id, WRITE)
    subject, body = previews.started(target, request.GET.get("template", ""))
    return _dialog(request, target, WriteForm(initial={"subject": subject, "body": body}, prefix="write"))


@signed_in()
@require_POST
def promise(request: StaffRequest, application_id: int) -> HttpResponse:
    target = reads.application_for(request.user, application_id, WRITE)
    form = PromiseForm(request.POST, prefix="promise")
    calendar = target.requisition.organisation.calendar
    if form.is_valid() and _held(
        form,
        lambda facts: change_promise(
            application_id=application_id,
            due_at=end_of(calendar, facts["due_on"]),
            reason=facts["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        names={"due_at": "due_on"},
    ):
        said = gettext("%(name)s is told the new date.") % {"name": target.candidate.first_name}
        return done(request, said, back=back_to(application_id))
    return _again(request, application_id, promise_form=form)


@signed_in()
@require_POST
def told(request: StaffRequest, application_id: int) -> HttpResponse:
    """Note what a person told the candidate without writing it."""
    target = reads.application_for(request.user, application_id, WRITE)
    form = ToldForm(request.POST, prefix="told")
    if form.is_valid() and _held(
        form,
        lambda facts: conversation.note_told(
            application_id=application_id, by=request.user, now=timezone.now(), **facts
        ),
    ):
        said = gettext("Noted: %(name)s has heard it from you.") % {"name": target.candidate.first_name}
        return done(request, said, back=back_to(application_id))
    return _again(request, application_id, told_form=form)


@signed_in()
@require_POST
def tags(request: StaffRequest, application_id: int) -> HttpResponse:
    target = reads.application_for(request.user, application_id, WRITE)
    form = TagsForm(request.POST)
    if form.is_valid() and _held(
        form,
        lambda _: actions.set_tags(
            candidate_id=target.candidate_id, tags=form.names(), by=request.user, now=timezone.now()
        ),
    ):
        return done(request, gettext("The tags are kept."), back=back_to(application_id))
    return _again(request, application_id, tags_form=form)


def _held(form: Any, action: Any, names: dict[str, str] | None = None) -> bool:
    """Whether the action did it with the form's facts; what was refused stands at the field it is about."""
    try:
        action(form.cleaned_data)
    except ActionError as error:
        field = (names or {}).get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.shown)
        return False
    return True


@signed_in()
@require_POST
def needs_no_answer(request: StaffRequest, application_id: int, message_id: int) -> HttpResponse:
    conversation.mark_answered(message_id=message_id, by=request.user, now=timezone.now())
    return done(request, gettext("It counts as answered."), back=f"{back_to(application_id)}#story")


@signed_in()
@require_POST
def ask_to_share(request: StaffRequest, application_id: int, message_id: int) -> HttpResponse:
    conversation.ask_to_share(message_id=message_id, by=request.user, now=timezone.now())
    return done(
        request,
        gettext("They are asked. Their words are shared once they have said yes."),
        back=f"{back_to(application_id)}#story",
    )


@signed_in()
@require_POST
def take_back_message(request: StaffRequest, application_id: int, message_id: int) -> HttpResponse:
    conversation.cancel_scheduled(message_id=message_id, by=request.user, now=timezone.now())
    return done(request, gettext("The message is taken back."), back=f"{back_to(application_id)}#story")


@signed_in()
@require_POST
def mail_again(request: StaffRequest, application_id: int, mail_id: int) -> HttpResponse:
    actions.send_again(application_id=application_id, mail_id=mail_id, by=request.user, now=timezone.now())
    return done(request, gettext("The message is on its way again."), back=f"{back_to(application_id)}#story")


@signed_in()
@require_POST
def mail_fate(request: StaffRequest, application_id: int, mail_id: int) -> HttpResponse:
    """Whether a message arrived of which nobody knew."""
    actions.settle_fate(
        application_id=application_id,
        mail_id=mail_id,
        was_sent=request.POST.get("arrived") == "yes",
        by=request.user,
        now=timezone.now(),
    )
    return done(request, gettext("Noted."), back=f"{back_to(application_id)}#story")
