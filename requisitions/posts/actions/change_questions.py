"""Every write to the questions that a post asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.kept import quoted
from ats.kernel.staff_words import gettext
from requisitions.posts.actions import get_post
from requisitions.posts.models import JobPost, PostState, Question, QuestionKind
from requisitions.posts.queries import words as wording

WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})
MOST_QUESTIONS = 30
MOST_OPTIONS = 50


class QuestionWords(TypedDict, total=False):
    """What can be said of a question."""

    kind: str
    label: str
    help_text: str
    required: bool
    options: Sequence[str]


@transaction.atomic
def add_question(*, post_id: int, by: User, now: datetime, **words: Unpack[QuestionWords]) -> Question:
    """Ask one thing more, after the others."""
    post = get_post(post_id, by)
    asked = post.questions.filter(removed_at__isnull=True)
    if asked.count() >= MOST_QUESTIONS:
        raise Invalid(gettext("Nobody answers more questions than that."), field="label")
    last = post.questions.aggregate(last=Max("position"))["last"]
    question = Question(post=post, position=0 if last is None else last + 1, **_cleaned(dict(words)))
    _check(question)
    _check_words(question)
    question.save()
    _record(post, by=by, now=now)
    return question


@transaction.atomic
def change_question(*, question_id: int, by: User, now: datetime, **words: Unpack[QuestionWords]) -> Question:
    """Change a question; answers that were given keep the words to which they were given."""
    question = _get(question_id, by)
    given = _cleaned(dict(words))
    changed = [name for name, value in given.items() if value != getattr(question, name)]
    if "kind" in changed and question.post.published_at is not None:
        raise WrongState(gettext("People may have answered it already: remove it and ask another one."))
    for name in changed:
        setattr(question, name, given[name])
    if "kind" in changed and question.kind not in WITH_OPTIONS:
        question.options = []
        changed = list({*changed, "options"})
    _check(question)
    if changed:
        _check_words(question)
        question.save(update_fields=changed)
        _record(question.post, by=by, now=now)
    return question


@transaction.atomic
def order_questions(*, post_id: int, question_ids: Sequence[int], by: User, now: datetime) -> list[Question]:
    """Ask them in this order: all that are asked."""
    post = get_post(post_id, by)
    questions = {
        row.pk: row for row in post.questions.filter(removed_at__isnull=True).order_by("position", "id")
    }
    if sorted(question_ids) != sorted(questions):
        raise Conflict(gettext("The questions were changed by somebody else: look at them again."))
    ordered = [questions[question_id] for question_id in question_ids]
    if ordered == list(questions.values()):
        return ordered
    for position, question in enumerate(ordered):
        question.position = position
    Question.objects.bulk_update(ordered, ["position"])
    _record(post, by=by, now=now)
    return ordered


@transaction.atomic
def remove_question(*, question_id: int, by: User, now: datetime) -> None:
    """Ask it no longer. Where somebody may have answered it, it stays in the record, and so do the answers."""
    question = _get(question_id, by)
    if question.removed_at is not None:
        return
    if question.post.published_at is None:
        question.delete()
    else:
        question.removed_at = now
        question.save(update_fields=["removed_at"])
    _record(question.post, by=by, now=now)


def _get(question_id: int, by: User) -> Question:
    question = Question.objects.filter(pk=question_id).first()
    post = get_post(question.post_id if question else 0, by)
    if question is None:
        raise Missing(
            gettext("No question with the number %(question_id)s is visible.") % {"question_id": question_id}
        )
    question.post = post
    question.refresh_from_db(fields=["kind", "label", "help_text", "required", "options", "removed_at"])
    return question


def _cleaned(words: dict[str, Any]) -> dict[str, Any]:
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}
    if "options" in tidy:
        options = [option.strip() for option in tidy["options"] if option.strip()]
        tidy["options"] = list(dict.fromkeys(options))
    return tidy


def _check(question: Question) -> None:
    if question.kind not in QuestionKind.values:
        raise Invalid(gettext("Choose a kind of answer."), field="kind")
    if not question.label or len(question.label) > 300:
        raise Invalid(gettext("Write the question in at most 300 characters."), field="label")
    if len(question.help_text) > 300:
        raise Invalid(gettext("Keep the help under 300 characters."), field="help_text")
    if question.kind in WITH_OPTIONS:
        if not 2 <= len(question.options) <= MOST_OPTIONS:
            raise Invalid(
                gettext("Give from 2 to %(MOST_OPTIONS)s choices, one a line.")
                % {"MOST_OPTIONS": MOST_OPTIONS},
                field="options",
            )
        if any(len(option) > 200 for option in question.options):
            raise Invalid(gettext("Keep each choice under 200 characters."), field="options")
    elif question.options:
        raise Invalid(gettext("This kind of question has no choices."), field="options")


def _check_words(question: Question) -> None:
    """A form that is out asks nothing that is unlawful at its place; a draft is looked through when it is published."""
    if question.post.state != PostState.PUBLISHED:
        return
    if found := wording.asked(question, question.post.requisition.jurisdiction):
        said = gettext("Asking for %(words)s would be unlawful. %(alternative)s")
        words, alternative = quoted(found[0].words), found[0].told.alternative
        raise Invalid(said % {"words": words, "alternative": alternative}, field="label")


def _record(post: JobPost, *, by: User, now: datetime) -> None:
    data = {"title": post.title, "slug": post.slug, "post_id": post.pk}
    record(
        "post.changed",
        subject=post,
        by=by,
        now=now,
        data=data | {"fields": ["questions"], "what": "the questions"},
    )
