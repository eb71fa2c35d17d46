"""The settings pages of journeys: the steps with what a candidate would get of them, and one step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid, Missing
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.mail import outbox, roles
from ats.mail.preview import shown
from ats.mail.render import render as render_mail
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.texts import TextsForm
from ats.web.toasts import toast_next
from candidates.journeys import actions, queries
from candidates.journeys.models import Act, JourneyStep, Way
from candidates.journeys.pages.settings.forms import (
    CapForm,
    FromUsForm,
    OwnerForm,
    StepForm,
    texts_form,
)
from candidates.journeys.queries import page as reads
from candidates.journeys.queries.effect import effect_of
from candidates.journeys.queries.from_us import rows_of
from candidates.journeys.queries.steps import Whole
from candidates.journeys.rules import CHANGE, SPEAK, VIEW

LIST, STEP = "candidates/journeys/journey.html", "candidates/journeys/step.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _organisation(organisation_id: int) -> HiringOrganisation:
    for each in reads.organisations():
        if each.pk == organisation_id:
            return each
    raise Missing(gettext("There is no such organisation."))


def _seen(request: StaffRequest) -> int:
    """The version that the person saw; one that there is never, where they do not say."""
    found = number(request.POST.get("seen", ""))
    return -1 if found is None else found


def _back(organisation: HiringOrganisation) -> str:
    return f"{reverse('settings_journeys')}?organisation={organisation.pk}"


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"seen": _seen(request), "by": request.user, "now": timezone.now()}


@signed_in(VIEW)
@require_safe
def journeys(request: StaffRequest) -> HttpResponse:
    """The steps of an organisation, and a time line of what a candidate would get."""
    organisations = reads.organisations()
    if not organisations:
        return render(request, LIST, {"organisation": None, "journey": None, "may_change": False})
    wanted = request.GET.get("organisation", "")
    organisation = next((each for each in organisations if str(each.pk) == wanted), organisations[0])
    form = OwnerForm(request.GET or None, organisations=organisations)
    context = _context(request, organisation) | {
        "owner_form": form,
        "several": len(organisations) > 1,
        "ways": Way.choices,
    }
    part = "#line" if request.htmx.target == "line" else ""
    return render(request, LIST + part, context)


def _context(request: StaffRequest, organisation: HiringOrganisation) -> dict[str, Any]:
    whole = queries.current(organisation)
    way = request.GET.get("way", "")
    way = way if way in Way.values else Way.REJECTED
    lines = reads.lines(whole)
    return {
        "organisation": organisation,
        "journey": whole.journey,
        "lines": lines,
        "first": lines[0].step.key,
        "last": lines[-1].step.key,
        "way": way,
        "weeks": _weeks(whole.steps, way, organisation, whole.journey.daily_cap),
        "cap_form": CapForm(initial={"most": whole.journey.daily_cap}),
        "replan": reads.replanning(organisation),
        "may_change": request.user.has_perm(CHANGE),
    }


def _weeks(
    steps: list[JourneyStep], way: str, organisation: HiringOrganisation, most: int
) -> list[reads.Week]:
    return reads.time_line(steps, way=way, organisation=organisation, most=most, now=timezone.now())


@signed_in(VIEW)
@require_safe
def progress(request: StaffRequest, organisation_id: int) -> HttpResponse:
    organisation = _organisation(organisation_id)
    context = {"organisation": organisation, "replan": reads.replanning(organisation)}
    return render(request, f"{LIST}#progress", context)


@signed_in(CHANGE)
@form_page
def step_new(request: StaffRequest, organisation_id: int) -> HttpResponse:
    organisation = _organisation(organisation_id)
    form = StepForm(request.POST or None, organisation=organisation, words=_first_words(organisation))
    if form.is_valid():
        try:
            made = actions.add_step(organisation_id=organisation.pk, facts=form.facts(), **_who(request))
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("“%(made)s” is part of the journey.") % {"made": made.name})
            return redirect(_back(organisation))
    return _step_page(request, organisation, queries.current(organisation), form, None)


def _first_words(organisation: HiringOrganisation) -> roles.Words:
    words = roles.get("journey.message").words
    return words.get(organisation.language, words["en"])


@signed_in(CHANGE)
@form_page
def step(request: StaffRequest, organisation_id: int, key: str) -> HttpResponse:
    organisation = _organisation(organisation_id)
    whole = queries.current(organisation)
    found = whole.of_key(key)
    words = None if found.is_of_house else queries.words_of(found, organisation, organisation.language)
    form = StepForm(
        request.POST or None, organisation=organisation, step=found, words=words or _first_words(organisation)
    )
    if form.is_valid():
        try:
            actions.change_step(organisation_id=organisation.pk, key=key, facts=form.facts(), **_who(request))
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved. What is planned is brought to it now."))
            return redirect(_back(organisation))
    return _step_page(request, organisation, whole, form, found)


def _step_page(
    request: StaffRequest,
    organisation: HiringOrganisation,
    whole: Whole,
    form: StepForm,
    found: JourneyStep | None,
    *,
    texts: TextsForm | None = None,
) -> HttpResponse:
    is_own = found is not None and not found.is_of_house and found.act == Act.MESSAGE
    if texts is None and found is not None and is_own:
        texts = texts_form(found, organisation)
    seen = request.POST.get("seen", whole.journey.version)
    context = {
        "organisation": organisation,
        "journey": whole.journey,
        "form": form,
        "step": found,
        "texts_form": texts,
        "seen": seen,
        "role": roles.get(found.role) if found and found.role else None,
        "placeholders": reads.placeholders(found) if found else roles.get("journey.message").placeholders,
        "ways": Way.choices,
        **_shown(request, organisation, whole, form, found),
    }
    return render(request, STEP, context, status=422 if form.errors or (texts and texts.errors) else 200)


@signed_in(CHANGE)
@require_POST
def step_texts(request: StaffRequest, organisation_id: int, key: str) -> HttpResponse:
    """The words of an own step in further languages."""
    organisation = _organisation(organisation_id)
    whole = queries.current(organisation)
    found = whole.of_key(key)
    texts = texts_form(found, organisation, request.POST)
    if texts.is_valid():
        try:
            actions.translate_step(
                organisation_id=organisation.pk,
                key=key,
                texts=texts.texts(),
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as error:
            texts.add_error(error.field if error.field in texts.fields else None, error.message)
        else:
            toast_next(request, gettext("Saved. The next messages say it."))
            return redirect("journey_step", organisation.pk, key)
    words = queries.words_of(found, organisation, organisation.language)
    form = StepForm(organisation=organisation, step=found, words=words)
    return _step_page(request, organisation, whole, form, found, texts=texts)


@signed_in(CHANGE)
@require_POST
def preview(request: StaffRequest, organisation_id: int) -> HttpResponse:
    """The message, whom the change touches now and the time line, while one types; nothing is kept."""
    organisation = _organisation(organisation_id)
    whole = queries.current(organisation)
    key = request.POST.get("key", "")
    found = whole.of_key(key) if key else None
    form = StepForm(request.POST, organisation=organisation, step=found)
    context = {"organisation": organisation, "step": found, "ways": Way.choices}
    return render(request, f"{STEP}#preview", context | _shown(request, organisation, whole, form, found))


def _shown(
    request: StaffRequest,
    organisation: HiringOrganisation,
    whole: Whole,
    form: StepForm,
    found: JourneyStep | None,
) -> dict[str, Any]:
    """What would come of what stands in the form; or what is wrong with it."""
    way = request.POST.get("way", "")
    way = way if way in Way.values else _way_of(found)
    context: dict[str, Any] = {"way": way} | dict.fromkeys(
        ("problem", "effect", "shown_step", "message", "message_html", "weeks")
    )
    step, steps = found, whole.steps
    if form.is_bound:
        if not form.is_valid():
            return context | {"problem": gettext("Fill in what is marked; then this shows what comes of it.")}
        try:
            facts = form.facts()
            step, steps = actions.with_step(
                whole, found.key if found else None, facts, organisation=organisation
            )
            if facts.words is not None and step.act == Act.MESSAGE:
                context |= _message(step, actions.check_words(step, facts.words), organisation)
        except Invalid as error:
            return context | {"problem": error.message}
    elif step is not None and step.role:
        context |= _message(step, queries.words_of(step, organisation, organisation.language), organisation)
    return context | {
        "shown_step": step,
        "effect": effect_of(steps, organisation, user=request.user, now=timezone.now())
        if form.is_bound
        else None,
        "weeks": _weeks(steps, way, organisation, whole.journey.daily_cap),
    }


def _way_of(step: JourneyStep | None) -> str:
    """The way on which a step shows."""
    ways = {
        "withdrew": Way.WITHDREW,
        "no_news": Way.SILENCE,
        "promise": Way.SILENCE,
        "rejected": Way.REJECTED,
    }
    return ways.get(step.trigger, Way.HIRED) if step else Way.HIRED


def _message(step: JourneyStep, words: Any, organisation: HiringOrganisation) -> dict[str, Any]:
    role = roles.get(step.role)
    rendered = render_mail(role, words, role.placeholders, outbox.brand_of(organisation))
    return {"message": rendered, "message_html": shown(rendered.html)}


@signed_in(CHANGE)
@require_POST
def switch(request: StaffRequest, organisation_id: int, key: str) -> HttpResponse:
    organisation = _organisation(organisation_id)
    on = request.POST.get("on") == "yes"
    actions.switch_step(organisation_id=organisation.pk, key=key, on=on, **_who(request))
    toast_next(
        request,
        gettext("It is sent from now on.")
        if on
        else gettext("It is left out. What was planned of it is taken back."),
    )
    return redirect(_back(organisation))


@signed_in(CHANGE)
@require_POST
def remove(request: StaffRequest, organisation_id: int, key: str) -> HttpResponse:
    organisation = _organisation(organisation_id)
    actions.remove_step(organisation_id=organisation.pk, key=key, **_who(request))
    toast_next(request, gettext("Removed. What was planned of it is taken back."))
    return redirect(_back(organisation))


@signed_in(CHANGE)
@require_POST
def order(request: StaffRequest, organisation_id: int) -> HttpResponse:
    organisation = _organisation(organisation_id)
    keys = request.POST.get("steps", "").split(",")
    seen = queries.current(organisation).journey.version
    actions.order_steps(
        organisation_id=organisation.pk, keys=keys, seen=seen, by=request.user, now=timezone.now()
    )
    return render(request, f"{LIST}#steps", _context(request, organisation))


@signed_in(CHANGE)
@require_POST
def shift(request: StaffRequest, organisation_id: int, key: str) -> HttpResponse:
    """One place up or down: what dragging does, by the menu."""
    organisation = _organisation(organisation_id)
    whole = queries.current(organisation)
    keys = [each.key for each in whole.steps]
    at = keys.index(whole.of_key(key).key)
    to = at + (1 if request.POST.get("way") == "down" else -1)
    if 0 <= to < len(keys):
        keys[at], keys[to] = keys[to], keys[at]
    actions.order_steps(organisation_id=organisation.pk, keys=keys, **_who(request))
    if request.htmx:
        return render(request, f"{LIST}#steps", _context(request, organisation))
    return redirect(_back(organisation))


@signed_in(CHANGE)
@require_POST
def most(request: StaffRequest, organisation_id: int) -> HttpResponse:
    organisation = _organisation(organisation_id)
    form = CapForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("From 1 to 10 messages a day."), field="most")
    actions.set_daily_cap(organisation_id=organisation.pk, most=form.cleaned_data["most"], **_who(request))
    toast_next(request, gettext("Saved."))
    return redirect(_back(organisation))


@signed_in(SPEAK)
@form_page
def from_us(request: StaffRequest, organisation_id: int) -> HttpResponse:
    """What marketing says with the steps: written here by whoever signs for it."""
    organisation = _organisation(organisation_id)
    if not request.user.has_perm(SPEAK, organisation):
        raise Missing(gettext("There is no such organisation."))
    whole = queries.current(organisation)
    names = {step.key: step.name for step in whole.steps if step.act == Act.MESSAGE}
    form = FromUsForm(
        request.POST or None, steps=list(names.items()), initial={"step": request.GET.get("step", "")}
    )
    if form.is_valid():
        try:
            actions.say(
                organisation_id=organisation.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("The next messages say it."))
            return redirect("journey_from_us", organisation.pk)
    rows = [
        (names.get(row.step, ""), reads.LANGUAGES.get(row.language, ""), row)
        for row in rows_of(organisation.pk)
    ]
    context = {"organisation": organisation, "form": form, "rows": rows}
    return render(request, "candidates/journeys/from_us.html", context, status=422 if form.errors else 200)


@signed_in(SPEAK)
@require_POST
def from_us_remove(request: StaffRequest, organisation_id: int, row_id: int) -> HttpResponse:
    actions.say_no_more(organisation_id=organisation_id, row_id=row_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is not said any more."))
    return redirect("journey_from_us", organisation_id)
