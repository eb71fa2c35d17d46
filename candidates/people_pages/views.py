"""The pages of candidates: finding, looking, adding, changing."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ats.accounts.actions import keep_list
from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, Missing
from ats.kernel.numbers import number, numbers
from ats.kernel.staff_words import gettext
from ats.mail import reply_tags
from ats.web.cursors import cursor
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.applications.actions import add_application
from candidates.people import actions
from candidates.people.models import Candidate, Source
from candidates.people.queries import MOST
from candidates.people_pages import cells, queries
from candidates.people_pages.actions import add_person
from candidates.people_pages.domain.clipped import clipped
from candidates.people_pages.domain.columns import COLUMNS, LIST, Wish
from candidates.people_pages.forms import (
    AddressForm,
    ColumnsForm,
    ContactForm,
    NewForm,
    PeopleForm,
    TakeUpForm,
)
from candidates.portal.actions import agree_for_them, refuse_for_them
from candidates.resumes.actions import keep_draft
from candidates.resumes.domain import filling
from candidates.resumes.models import ReadState, ResumeDraft
from candidates.resumes.queries import draft_of

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
LIST_PAGE, NEW = "candidates/people_pages/list.html", "candidates/people_pages/new.html"
EMPTY: dict[str, Any] = {"alike": [], "draft": None, "asked_role": None, "refused": ""}
LOOKS = 20
"""So often, once a second, a page asks whether a résumé is read."""
BOOKMARK = (
    "javascript:(()=>{const q=encodeURIComponent;window.open(%s+'?url='+q(location.href)+'&title='"
    "+q(document.title.slice(0,300))+'&text='+q(String(getSelection()).slice(0,1500)))})()"
)
"""Opens our own form with what it brings; nothing is added before somebody sends that."""


@signed_in()
@require_safe
def candidate_list(request: StaffRequest) -> HttpResponse:
    form = PeopleForm(request.GET, user=request.user)
    wanted = form.wanted()
    after = cursor(request.GET["after"]) if "after" in request.GET else None
    skip = min(number(request.GET.get("skip", "")) or 0, MOST)
    people, wish = queries.people(request.user, wanted, after=after, skip=skip), Wish.of(request.user)
    may_add = request.user.has_perm("candidates.add_candidate")
    context = {
        "form": form,
        "wanted": wanted,
        "people": people,
        "rows": cells.rows(people.lines(), wish, are_picked=may_add),
        "after": after or skip,
        "wish": wish,
        "asked": form.asked(),
        "may_add": may_add,
    }
    part = {"list": "#list", "more": "#rows"}.get(request.htmx.target or "", "")
    return render(request, LIST_PAGE + part, context)


@signed_in()
@require_safe
def candidate_counts(request: StaffRequest) -> HttpResponse:
    """How many of those who are found have which value of each filter."""
    form = PeopleForm(request.GET, user=request.user)
    context = {"counts": queries.counts(request.user, form.wanted()), "asked": form.asked()}
    return render(request, "candidates/people_pages/counts.html", context)


@signed_in()
@require_safe
def candidates_beside(request: StaffRequest) -> HttpResponse:
    """Two to four people side by side; who may not be seen is left out, as if there were no such number."""
    found = queries.beside(request.user, numbers(request.GET.getlist("person")))
    return render(request, "candidates/people_pages/beside.html", {"beside": found})


@signed_in()
@reads_and_writes
def candidate_columns(request: StaffRequest) -> HttpResponse:
    """Which columns the list has, and in which order they and its rows stand; kept for whoever chooses."""
    wish, back = Wish.of(request.user), reverse("candidate_list")
    if request.method == "POST":
        form = ColumnsForm(request.POST)
        if form.is_valid():
            facts = form.cleaned_data
            columns = facts["columns"] if "some" in request.POST else wish.columns
            kept = {"columns": _moved(columns, request.POST), "order": facts["order"]}
            keep_list(by=request.user, name=LIST, facts=kept)
            asked = request.POST.get("asked", "")[:2000]
            if not {"up", "down"} & set(request.POST):
                return redirect(f"{back}?{asked}" if asked else back)
            wish = Wish.of(request.user)
    rest = [(name, said) for name, said in COLUMNS.items() if name not in wish.columns]
    context = {
        "wish": wish,
        "rest": rest,
        "form": ColumnsForm(initial={"order": wish.order}),
        "asked": request.POST.get("asked", request.GET.urlencode())[:2000],
    }
    part = "#dialog" if request.htmx else ""
    return render(request, f"candidates/people_pages/columns.html{part}", context)


def _moved(columns: Sequence[str], asked: QueryDict) -> list[str]:
    """The columns, one of them a place up or down."""
    names = list(columns)
    for way, by in (("up", -1), ("down", 1)):
        name = asked.get(way)
        if name in names and 0 <= (place := names.index(name)) + by < len(names):
            names[place], names[place + by] = names[place + by], names[place]
    return names


@signed_in()
@require_safe
def candidate(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """The person; or, asked for the side sheet, the same in one column. Who was put together with them leads here."""
    try:
        found = queries.person(request.user, candidate_id)
    except Missing:
        return redirect("candidate", queries.leads_to(request.user, candidate_id))
    context = {"person": found, "candidate": found.candidate}
    part = "#sheet" if request.htmx.target == "sheet" else ""
    return render(request, f"candidates/people_pages/candidate.html{part}", context)


@signed_in("candidates.add_candidate")
@reads_and_writes
def candidate_new(request: StaffRequest) -> HttpResponse:
    """Add a person by hand; who may be known already is shown before there are two of them."""
    if request.method != "POST":
        return _new(request)
    draft = draft_of(request.user, number(request.POST.get("draft", "")))
    form = NewForm(request.POST, request.FILES, user=request.user, draft=draft)
    alike: list[Candidate] = []
    if form.is_valid():
        facts = form.cleaned_data
        names = {name: facts[name] for name in ("first_name", "last_name", "email")}
        is_new = "new" in request.POST
        alike = [] if is_new else queries.alike(request.user, **names)
        if not alike and (made := _added(request, form, draft)):
            return redirect("candidate", made.pk)
        if is_new:  # and it was refused: the page asks again
            alike = queries.alike(request.user, **names)
    context = {"form": form, "alike": alike, "role": form.cleaned_data.get("requisition"), "draft": draft}
    return render(request, NEW, EMPTY | context, status=422)


@signed_in("candidates.add_candidate")
@require_safe
def faster(request: StaffRequest) -> HttpResponse:
    """A bookmark and a mail address with which one adds people from elsewhere."""
    page = f"{settings.BASE_URL}{reverse('candidate_new')}"
    context = {
        "bookmark": BOOKMARK % json.dumps(page),
        "address": reply_tags.address_for_person(request.user.pk),
    }
    return render(request, "candidates/people_pages/faster.html", context)


def _new(request: StaffRequest) -> HttpResponse:
    """The empty form; with a résumé that was dropped first, filled from it, or the wait until it is read."""
    asked, role = number(request.GET.get("draft", "")), number(request.GET.get("requisition", ""))
    draft = draft_of(request.user, asked)
    if asked and draft is None:
        toast_next(request, gettext("The file is no longer here: choose it again."))
        return redirect("candidate_new")
    if draft is not None and draft.state == ReadState.WAITING and "by_hand" not in request.GET:
        return _wait(request, draft, role)
    if request.htmx and draft is not None:
        return HttpResponseClientRedirect(_filled(draft, role))
    read = {name: value for name, (value, _) in filling.fields(draft.read).items()} if draft else {}
    brought = clipped(*(request.GET.get(name, "") for name in ("url", "title", "text")))
    form = NewForm(user=request.user, draft=draft, initial={"requisition": role} | brought | read)
    return render(request, NEW, EMPTY | {"form": form, "draft": draft, "asked_role": role})


def _filled(draft: ResumeDraft, role: int | None) -> str:
    """The form for the person of this résumé."""
    return f"{reverse('candidate_new')}?{urlencode({'draft': draft.pk} | ({'requisition': role} if role else {}))}"


def _wait(request: StaffRequest, draft: ResumeDraft, role: int | None) -> HttpResponse:
    """It asks again by itself for a while, and then says that nobody need wait."""
    tries = min(number(request.GET.get("tries", "")) or 0, LOOKS)
    again = _filled(draft, role)
    context = {"draft": draft, "again": again, "tries": tries + 1, "goes_on": tries < LOOKS}
    part = "#wait" if request.htmx else ""
    return render(request, f"candidates/people_pages/new_wait.html{part}", context)


@signed_in("candidates.add_candidate")
@require_POST
def candidate_new_resume(request: StaffRequest) -> HttpResponse:
    """The résumé first: it is kept and read, and the fields are filled from it."""
    role, upload = number(request.POST.get("requisition", "")), request.FILES.get("resume")
    if not isinstance(upload, UploadedFile):
        toast_next(request, gettext("Choose a file first."))
        return redirect("candidate_new")
    try:
        draft = keep_draft(upload=upload, by=request.user, now=timezone.now())
    except ActionError as error:
        form = NewForm(user=request.user, initial={"requisition": role})
        context = {"form": form, "asked_role": role, "refused": error.message}
        return render(request, NEW, EMPTY | context, status=422)
    return redirect(_filled(draft, role))


def _added(request: StaffRequest, form: NewForm, draft: ResumeDraft | None) -> Candidate | None:
    """The person, taken up for the role if one was chosen; None where something was refused."""
    try:
        made, new = add_person(by=request.user, now=timezone.now(), draft=draft, **form.cleaned_data)
    except ActionError as error:
        show_error(form, error)
        return None
    toast_next(
        request,
        gettext("%(made)s is added.") % {"made": made.name}
        if new
        else gettext("%(made)s was known already.") % {"made": made.name},
    )
    return made


@signed_in("candidates.add_candidate")
@require_POST
def candidate_new_phone(request: StaffRequest) -> HttpResponse:
    """Of which country the number may be that is being typed; by POST, for numbers stand in no log."""
    form = NewForm(request.POST, user=request.user)
    return render(request, "candidates/people_pages/new.html#phone_country", {"form": form})


@signed_in()
@require_POST
def phone_country(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Say of which country their number is; what was typed stays."""
    permission = "candidates.change_candidate"
    rows = Candidate.objects.without_words()
    found = get_for(rows, candidate_id, user=request.user, permission=permission)
    country = request.POST.get("country", "")[:2]
    actions.read_phone(candidate=found, country=country, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("Dialled as %(phone_in_words)s.") % {"phone_in_words": found.phone_in_words}
        if found.phone_normalised
        else gettext("Known of no country."),
    )
    return redirect("candidate", candidate_id)


