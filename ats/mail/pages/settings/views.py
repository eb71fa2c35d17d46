"""The settings pages about messages: their words, and the outbox."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.activity.describing import entries
from ats.duework import standstill
from ats.kernel.errors import ActionError, Invalid, Missing
from ats.kernel.staff_words import gettext
from ats.mail import actions, queries, resting, roles
from ats.mail.keys import without_keys
from ats.mail.message import message_id
from ats.mail.pages.settings import forms
from ats.mail.preview import shown
from ats.mail.render import check
from ats.mail.render import render as render_mail
from ats.mail.roles import MailRole, Words
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

EDIT = "ats.edit_mail_templates"
SEE = "ats.see_due_work"


# --- Words


@signed_in(EDIT)
def templates(request: StaffRequest) -> HttpResponse:
    return render(request, "ats/mail/templates.html", {"groups": queries.template_lines()})


def _role(name: str) -> MailRole:
    role = roles.known().get(name)
    if role is None or not role.editable:
        raise Missing(gettext("There is no such message."))
    return role


def _owner(request: StaffRequest, organisations: list[HiringOrganisation]) -> HiringOrganisation | None:
    wanted = request.GET.get("organisation", "")
    if not wanted:
        return None
    owner = next((each for each in organisations if str(each.pk) == wanted), None)
    if owner is None:
        raise Missing(gettext("There is no such organisation."))
    return owner


@signed_in(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: StaffRequest, role_name: str) -> HttpResponse:
    role, organisations = _role(role_name), queries.organisations()
    owner = _owner(request, organisations)
    words = queries.current_words(role, organisation=owner, language="en")
    says_no = role.is_end and role.decision
    first = {"subject": words.subject, "body": words.body, "claims": sorted(words.claims)}
    form = forms.WordsForm(request.POST or None, initial=first, claims=says_no)
    if form.is_valid():
        words = Words(**form.cleaned_data)
        try:
            actions.change_template(
                role_name=role.name,
                organisation=owner,
                language="en",
                words=words,
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("The next message of this kind uses these words."))
            return redirect(request.get_full_path())
    context = {
        "role": role,
        "form": form,
        "owner": owner,
        "owner_form": forms.OwnerForm(request.GET or None, organisations=organisations),
        "several": len(organisations) > 1,
        "own": queries.own_template(role, organisation=owner, language="en"),
        **_preview(role, words),
    }
    return render(request, "ats/mail/template.html", context, status=422 if form.errors else 200)


def _preview(role: MailRole, words: Words) -> dict[str, Any]:
    """The message with the samples of its placeholders, or what is wrong with the words."""
    try:
        check(role, words)
    except Invalid as error:
        return {"preview": None, "problem": error.message}
    rendered = render_mail(role, words, role.placeholders)
    return {"preview": rendered, "preview_html": shown(rendered.html)}


@signed_in(EDIT)
@require_POST
def preview(request: StaffRequest, role_name: str) -> HttpResponse:
    """The preview while one types; nothing is kept."""
    role = _role(role_name)
    words = Words(subject=request.POST.get("subject", ""), body=request.POST.get("body", "")[:20_000])
    return render(request, "ats/mail/template.html#preview", {"role": role, **_preview(role, words)})


@signed_in(EDIT)
@require_POST
def reset(request: StaffRequest, role_name: str) -> HttpResponse:
    role = _role(role_name)
    owner = _owner(request, queries.organisations())
    actions.reset_template(
        role_name=role.name, organisation=owner, language="en", by=request.user, now=timezone.now()
    )
    toast_next(request, gettext("The words are back to what they were before."))
    query = f"?organisation={owner.pk}" if owner else ""
    return redirect(reverse("settings_template", args=[role.name]) + query)


# --- The outbox


@signed_in(SEE)
def outbox(request: StaffRequest) -> HttpResponse:
    form = forms.OutboxFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.outbox(request.user, **wanted)
    cursor = request.GET.get("cursor", "")
    if cursor.isdecimal():
        found = found.filter(pk__lt=int(cursor[:18]))
    page = list(found[: queries.PAGE + 1])
    context = {
        "form": form,
        "mails": page[: queries.PAGE],
        "next_cursor": page[queries.PAGE - 1].pk if len(page) > queries.PAGE else None,
        "queue": queries.queue_state(timezone.now()),
        "trouble": resting.trouble(),
        "standstill": standstill.current(),
        "suppressed": queries.suppressed()[:50],
        "again": actions.AGAIN,
    }
    return render(request, "ats/mail/outbox.html", context)


@signed_in(SEE)
def message(request: StaffRequest, mail_id: int) -> HttpResponse:
    mail = queries.message(request.user, mail_id)
    if mail is None:
        raise Missing(gettext("There is no such message."))
    role = roles.known().get(mail.role)
    to_candidate = bool(mail.application_id and mail.role in roles.to_candidates())
    context = {
        "mail": mail,
        "role": role,
        "message_id": message_id(mail),
        "is_secret": role is not None and role.secret,
        # What has not left yet still holds the key to its reader's own page.
        "body": shown(without_keys(mail.html)) if mail.html else "",
        "text": without_keys(mail.text),
        "facts": queries.facts(mail),
        "in_trouble": mail.state in actions.AGAIN,
        "to_candidate": to_candidate,
        "is_lost": not to_candidate and actions.is_lost(mail),
        "entries": entries(queries.history(mail)),
    }
    return render(request, "ats/mail/message.html", context)


@signed_in(SEE)
@require_POST
def settle_unknown(request: StaffRequest, mail_id: int) -> HttpResponse:
    was_sent = request.POST.get("was_sent") == "yes"
    actions.settle_unknown(mail_id=mail_id, was_sent=was_sent, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("Noted that it arrived.")
        if was_sent
        else gettext("Noted that it did not arrive; it can be sent again."),
    )
    return redirect("settings_message", mail_id)


@signed_in(SEE)
@require_POST
def retry(request: StaffRequest, mail_id: int) -> HttpResponse:
    actions.retry(mail_id=mail_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is in the queue again."))
    return redirect("settings_message", mail_id)


@signed_in(SEE)
@require_POST
def cancel(request: StaffRequest, mail_id: int) -> HttpResponse:
    actions.cancel(mail_id=mail_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is taken back, and will not leave."))
    return redirect("settings_message", mail_id)


@signed_in(SEE)
@require_POST
def lift(request: StaffRequest, suppression_id: int) -> HttpResponse:
    actions.lift_suppression(suppression_id=suppression_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Mail is sent to this address again."))
    return redirect("settings_outbox")
