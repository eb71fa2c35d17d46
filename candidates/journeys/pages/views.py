"""Every planned step of one candidate: what it is, when it comes, and leaving it out, sending it now, moving it."""

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.activity.describing import entries
from ats.kernel import when
from ats.kernel.errors import ActionError, Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.mail import queries as mail_queries
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.applications.models import Application
from candidates.follow_ups.models import FollowUp
from candidates.journeys import actions
from candidates.journeys.models import StepTask
from candidates.journeys.pages.forms import AskForm, StepForm, TaskForm
from candidates.journeys.queries import candidate as reads
from candidates.journeys.rules import STEP

PAGE = "candidates/journeys/steps.html"
DONE = {
    "skip": gettext_lazy("Left out."),
    "now": gettext_lazy("It leaves within a minute."),
    "move": gettext_lazy("Moved."),
}
NOT_AT_NIGHT = gettext_lazy("It is night or a day off where they are: it leaves as soon as that is over.")


@signed_in()
@require_safe
def steps(request: StaffRequest, application_id: int) -> HttpResponse:
    return _page(request, application_id)


def _page(
    request: StaffRequest,
    application_id: int,
    wrong: StepForm | None = None,
    of: int = 0,
    ask: AskForm | None = None,
) -> HttpResponse:
    application = reads.application_for(request.user, application_id)
    found = reads.steps_of(application)
    rows = [
        (each, wrong if wrong is not None and each.row.pk == of else _form(each)) for each in found.planned
    ]
    context = {
        "application": application,
        "planned": rows,
        "over": found.over,
        "tasks": found.tasks,
        "ask": ask or _ask_form(request, application),
        "sent": found.messages,
        "zone": found.zone,
    }
    return render(request, PAGE, context, status=422 if wrong is not None or ask is not None else 200)


def _ask_form(request: StaffRequest, application: Application, data: Any = None) -> AskForm:
    return AskForm(
        data,
        colleagues=reads.colleagues(application),
        initial={"owner": request.user.pk},
        prefix="ask",
    )


@signed_in()
@require_POST
def ask_task(request: StaffRequest, application_id: int) -> HttpResponse:
    """Ask a colleague to do something."""
    form = _ask_form(request, reads.application_for(request.user, application_id), request.POST)
    if form.is_valid():
        try:
            asked = actions.ask_by_hand(
                application_id=application_id,
                what=form.cleaned_data["what"],
                owner_id=form.cleaned_data["owner"],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("%(owner)s is asked.") % {"owner": asked.owner})
            return redirect("application_steps", application_id)
    return _page(request, application_id, ask=form)


def _form(each: reads.Planned) -> StepForm:
    return StepForm(initial={"due_on": each.row.due_at}, auto_id=f"{each.row.pk}-%s")


@signed_in()
@require_POST
def step(request: StaffRequest, application_id: int, follow_up_id: int) -> HttpResponse:
    """What is done with one: `what` is `skip`, `now` or `move`."""
    reads.application_for(request.user, application_id)
    form = StepForm(request.POST, auto_id=f"{follow_up_id}-%s")
    what = request.POST.get("what", "")
    if what not in DONE:
        raise Invalid(gettext("Say what is to be done with it."))
    if form.is_valid():
        try:
            row = _do(what, follow_up_id, form, request)
        except ActionError as error:
            field = "due_on" if error.field == "due_at" else error.field
            error.field = field
            show_error(form, error)
        else:
            sleeps = what == "now" and row.due_at > timezone.now()
            toast_next(request, NOT_AT_NIGHT if sleeps else DONE[what])
            return redirect("application_steps", application_id)
    return _page(request, application_id, form, follow_up_id)


def _do(what: str, follow_up_id: int, form: StepForm, request: StaffRequest) -> FollowUp:
    who: dict[str, Any] = {"by": request.user, "now": timezone.now(), "reason": form.cleaned_data["reason"]}
    if what == "skip":
        return actions.leave_out(follow_up_id=follow_up_id, **who)
    if what == "now":
        return actions.send_now(follow_up_id=follow_up_id, **who)
    if form.cleaned_data["due_on"] is None:
        raise Invalid(gettext("Give another time."), field="due_at")
    return actions.move_step(follow_up_id=follow_up_id, due_at=form.cleaned_data["due_on"], **who)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: StaffRequest, application_id: int, task_id: int) -> HttpResponse:
    """What a journey asked of a person: `what` is `done`, `later` or `skip`."""
    asked = reads.task_for(request.user, application_id, task_id)
    form = TaskForm(request.POST or None)
    if request.POST.get("what") in {"hand", "reopen"}:
        return _hand_or_reopen(request, asked)
    if form.is_bound and form.is_valid():
        try:
            _settle(request.POST.get("what", ""), asked, form, request)
        except ActionError as error:
            show_error(form, error)
        else:
            serves = request.user.has_perm(STEP, asked.application)
            return redirect("application_steps" if serves else "application", application_id)
    context = {
        "application": asked.application,
        "task": asked,
        "form": form,
        "colleagues": reads.colleagues(asked.application) if asked.is_open else [],
    }
    return render(request, "candidates/journeys/task.html", context, status=422 if form.is_bound else 200)


def _hand_or_reopen(request: StaffRequest, asked: StepTask) -> HttpResponse:
    who: dict[str, Any] = {"task_id": asked.pk, "by": request.user, "now": timezone.now()}
    if request.POST["what"] == "hand":
        handed = actions.hand_task(owner_id=number(request.POST.get("owner", "")) or 0, **who)
        toast_next(request, gettext("%(owner)s is asked.") % {"owner": handed.owner})
    else:
        actions.reopen_task(**who)
        toast_next(request, gettext("It is to be done again."))
    return redirect("step_task", asked.application_id, asked.pk)


def _settle(what: str, asked: StepTask, form: TaskForm, request: StaffRequest) -> None:
    who: dict[str, Any] = {"task_id": asked.pk, "by": request.user, "now": timezone.now()}
    if what == "done":
        actions.do_task(**who)
        toast_next(request, gettext("Noted as done."))
    elif what == "skip":
        actions.skip_task(**who, reason=form.cleaned_data["reason"])
        toast_next(request, gettext("Skipped, with your reason."))
    elif what == "later":
        if form.cleaned_data["due_on"] is None:
            raise Invalid(gettext("Give another day."), field="due_on")
        noon = datetime.combine(form.cleaned_data["due_on"], time(12), asked.application.calendar.zone)
        put_off = actions.put_off_task(**who, due_at=noon, reason=form.cleaned_data["reason"])
        toast_next(
            request, gettext("Put off to %(day)s.") % {"day": when.day(put_off.due_at, now=timezone.now())}
        )
    else:
        raise Invalid(gettext("Say what is to be done with it."))


@signed_in()
@require_POST
def task_done(request: StaffRequest, application_id: int, task_id: int) -> HttpResponse:
    """With one click, on the page of all steps."""
    reads.task_for(request.user, application_id, task_id)
    actions.do_task(task_id=task_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Noted as done."))
    return redirect("application_steps", application_id)


@signed_in()
@require_safe
def delivery(request: StaffRequest, application_id: int, mail_id: int) -> HttpResponse:
    """What became of one message to them, station by station."""
    application = reads.application_for(request.user, application_id)
    mail = reads.message_of(application, mail_id)
    context = {
        "application": application,
        "mail": mail,
        "facts": mail_queries.facts(mail),
        "entries": entries(mail_queries.history(mail)),
    }
    return render(request, "candidates/journeys/delivery.html", context)