@signed_in()
@reads_and_writes
def candidate_edit(request: StaffRequest, candidate_id: int) -> HttpResponse:
    found = get_for(
        Candidate.objects.without_words(),
        candidate_id,
        user=request.user,
        permission="candidates.change_candidate",
    )
    form = ContactForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            actions.change_contact(candidate=found, by=request.user, now=timezone.now(), **facts)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved."))
            return redirect("candidate", candidate_id)
    context = {"form": form, "candidate": found}
    return render(request, "candidates/people_pages/edit.html", context, status=422 if form.errors else 200)


@signed_in()
@reads_and_writes
def addresses(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Every address and number of theirs; POST notes another one."""
    rows = Candidate.objects.without_words().with_further()
    found = get_for(rows, candidate_id, user=request.user, permission="candidates.change_candidate")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_address(
                candidate_id=candidate_id, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved."))
            return redirect("candidate_addresses", candidate_id)
    context = {"form": form, "candidate": found}
    status = 422 if form.errors else 200
    return render(request, "candidates/people_pages/addresses.html", context, status=status)


@signed_in()
@require_POST
def address(request: StaffRequest, candidate_id: int, address_id: int) -> HttpResponse:
    """Make one the first, or remove it."""
    does = actions.make_first if "first" in request.POST else actions.remove_address
    does(candidate_id=candidate_id, address_id=address_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Saved."))
    return redirect("candidate_addresses", candidate_id)


@signed_in()
@reads_and_writes
def take_up(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Take the person up for a role."""
    if request.method != "POST":
        found = get_for(
            Candidate.objects.without_words(),
            candidate_id,
            user=request.user,
            permission="candidates.change_candidate",
        )
        context = {"candidate": found, "form": TakeUpForm(user=request.user, candidate=found)}
        part = "#dialog" if request.htmx else ""
        return render(request, f"candidates/people_pages/take_up.html{part}", context)
    application = add_application(
        candidate_id=candidate_id,
        requisition_id=number(request.POST.get("requisition", "")) or 0,
        by=request.user,
        now=timezone.now(),
        source=Source.objects.filter(pk=_known_by(candidate_id) or 0).first(),
    )
    said = gettext("%(name)s is in play for %(role)s.")
    text = said % {"name": application.candidate.name, "role": application.requisition.title}
    return done(request, text, back=reverse("application", args=[application.pk]))


def _known_by(candidate_id: int) -> int | None:
    """How we know of a prospect, for their first application; whoever has one has said it there."""
    rows = Candidate.objects.filter(pk=candidate_id, applications=None)
    return rows.values_list("source", flat=True).first()


@signed_in()
@require_POST
def other_address(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """The team's word where nobody answers at the address that we write to."""
    answer = refuse_for_them if "no" in request.POST else agree_for_them
    answer(candidate_id=candidate_id, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("The address stays as it was.")
        if "no" in request.POST
        else gettext("The address is changed."),
    )
    return redirect("candidate", candidate_id)
