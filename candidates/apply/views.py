"""The form of a job, and the page that thanks for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.languages import ours
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.languages import along
from ats.web.policy import public
from candidates.applications import actions
from candidates.apply import actions as closing
from candidates.apply import closed, queries
from candidates.apply.forms import ApplyForm
from candidates.documents.domain.oversize import is_oversize
from requisitions.models import JobPost

MOST_FILES = 3
KEPT_RATE = "20/10 minutes"
"""Wrong forms of one caller whose files are kept, so that nobody has to choose them again."""


@public
@csrf_exempt  # what is too large must not be read; `_form` checks the token of the rest
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a job; POST applies."""
    if request.method == "POST" and is_oversize(request, files=MOST_FILES):
        return render(request, "candidates/apply/too_large.html", {"slug": slug}, status=413)
    return _form(request, slug)


@csrf_protect
def _form(request: HttpRequest, slug: str) -> HttpResponse:
    post = queries.post_for(slug)
    questions = queries.questions_of(post)
    is_live = queries.is_live(post)
    if request.method == "POST":
        form = ApplyForm(post, questions, request.POST, request.FILES)
        return _sent(request, post, form) if is_live else _closed(request, post, form)
    if not is_live:
        return redirect(
            f"/careers/{slug}/{along(request)}"
        )  # which says that it is closed, and what else is open
    return _page(request, post, ApplyForm(post, questions))


def _sent(request: HttpRequest, post: JobPost, form: ApplyForm) -> HttpResponse:
    valid = form.is_valid()
    if wait := _wait(request, form if valid else None):
        _too_often(form, wait)
        return _waiting(_page(request, post, form, status=429), wait)
    if valid and _applied(request, form):
        return redirect(reverse("apply_thanks", args=[post.slug]) + along(request))
    if valid and not queries.is_live(now_post := queries.post_for(post.slug)):
        return _closed(request, now_post, form)  # at this very moment
    return _page(request, post, form, status=400)


def _too_often(form: ApplyForm, wait: int) -> None:
    form.add_error(
        None,
        gettext(
            "This form was sent very often in a short while. Please wait %(time)s and send it again:"
            " everything that you wrote is still here."
        )
        % {"time": in_words(wait)},
    )


def _waiting(response: HttpResponse, wait: int) -> HttpResponse:
    response["Retry-After"] = str(wait)
    return response


def _closed(request: HttpRequest, post: JobPost, form: ApplyForm) -> HttpResponse:
    """The job closed while they wrote: everything is still here, and they say where it goes."""
    form.is_valid()
    where = closed.ElsewhereForm(post, request.POST, request.FILES)
    if not where.is_asked:
        where.errors.pop("send_to", None)
        return _where(request, post, form, where, status=400 if where.errors else 200)
    if (other := where.goes_to) is not None:
        return _page(request, other, closed.taken_along(form, other, now=timezone.now()), elsewhere=post)
    valid = where.is_valid()
    if wait := _wait(request, where if valid else None):
        _too_often(where, wait)
        return _waiting(_where(request, post, form, where, status=429), wait)
    if valid and _kept(post, where, form):
        context = {"post": post, "organisation": post.requisition.organisation}
        return render(request, "candidates/apply/kept.html", context)
    return _where(request, post, form, where, status=400)


def _kept(post: JobPost, where: closed.ElsewhereForm, form: ApplyForm) -> bool:
    data = where.cleaned_data
    said = [(gettext("A few words to us"), data["cover_letter"])]
    said += [(question.label, text) for question, text in closed.answers_of(form)]
    try:
        ours(closing.keep_in_mind)(
            post=post,
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            phone=data["phone"],
            files=closed.files_of(form),
            said=said,
            now=timezone.now(),
            language=get_language() or "",
        )
    except ActionError as refused:
        where.add_error(refused.field if refused.field in where.fields else None, refused.message)
        return False
    return True


def _where(
    request: HttpRequest, post: JobPost, form: ApplyForm, where: closed.ElsewhereForm, *, status: int
) -> HttpResponse:
    too_many = form.brings_files and seconds_to_wait(KEPT_RATE, "apply-files", client_ip(request))
    form.keep_files(now=timezone.now(), fresh=not too_many)
    where.fields["resume"].widget = form.fields["resume"].widget
    context = {
        "post": post,
        "organisation": post.requisition.organisation,
        "form": where,
        "why": closed.why(post),
        "answers": closed.answers_of(form),
        "goes_along": closed.goes_along(form),
    }
    return render(request, "candidates/apply/closed.html", context, status=status)


def _applied(request: HttpRequest, form: ApplyForm) -> bool:
    """Hand the form in; False if it was refused, with the reason on the form."""
    try:
        # The answer is the same for somebody who had applied already: only the owner of the address may know.
        ours(actions.apply)(submission=form.submission(request), now=timezone.now())
    except ActionError as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.message)
        return False
    return True


def _wait(request: HttpRequest, valid_form: ApplyForm | None) -> int:
    """Seconds until this sender, or somebody with this address, may send the form again."""
    if wait := seconds_to_wait(settings.APPLY_RATE, "apply", client_ip(request)):
        return wait
    if valid_form is None:
        return 0
    return seconds_to_wait(settings.APPLY_ADDRESS_RATE, "apply-address", valid_form.address)


def _page(
    request: HttpRequest,
    post: JobPost,
    form: ApplyForm,
    *,
    status: int = 200,
    elsewhere: JobPost | None = None,
) -> HttpResponse:
    now = timezone.now()
    if form.is_bound:
        # Anybody may send wrong forms with large files: whose disk would they fill?
        too_many = form.brings_files and seconds_to_wait(KEPT_RATE, "apply-files", client_ip(request))
        form.keep_files(now=now, fresh=not too_many)
    context = {
        "post": post,
        "organisation": post.requisition.organisation,
        "form": form,
        "next": queries.next_for(post, now=now),
        "elsewhere": elsewhere,
    }
    return render(request, "candidates/apply/apply.html", context, status=status)


@public
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, what happens next, and by when."""
    post = queries.post_for(slug)
    context = {
        "post": post,
        "organisation": post.requisition.organisation,
        "next": queries.next_for(post, now=timezone.now()),
    }
    return render(request, "candidates/apply/thanks.html", context)
