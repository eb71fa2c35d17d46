"""The pages on which a post is written, published and closed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form, Textarea, TextInput
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.texts import TextsForm
from ats.web.toasts import toast, toast_next
from requisitions.posts import actions, queries
from requisitions.posts.actions import change_questions
from requisitions.posts.forms import REASONS, OrderForm, PostForm, QuestionForm
from requisitions.posts.models import JobPost
from requisitions.posts.queries import words as wording
from requisitions.roles import queries as roles
from requisitions.roles.models import RequisitionState
from requisitions.roles.pages import wizard
from requisitions.roles.queries import get_requisition
from requisitions.wording.domain.checker import Finding

PAGE = "requisitions/posts/edit.html"
CHANGE = "requisitions.change_post"
PUBLISHED = gettext_lazy("Published. It stands on the careers page now.")
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


def _done(form: Form, action: Callable[[], Any]) -> Any:
    """What the action made, or None with its refusal on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return action()
    except ActionError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None


@signed_in()
@reads_and_writes
def post_new(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = get_requisition(
        request.user,
        requisition_id,
        "requisitions.add_post",
        ask=gettext_lazy("Ask %(recruiter)s to advertise this role."),
    )
    form = PostForm(request.POST or None, initial={"title": role.title})
    post = _done(form, lambda: actions.create_post(requisition_id=role.pk, **form.facts(), **_who(request)))
    if post is not None:
        toast_next(request, _published_or_kept(request, post, form))
        return redirect("post_edit", post.pk)
    context = {"role": role, "form": form} | _way(request, role.pk)
    return render(request, "requisitions/posts/new.html", context, status=422 if form.errors else 200)


def _published_or_kept(request: StaffRequest, post: JobPost, form: PostForm) -> str:
    """Publish what was just written, if that is asked for; what it says of it. The draft is kept in any case."""
    if "publish" not in request.POST:
        return gettext("Kept as a draft.")
    try:
        _publish(request, post, form.cleaned_data)
    except ActionError as error:
        return gettext("Kept as a draft. %(but)s") % {"but": error.message}
    return str(PUBLISHED)


def _way(request: StaffRequest, requisition_id: int) -> dict[str, Any]:
    """The steps of the role beside the last of them, while it is not found on the careers page."""
    role = roles.with_way(request.user, requisition_id)
    leads = request.user.has_perm("requisitions.change_team", role)
    stops = wizard.way(role, runs=True, leads=leads, now=timezone.now())
    missing = [stop for stop in stops if not stop.done and stop.name not in {wizard.TEXT, "story"}]
    draft = role.state == RequisitionState.DRAFT
    return {"stops": stops, "here_name": wizard.TEXT, "is_last": not missing, "opens_too": draft}


@signed_in()
@reads_and_writes
def post_edit(request: StaffRequest, post_id: int) -> HttpResponse:
    page = queries.post_page(request.user, post_id, now=timezone.now())
    post = page.post
    form = PostForm(
        request.POST or None, initial={name: getattr(post, name, "") for name in PostForm.base_fields}
    )
    publishes = "publish" in request.POST
    if _done(form, lambda: _keep(request, post_id, form)) and (
        not publishes or _publishes(request, post, form)
    ):
        toast_next(request, str(PUBLISHED) if publishes else gettext("Saved."))
        return redirect("post_edit", post_id)
    context = {
        "page": page,
        "post": post,
        "role": post.requisition,
        "form": form,
        "texts_form": _texts_form(post),
        "findings": _unlawful(post, form),
        "gaps": [(gap.text, _where(post, gap.field)) for gap in page.gaps],
        "waits": page.waits,
        "statements": page.statements,
        "done_here": page.done_here,
    } | (_way(request, post.requisition_id) if post.published_at is None else {"stops": []})
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _texts_form(post: JobPost, data: Any = None) -> TextsForm:
    """The advert in the languages beside its first."""
    wording = {"data-wording": "advert"}
    text = Textarea(attrs={"rows": 10, "data-richtext": "post-toolbar", **wording})
    fields = {
        "title": (gettext("Title"), TextInput(attrs={"maxlength": 200, **wording})),
        "body": (gettext("Text"), text),
    }
    return TextsForm(data, texts=post.texts, first=post.language, fields=fields, prefix="said")


@signed_in()
@require_POST
def post_texts(request: StaffRequest, post_id: int) -> HttpResponse:
    """The advert in further languages."""
    post = queries.get_post(request.user, post_id, CHANGE)
    form = _texts_form(post, request.POST)
    if form.is_valid():
        actions.change_post(post_id=post_id, texts=form.texts(), **_who(request))
        toast_next(request, gettext("Saved."))
    return redirect("post_edit", post_id)


def _keep(request: StaffRequest, post_id: int, form: PostForm) -> JobPost:
    knowingly = form.cleaned_data["knowingly"]
    return actions.change_post(post_id=post_id, knowingly=knowingly, **form.facts(), **_who(request))


def _publishes(request: StaffRequest, post: JobPost, form: PostForm) -> bool:
    """Whether it is out; what is wrong with its words stands on the form, what else is missing is told."""
    try:
        _publish(request, post, form.cleaned_data)
    except Invalid as error:
        show_error(form, error)
        return False
    return True


def _publish(request: StaffRequest, post: JobPost, reasons: Mapping[str, str]) -> JobPost:
    is_draft = post.requisition.state == RequisitionState.DRAFT
    action = actions.open_and_publish if is_draft else actions.publish_post
    given: dict[str, Any] = {name: reasons.get(name, "") for name in REASONS}
    return action(post_id=post.pk, **given, **_who(request))


def _unlawful(post: JobPost, form: PostForm) -> list[Finding]:
    """What is unlawful in the words as they were typed, once they were refused for it."""
    if "knowingly" not in form.errors:
        return []
    form.fields["knowingly"].required = True  # it is not optional any more
    for name in {"title", "body"} & form.cleaned_data.keys():
        setattr(post, name, form.cleaned_data[name])
    return wording.unlawful_anywhere(post)


def _where(post: JobPost, field: str) -> str:
    """The page on which a gap is closed; empty for this one."""
    if field.startswith("/"):
        return field
    return "" if field in PostForm.base_fields else wizard.where(post.requisition, field)


@signed_in()
@require_POST
def post_publish(request: StaffRequest, post_id: int) -> HttpResponse:
    post = queries.get_post(request.user, post_id, CHANGE)
    _publish(request, post, request.POST.dict())
    toast_next(request, str(PUBLISHED))
    return redirect("post_edit", post_id)


@signed_in()
@require_POST
def post_close(request: StaffRequest, post_id: int) -> HttpResponse:
    actions.close_post(post_id=post_id, **_who(request))
    toast_next(request, gettext("Closed. Its address shows the open jobs instead."))
    return redirect("post_edit", post_id)


@signed_in()
@reads_and_writes
def question_new(request: StaffRequest, post_id: int) -> HttpResponse:
    post = queries.get_post(request.user, post_id, CHANGE)
    form = QuestionForm(request.POST or None)
    if _done(form, lambda: change_questions.add_question(post_id=post_id, **form.words(), **_who(request))):
        return redirect(f"{reverse('post_edit', args=[post_id])}#questions")
    return _question_page(request, post, form, gettext("Ask a question"))


@signed_in()
@reads_and_writes
def question_edit(request: StaffRequest, question_id: int) -> HttpResponse:
    question = queries.get_question(request.user, question_id)
    form = QuestionForm(request.POST or None, question=question)
    if _done(
        form,
        lambda: change_questions.change_question(question_id=question_id, **form.words(), **_who(request)),
    ):
        return redirect(f"{reverse('post_edit', args=[question.post_id])}#questions")
    return _question_page(request, question.post, form, gettext("Change a question"))


def _question_page(request: StaffRequest, post: JobPost, form: QuestionForm, title: str) -> HttpResponse:
    context = {"post": post, "role": post.requisition, "form": form, "title": title}
    return render(request, "requisitions/posts/question.html", context, status=422 if form.errors else 200)


@signed_in()
@require_POST
def question_remove(request: StaffRequest, question_id: int) -> HttpResponse:
    question = queries.get_question(request.user, question_id)
    change_questions.remove_question(question_id=question_id, **_who(request))
    toast_next(request, gettext("It is asked no longer."))
    return redirect(f"{reverse('post_edit', args=[question.post_id])}#questions")


@signed_in()
@require_POST
def question_order(request: StaffRequest, post_id: int) -> HttpResponse:
    """The questions in their new order, as dragged; with htmx the list alone comes back."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Http404("There are no such questions.")
    change_questions.order_questions(
        post_id=post_id, question_ids=form.cleaned_data["questions"], **_who(request)
    )
    return _list(request, post_id)


@signed_in()
@require_POST
def question_shift(request: StaffRequest, question_id: int) -> HttpResponse:
    """One place up or down: what dragging does, from the menu."""
    question = queries.get_question(request.user, question_id)
    order = [row.pk for row in queries.questions_of(question.post)]
    at = order.index(question_id)
    to = at + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    change_questions.order_questions(post_id=question.post_id, question_ids=order, **_who(request))
    return _list(request, question.post_id)


def _list(request: StaffRequest, post_id: int) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{reverse('post_edit', args=[post_id])}#questions")
    post = queries.get_post(request.user, post_id, CHANGE)
    context = {"post": post, "questions": queries.questions_of(post)}
    return toast(render(request, f"{PAGE}#questions-list", context), gettext("The order is kept."))
