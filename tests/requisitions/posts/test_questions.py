from typing import Any

import pytest

from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from candidates.models import Answer
from requisitions.models import JobPost, QuestionKind
from requisitions.posts.actions import change_questions
from tests.factories import NOW, make_application, make_post, make_question, make_requisition

pytestmark = pytest.mark.django_db


def who(post: JobPost) -> dict[str, Any]:
    return {"by": post.requisition.recruiter, "now": NOW}


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_every_kind_can_be_asked(kind: str) -> None:
    post = make_post(state="draft")
    options = ["Berlin", " Lisbon ", "", "Berlin"] if kind in {"choice", "several"} else []

    first = change_questions.add_question(
        post_id=post.pk, kind=kind, label=" Where? ", options=options, **who(post)
    )
    second = change_questions.add_question(
        post_id=post.pk, kind=kind, label="And?", required=True, options=options, **who(post)
    )

    assert (first.label, first.position, first.required) == ("Where?", 0, False)
    assert (second.position, second.required) == (1, True)
    assert first.options == (["Berlin", "Lisbon"] if options else [])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 301}, "label"),
        ({"help_text": "x" * 301}, "help_text"),
        ({"kind": "essay"}, "kind"),
        ({"kind": "choice"}, "options"),
        ({"kind": "several", "options": ["One"]}, "options"),
        ({"kind": "choice", "options": [str(n) for n in range(51)]}, "options"),
        ({"kind": "choice", "options": ["x" * 201, "y"]}, "options"),
        ({"kind": "short", "options": ["a", "b"]}, "options"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(words: dict[str, Any], field: str) -> None:
    post = make_post()

    with pytest.raises(Invalid) as refused:
        change_questions.add_question(
            post_id=post.pk, **{"label": "Why?", "kind": "short"} | words, **who(post)
        )

    assert refused.value.field == field


def test_nobody_is_asked_without_end() -> None:
    post = make_post()
    for _ in range(30):
        make_question(post)

    with pytest.raises(Invalid):
        change_questions.add_question(post_id=post.pk, kind="short", label="One more?", **who(post))


def test_a_draft_forgets_what_is_removed() -> None:
    post = make_post(state="draft")
    question = make_question(post)

    change_questions.remove_question(question_id=question.pk, **who(post))

    assert not post.questions.exists()


def test_what_was_answered_stays_with_its_answers() -> None:
    post = make_post()
    question = make_question(post)
    application = make_application(requisition=post.requisition, post=post)
    Answer.objects.create(application=application, question=question, label=question.label, value="Yes")

    change_questions.remove_question(question_id=question.pk, **who(post))
    change_questions.remove_question(question_id=question.pk, **who(post))

    question.refresh_from_db()
    assert question.removed_at == NOW
    assert list(application.answers.values_list("value", flat=True)) == ["Yes"]


def test_the_kind_stays_where_people_may_have_answered() -> None:
    post, draft = make_post(), make_post(state="draft")
    asked, mere = make_question(post, "choice"), make_question(draft, "choice")

    with pytest.raises(WrongState):
        change_questions.change_question(question_id=asked.pk, kind="short", **who(post))
    change_questions.change_question(question_id=asked.pk, label="Better words", **who(post))
    change_questions.change_question(question_id=mere.pk, kind="long", **who(draft))

    asked.refresh_from_db()
    mere.refresh_from_db()
    assert (asked.kind, asked.label) == ("choice", "Better words")
    assert (mere.kind, mere.options) == ("long", [])


def test_the_order_is_of_all_that_are_asked() -> None:
    post = make_post()
    first, second, third = (make_question(post, position=n) for n in range(3))
    change_questions.remove_question(question_id=second.pk, **who(post))

    change_questions.order_questions(post_id=post.pk, question_ids=[third.pk, first.pk], **who(post))
    with pytest.raises(Conflict):
        change_questions.order_questions(
            post_id=post.pk, question_ids=[third.pk, first.pk, second.pk], **who(post)
        )

    asked = post.questions.filter(removed_at__isnull=True).order_by("position")
    assert [question.pk for question in asked] == [third.pk, first.pk]


def test_a_stranger_cannot_tell_that_there_is_a_question() -> None:
    question = make_question(make_post(make_requisition(confidential=True)))
    stranger = make_requisition().recruiter

    for call in (
        lambda: change_questions.add_question(
            post_id=question.post_id, kind="short", label="?", by=stranger, now=NOW
        ),
        lambda: change_questions.change_question(question_id=question.pk, label="Mine", by=stranger, now=NOW),
        lambda: change_questions.order_questions(
            post_id=question.post_id, question_ids=[], by=stranger, now=NOW
        ),
        lambda: change_questions.remove_question(question_id=question.pk, by=stranger, now=NOW),
        lambda: change_questions.remove_question(question_id=0, by=stranger, now=NOW),
    ):
        with pytest.raises(Missing):
            call()
