"""The check as one types, and the settings page of its rules."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid, Missing
from ats.kernel.numbers import number
from ats.kernel.ratelimits import seconds_to_wait
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from requisitions.wording import actions, queries
from requisitions.wording.actions import judge
from requisitions.wording.domain.checker import Finding
from requisitions.wording.forms import CheckForm, MisreadForm, RuleForm, TryForm, WhyForm
from requisitions.wording.models import Use
from requisitions.wording.queries.checks import check

LIST = "requisitions/wording/rules.html"
VIEW = "requisitions.view_wording"
RATE = "200/minute"
"""Looks at what one person types: twice as many as the fastest field asks for."""
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


def _saved(form: Form, save: Callable[[], Any]) -> bool:
    if not form.is_valid():
        return False
    try:
        save()
    except ActionError as error:
        show_error(form, error)
        return False
    return True


@signed_in()
@require_POST
def wording_check(request: StaffRequest) -> HttpResponse:
    """The findings in a text, for whatever field somebody is typing in."""
    if wait := seconds_to_wait(RATE, "wording", str(request.user.pk)):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    form = CheckForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("This is no text to check."))
    data = form.cleaned_data
    findings = check(data["text"], use=data["use"], jurisdiction=data["place"].upper())
    about = {"role": number(data["role"]), "application": number(data["application"])}
    # Who recruits for the role may have been asked for this, and can put on record that they declined.
    declines = about["role"] is not None and request.user.recruits
    context = {"findings": findings, "declines": declines, "said": data["text"], **about}
    return render(request, "parts/wording.html", context)


@signed_in(VIEW)
@require_safe
def wording_rules(request: StaffRequest) -> HttpResponse:
    tried = TryForm(request.GET or None)
    may_change = request.user.has_perm(actions.CHANGE)
    context = {"tried": tried, "findings": _tried(tried), "may_change": may_change}
    if request.htmx:
        return render(request, f"{LIST}#tried", context)
    asked = queries.asked_count() if may_change else 0
    return render(request, LIST, context | {"asked": asked} | vars(queries.all_rules()))


def _tried(form: TryForm) -> list[Finding] | None:
    """What was found in the words that somebody tried; None where they tried none."""
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["text"]:
        return None
    data = form.cleaned_data
    return check(data["text"], use=data["use"] or Use.QUESTION, jurisdiction=data["place"].strip().upper())


@signed_in()
@require_POST
def misread_ask(request: StaffRequest) -> HttpResponse:
    """Whoever was refused asks a lead to look; what they typed stays where it is."""
    reading = judge.ask(token=request.POST.get("misread", ""), **_who(request))
    part = "#said" if request.htmx else ""
    return render(request, f"requisitions/wording/asked.html{part}", {"reading": reading})


@signed_in(judge.ANSWER)
@require_safe
def misreadings(request: StaffRequest) -> HttpResponse:
    return _misreadings(request, MisreadForm())


@signed_in(judge.ANSWER)
@require_POST
def misread_answer(request: StaffRequest, misreading_id: int) -> HttpResponse:
    form = MisreadForm(request.POST)
    is_misread = request.POST.get("answer") == "misread"
    if _saved(
        form,
        lambda: judge.answer(
            misreading_id=misreading_id,
            is_misread=is_misread,
            why=form.cleaned_data["why"],
            **_who(request),
        ),
    ):
        toast_next(
            request,
            gettext("It can be saved as it stands.") if is_misread else gettext("It needs another wording."),
        )
        return redirect("wording_misreadings")
    return _misreadings(request, form, about=misreading_id)


def _misreadings(request: StaffRequest, form: MisreadForm, *, about: int = 0) -> HttpResponse:
    waiting, answered = queries.misreadings()
    rows = [(each, form if each.pk == about else MisreadForm(auto_id=f"{each.pk}-%s")) for each in waiting]
    context = {"waiting": rows, "answered": answered}
    page = "requisitions/wording/misreadings.html"
    return render(request, page, context, status=422 if form.errors else 200)


@signed_in(actions.CHANGE)
@form_page
def wording_rule_new(request: StaffRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if _saved(form, lambda: actions.add_rule(**form.words(), **_who(request))):
        toast_next(request, gettext("It is looked for from now on."))
        return redirect("settings_wording")
    return _rule_page(request, form, gettext("Add a rule"))


@signed_in(actions.CHANGE)
@form_page
def wording_rule(request: StaffRequest, rule_id: int) -> HttpResponse:
    rule = queries.own_rule(rule_id)
    if rule is None:
        raise Missing(gettext("There is no such rule of your own."))
    form = RuleForm(request.POST or None, rule=rule)
    if _saved(form, lambda: actions.change_rule(rule_id=rule_id, **form.words(), **_who(request))):
        toast_next(request, gettext("Saved."))
        return redirect("settings_wording")
    return _rule_page(request, form, rule.topic)


def _rule_page(request: StaffRequest, form: RuleForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "requisitions/wording/rule.html", context, status=422 if form.errors else 200)


@signed_in(actions.CHANGE)
@require_POST
def wording_rule_remove(request: StaffRequest, rule_id: int) -> HttpResponse:
    actions.remove_rule(rule_id=rule_id, **_who(request))
    toast_next(request, gettext("It is looked for no longer."))
    return redirect("settings_wording")


@signed_in(actions.CHANGE)
@require_POST
def wording_rule_switch(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Off with a reason, or on again."""
    if request.POST.get("way") == "on":
        actions.switch_on(rule_id=rule_id, **_who(request))
        toast_next(request, gettext("It is looked for again."))
        return redirect("settings_wording")
    form = WhyForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Say in a few words why it does not hold here."), field="why")
    actions.switch_off(rule_id=rule_id, why=form.cleaned_data["why"], **_who(request))
    toast_next(request, gettext("Switched off. Who did it and why stays in the record."))
    return redirect("settings_wording")
