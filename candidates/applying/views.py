"""The form of a job, and the page that thanks for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ats.common.errors import ActionError
from ats.common.middleware import client_ip
from ats.common.policy import public
from ats.common.ratelimits import in_words, seconds_to_wait
from candidates.applications import actions
from candidates.applying import queries
from candidates.applying.forms import ApplyForm
from candidates.documents.oversize import is_oversize
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
        return render(request, "candidates/applying/too_large.html", {"slug": slug}, status=413)
    return _form(request, slug)


@csrf_protect
def _form(request: HttpRequest, slug: str) -> HttpResponse:
    post = queries.post_for(slug)
    if not queries.is_live(post):
        return redirect(f"/careers/{slug}/")  # which says that it is closed, and what else is open
    questions = queries.questions_of(post)
    if request.method != "POST":
        return _page(request, post, ApplyForm(post, questions))
    form = ApplyForm(post, questions, request.POST, request.FILES)
    valid = form.is_valid()
    if wait := _wait(request, form if valid else None):
        form.add_error(
            None,
            f"This form was sent very often in a short while. Please wait {in_words(wait)} and send it again:"
            " everything that you wrote is still here.",
        )
        response = _page(request, post, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    if valid and _applied(request, form):
        return redirect("apply_thanks", slug)
    return _page(request, post, form, status=400)


def _applied(request: HttpRequest, form: ApplyForm) -> bool:
    """Hand the form in; False if it was refused, with the reason on the form."""
    try:
        # The answer is the same for somebody who had applied already: only the owner of the address may know.
        actions.apply(submission=form.submission(request), now=timezone.now())
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


def _page(request: HttpRequest, post: JobPost, form: ApplyForm, *, status: int = 200) -> HttpResponse:
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
    }
    return render(request, "candidates/applying/apply.html", context, status=status)


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
    return render(request, "candidates/applying/thanks.html", context)
