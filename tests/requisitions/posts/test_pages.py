from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from requisitions.models import JobPost, Requisition
from tests.factories import (
    make_location,
    make_organisation,
    make_post,
    make_question,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

BODY = "<p>" + "You keep the daily figures right for everybody who decides by them. " * 3 + "</p>"
FORM = {"title": "Data Engineer", "body": BODY, "language": "en", "valid_through": ""}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def recruiter(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def ready(recruiter: User, **facts: Any) -> Requisition:
    organisation = make_organisation()
    return make_requisition(
        recruiter=recruiter, organisation=organisation, location=make_location(organisation), **facts
    )


def test_a_post_is_written_published_and_closed(client: Client, recruiter: User) -> None:
    role = ready(recruiter, reference="R-9101")

    written = client.post(f"/requisitions/{role.pk}/posts/new/", FORM)
    post = JobPost.objects.get()
    assert written["Location"] == f"/requisitions/posts/{post.pk}/"
    assert (post.slug, post.state, post.body) == ("data-engineer-r-9101", "draft", BODY)

    client.post(written["Location"], FORM | {"title": "Data Engineer, Berlin", "publish": "1"})
    post.refresh_from_db()
    assert (post.title, post.state) == ("Data Engineer, Berlin", "published")

    client.post(f"/requisitions/posts/{post.pk}/close/")
    post.refresh_from_db()
    assert post.state == "closed"
    client.post(f"/requisitions/posts/{post.pk}/publish/")
    post.refresh_from_db()
    assert post.state == "published"


def test_the_page_says_what_is_missing_and_where_to_give_it(client: Client, recruiter: User) -> None:
    role = make_requisition("draft", recruiter=recruiter, pay_min=None, pay_max=None)
    post = make_post(role, state="draft")
    base = f"/requisitions/{role.pk}"

    page = client.get(f"/requisitions/posts/{post.pk}/")

    assert page.context["gaps"] == [
        ("Say at least one must-have, and why it decides.", f"{base}/edit/needs/"),
        ("Give the pay range: nobody applies here without knowing what it pays.", f"{base}/edit/pay/"),
        ("Say where the role is; for remote work, the office it belongs to.", f"{base}/edit/role/"),
        ("Describe the job in at least 8 words.", ""),
    ]


def test_what_was_typed_is_saved_though_it_cannot_be_published_yet(client: Client, recruiter: User) -> None:
    post = make_post(make_requisition("draft", recruiter=recruiter), state="draft")

    address = f"/requisitions/posts/{post.pk}/"
    answer = client.post(
        address, FORM | {"publish": "1"}, headers={"Referer": f"http://testserver{address}"}, follow=True
    )

    assert [str(message)[:35] for message in answer.context["messages"]] == [
        "Before this post can be published: "
    ]
    post.refresh_from_db()
    assert (post.state, post.body) == ("draft", BODY)


def test_a_mistake_keeps_what_was_typed(client: Client, recruiter: User) -> None:
    post = make_post(make_requisition(recruiter=recruiter))

    answer = client.post(f"/requisitions/posts/{post.pk}/", FORM | {"title": "", "valid_through": "soon"})

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["title", "valid_through"]
    assert b"You keep the daily figures" in answer.content


def test_questions_are_asked_changed_ordered_and_taken_out(client: Client, recruiter: User) -> None:
    post = make_post(make_requisition(recruiter=recruiter))
    new = f"/requisitions/posts/{post.pk}/questions/new/"

    client.post(new, {"label": "Where?", "kind": "choice", "options": "Berlin\nLisbon\n\n", "required": "on"})
    client.post(new, {"label": "Why?", "kind": "long", "options": "left over"})
    wrong = client.post(new, {"label": "Which?", "kind": "several", "options": "One"})
    assert list(wrong.context["form"].errors) == ["options"]
    where, why = post.questions.order_by("position")
    assert (where.options, where.required, why.options) == (["Berlin", "Lisbon"], True, [])

    client.post(
        f"/requisitions/questions/{where.pk}/",
        {"label": "In which place?", "kind": "file", "options": "A\nB"},
    )
    where.refresh_from_db()
    assert (where.label, where.kind, where.options) == ("In which place?", "choice", ["A", "B"])

    order = {"questions": f"{why.pk},{where.pk}"}
    client.post(f"/requisitions/posts/{post.pk}/questions/order/", order, headers=HTMX)
    assert list(post.questions.order_by("position")) == [why, where]
    listed = client.post(f"/requisitions/questions/{where.pk}/shift/", {"way": "up"}, headers=HTMX)
    assert list(post.questions.order_by("position")) == [where, why]
    assert listed.content.index(b"In which place?") < listed.content.index(b"Why?")
    assert b"<html" not in listed.content

    client.post(f"/requisitions/questions/{where.pk}/remove/")
    assert client.get(f"/requisitions/questions/{where.pk}/").status_code == 404
    assert client.get(f"/requisitions/posts/{post.pk}/").context["page"].questions == [why]


def test_only_who_runs_the_role_writes_its_posts() -> None:
    post = make_post()
    question = make_question(post)
    client = Client()

    for who in (post.requisition.hiring_manager, make_user(Role.STAKEHOLDER)):
        client.force_login(who)
        for address in (
            f"/requisitions/{post.requisition_id}/posts/new/",
            f"/requisitions/posts/{post.pk}/",
            f"/requisitions/posts/{post.pk}/publish/",
            f"/requisitions/posts/{post.pk}/close/",
            f"/requisitions/posts/{post.pk}/questions/new/",
            f"/requisitions/questions/{question.pk}/",
            f"/requisitions/questions/{question.pk}/shift/",
            f"/requisitions/questions/{question.pk}/remove/",
        ):
            assert client.post(address, FORM).status_code == 404, address


def test_unlawful_words_are_shown_with_what_instead_and_published_only_with_a_reason(
    client: Client, recruiter: User
) -> None:
    post = make_post(ready(recruiter), state="draft")
    address = f"/requisitions/posts/{post.pk}/"
    form = FORM | {"title": "Young engineer", "publish": "1"}

    refused = client.post(address, form)
    post.refresh_from_db()
    assert (refused.status_code, post.title, post.state) == (422, "Young engineer", "draft")
    assert [one.words for one in refused.context["findings"]] == ["Young"]
    assert list(refused.context["form"].errors) == ["knowingly"]
    assert "A curious team that tries things out" in refused.content.decode()

    done = client.post(address, form | {"knowingly": "It is the name of the company."})
    post.refresh_from_db()
    assert (done.status_code, post.state) == (302, "published")
