"""Sequences: the list, one of them, beginning and stopping; and how somebody is kept, on their page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.kept import retold
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.applications.models import Application
from candidates.people.models import Candidate
from candidates.pools.queries import listing as pools
from candidates.sequences import actions, mails
from candidates.sequences.models import Sequence
from candidates.sequences.pages.forms import ChooseForm, SequenceForm
from candidates.sequences.queries import listing
from candidates.sequences.queries.obstacles import obstacles
from candidates.sequences.rules import SEND

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "candidates/sequences/form.html"
CHANGE = "candidates.change_candidate"


@signed_in(SEND)
@require_safe
def sequence_list(request: StaffRequest) -> HttpResponse:
    return render(request, "candidates/sequences/list.html", {"rows": list(listing.sequences(request.user))})


@signed_in(SEND)
@reads_and_writes
def sequence_new(request: StaffRequest) -> HttpResponse:
    form = SequenceForm(request.POST or None, user=request.user)
    if form.is_valid() and (made := _made(request, form)):
        return redirect("sequence", made.pk)
    context = {"form": form, "sequence": None, "places": list(mails.PLACEHOLDERS)}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


def _made(request: StaffRequest, form: SequenceForm, sequence: Sequence | None = None) -> Sequence | None:
    facts = form.cleaned_data
    try:
        made = actions.make(
            sequence_id=sequence.pk if sequence else None,
            organisation=sequence.organisation if sequence else facts["organisation"],
            name=facts["name"],
            needs=facts["needs"],
            steps=form.steps(),
            by=request.user,
            now=timezone.now(),
        )
    except ActionError as error:
        show_error(form, error)
        return None
    toast_next(request, gettext("Saved."))
    return made


@signed_in()
@reads_and_writes
def sequence_edit(request: StaffRequest, sequence_id: int) -> HttpResponse:
    found = listing.sequence_for(request.user, sequence_id)
    form = SequenceForm(
        request.POST or None, user=request.user, sequence=found, initial=SequenceForm.of(found)
    )
    if form.is_valid() and _made(request, form, found):
        return redirect("sequence", found.pk)
    context = {"form": form, "sequence": found, "places": list(mails.PLACEHOLDERS)}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


@signed_in()
@require_POST
def sequence_close(request: StaffRequest, sequence_id: int) -> HttpResponse:
    actions.close(sequence_id=sequence_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("The sequence is closed. Who is being written to gets the rest of it."))
    return redirect("sequences")


@signed_in()
@require_safe
def sequence(request: StaffRequest, sequence_id: int) -> HttpResponse:
    found = listing.sequence_for(request.user, sequence_id)
    context = {"sequence": found, "runs": listing.runs(found, request.user)}
    return render(request, "candidates/sequences/sequence.html", context)


@signed_in()
@require_POST
def stop(request: StaffRequest, sequence_run_id: int) -> HttpResponse:
    run = actions.stop(run_id=sequence_run_id, by=request.user, now=timezone.now())
    said = gettext("Nothing more of it is sent to %(name)s.") % {"name": run.candidate.name}
    return done(request, said, back=reverse("candidate", args=[run.candidate_id]))


@signed_in()
@require_POST
def leave_out(request: StaffRequest, sequence_run_id: int) -> HttpResponse:
    position = number(request.POST.get("position", "")) or 0
    run = actions.cancel_mail(run_id=sequence_run_id, position=position, by=request.user, now=timezone.now())
    return done(request, gettext("Left out."), back=reverse("candidate", args=[run.candidate_id]))


@signed_in()
@reads_and_writes
def begin(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Choose one, see what they would get and when, and begin."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=request.user, permission=CHANGE)
    now = timezone.now()
    sent = request.POST if request.method == "POST" else request.GET
    form = ChooseForm(sent if "sequence" in sent else None, user=request.user)
    context: dict[str, Any] = {"candidate": candidate, "form": form, "why": "", "ahead": ()}
    if form.is_valid():
        found = listing.sequence_for(request.user, form.cleaned_data["sequence"].pk)
        if "begin" in request.POST:
            actions.begin(sequence_id=found.pk, candidate_id=candidate_id, by=request.user, now=now)
            said = gettext("It begins. It stops by itself as soon as %(name)s answers.")
            text = said % {"name": candidate.name}
            return done(request, text, back=reverse("candidate", args=[candidate_id]))
        why = obstacles(found, [candidate], by=str(request.user), now=now).get(candidate.pk, "")
        context |= {
            "sequence": found,
            "why": retold(why),
            "ahead": [] if why else listing.ahead(found, candidate, request.user, now),
        }
    part = "#dialog" if request.htmx else ""
    return render(request, f"candidates/sequences/begin.html{part}", context)


@signed_in()
@require_safe
def kept(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """The panel on somebody's page: in which pools they are, and what is sent to them; read once the page is there."""
    rows = Candidate.objects.without_words().select_related("source")
    candidate = get_for(rows, candidate_id, user=request.user, permission=CHANGE)
    now = timezone.now()
    context = {
        "candidate": candidate,
        "memberships": pools.memberships(request.user, candidate, now),
        "runs": listing.runs_of(candidate, request.user),
        "is_prospect": not Application.objects.visible_to(request.user).filter(candidate=candidate).exists(),
        "now": now,
    }
    return render(request, "candidates/sequences/kept.html", context)
