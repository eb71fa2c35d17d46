"""Rules: the list, writing one, trying it, and what it did."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.automation import actions
from candidates.automation.domain import sentences
from candidates.automation.models import ActState, KnockOutChoice, Rule
from candidates.automation.pages.forms import KnockOutForm, RuleForms, ScopeForm
from candidates.automation.queries import listing, naming
from candidates.automation.rules import CHOOSE, VIEW, WRITE

EDITING = ["GET", "HEAD", "POST"]


def _found(request: StaffRequest, rule_id: int, permission: str = VIEW) -> Rule:
    rows = Rule.objects.select_related("organisation", "requisition", "owner")
    return get_for(rows, rule_id, user=request.user, permission=permission)


@signed_in(VIEW)
@require_safe
def rules(request: StaffRequest) -> HttpResponse:
    return render(request, "candidates/automation/list.html", {"rows": listing.rules(request.user)})


@signed_in(VIEW)
@require_safe
def rule(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    """The sentence, whether it is on, what it would have done, what it did, and what was done with it."""
    found = _found(request, house_rule_id)
    return _shown(request, found)


def _shown(request: StaffRequest, found: Rule, *, problem: str = "") -> HttpResponse:
    run, people = listing.dry_run(found, request.user)
    report = listing.report(found)
    context = {
        "rule": found,
        "sentence": sentences.sentence(found),
        "actions": [sentences.action(each) for each in found.actions],
        "run": run,
        "people": people,
        "report": report,
        "figures": [
            (label, report.counts.get(value, 0))
            for value, label in ActState.choices
            if value not in {ActState.NOT_MET, ActState.WAITING}
        ],
        "acts": listing.latest(found, request.user),
        "history": listing.history(found),
        "may_write": request.user.has_perm(WRITE, found),
        "problem": problem,
        **listing.standing(found),
    }
    return render(request, "candidates/automation/rule.html", context, status=422 if problem else 200)


@signed_in(WRITE)
@require_http_methods(EDITING)
def new(request: StaffRequest) -> HttpResponse:
    """First for what it is, then the rule itself."""
    chosen = request.GET.get("scope", "")
    scope = naming.scope_of(chosen, request.user) if chosen else None
    if scope is None:
        form = ScopeForm()
        form.fields["scope"].choices = naming.scopes(request.user)  # type: ignore[attr-defined]
        return render(request, "candidates/automation/scope.html", {"form": form})
    organisation, role = scope["organisation"], scope["requisition"]
    role_id = role.pk if role else None
    forms = RuleForms(organisation.pk, role_id, request.POST if request.method == "POST" else None)
    if request.method == "POST" and "more" not in request.POST and (written := forms.written()):
        try:
            made = actions.write(
                organisation_id=organisation.pk,
                requisition_id=role_id,
                written=written,
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            forms.refused(error)
        else:
            return redirect("rule", made.pk)
    return _form(request, forms, organisation=organisation, role=role)


@signed_in(WRITE)
@require_http_methods(EDITING)
def change(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    found = _found(request, house_rule_id, WRITE)
    data = request.POST if request.method == "POST" else None
    forms = RuleForms(found.organisation_id, found.requisition_id, data, rule=found)
    version = number(request.POST.get("version", "")) or found.version
    if request.method == "POST" and "more" not in request.POST and (written := forms.written()):
        try:
            actions.change(
                rule_id=house_rule_id, version=version, written=written, by=request.user, now=timezone.now()
            )
        except ActionError as error:
            forms.refused(error)
        else:
            return redirect("rule", house_rule_id)
    return _form(
        request, forms, organisation=found.organisation, role=found.requisition, rule=found, version=version
    )


def _form(request: StaffRequest, forms: RuleForms, **context: Any) -> HttpResponse:
    wrong = request.method == "POST" and "more" not in request.POST
    if request.method == "POST" and not wrong:
        forms.without_errors()
    return render(
        request,
        "candidates/automation/form.html",
        {"forms": forms, "rule": None, "version": 0, **context},
        status=422 if wrong else 200,
    )


def _do(request: StaffRequest, rule_id: int, act: Any, said: str, **facts: Any) -> HttpResponse:
    """Done, and back to the rule; refused, the rule with why."""
    try:
        act(rule_id=rule_id, by=request.user, now=timezone.now(), **facts)
    except ActionError as refused:
        return _shown(request, _found(request, rule_id), problem=refused.message)
    toast_next(request, said)
    return redirect("rule", rule_id)


@signed_in(WRITE)
@require_POST
def try_out(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    return _do(
        request, house_rule_id, actions.try_out, gettext("Tried on the last 90 days. Nothing was done.")
    )


@signed_in(WRITE)
@require_POST
def switch_on(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    version = number(request.POST.get("version", "")) or 0
    return _do(request, house_rule_id, actions.switch_on, gettext("The rule is on."), version=version)


@signed_in(WRITE)
@require_POST
def switch_off(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    return _do(
        request, house_rule_id, actions.switch_off, gettext("The rule is off. What waited for it is stopped.")
    )


@signed_in(WRITE)
@require_POST
def remove(request: StaffRequest, house_rule_id: int) -> HttpResponse:
    actions.remove(rule_id=house_rule_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("The rule is removed."))
    return redirect("rules")


@signed_in()
@require_POST
def stop(request: StaffRequest, act_id: int) -> HttpResponse:
    act = actions.stop_no(act_id=act_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Stopped: you decide about this one."))
    return redirect("application", act.application_id)


@signed_in(CHOOSE)
@require_http_methods(EDITING)
def knock_outs(request: StaffRequest) -> HttpResponse:
    """Whether rules may say no, for each organisation; who chose it, and when."""
    rows = HiringOrganisation.objects.filter(is_active=True).order_by("name")
    if request.user.works_for is not None:
        rows = rows.filter(pk__in=request.user.works_for)
    known = {row.organisation_id: row for row in KnockOutChoice.objects.select_related("chosen_by")}
    forms = {row.pk: _choice_form(known.get(row.pk), row.pk) for row in rows}
    status = 200
    if request.method == "POST":
        pk = number(request.POST.get("organisation", "")) or 0
        if pk not in forms:
            raise Http404
        forms[pk] = form = KnockOutForm(request.POST, prefix=f"of-{pk}")
        if form.is_valid():
            try:
                actions.choose(organisation_id=pk, **form.cleaned_data, by=request.user, now=timezone.now())
            except ActionError as error:
                show_error(form, error)
            else:
                toast_next(request, gettext("Saved. It holds from now on."))
                return redirect("knock_outs")
        status = 422
    context = {"rows": [(row, forms[row.pk], known.get(row.pk)) for row in rows]}
    return render(request, "candidates/automation/knock_outs.html", context, status=status)


def _choice_form(choice: KnockOutChoice | None, pk: int) -> KnockOutForm:
    begun = choice or KnockOutChoice()
    facts = {name: getattr(begun, name) for name in ("is_allowed", "delay_hours", "share")}
    return KnockOutForm(initial=facts, prefix=f"of-{pk}")
