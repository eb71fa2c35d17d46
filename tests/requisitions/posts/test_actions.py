from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.duework.models import DueTask
from ats.kernel.errors import Invalid, Missing, WrongState
from requisitions.models import JobPost, Requisition
from requisitions.posts import actions
from requisitions.roles import actions as roles
from tests.factories import (
    NOW,
    make_calendar,
    make_location,
    make_organisation,
    make_post,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

BODY = "<p>" + "You keep the daily figures right for everybody who decides by them. " * 3 + "</p>"


def ready(**facts: Any) -> Requisition:
    organisation = make_organisation(calendar=make_calendar("Europe/Berlin"))
    return make_requisition(
        organisation=organisation, location=make_location(organisation), must_haves=("SQL",), **facts
    )


def create(role: Requisition, **facts: Any) -> JobPost:
    return actions.create_post(requisition_id=role.pk, by=role.recruiter, now=NOW, **{"body": BODY} | facts)


def publish(post: JobPost, now: datetime = NOW) -> JobPost:
    return actions.publish_post(post_id=post.pk, by=post.requisition.recruiter, now=now)


def test_a_new_post_takes_the_title_and_an_address_of_its_own() -> None:
    role = ready(title="Data Engineer (m/f/x)", reference="R-9001")

    first, second, other = create(role), create(role), create(role, title="数据工程师")

    assert (first.title, first.state) == ("Data Engineer (m/f/x)", "draft")
    assert [post.slug for post in (first, second, other)] == [
        "data-engineer-mfx-r-9001",
        "data-engineer-mfx-r-9001-2",
        "job-r-9001",
    ]


def test_the_longest_title_fits_its_address() -> None:
    posts = [create(ready(title="very long " * 20, reference="R-9002")) for _ in range(1)]

    assert posts[0].slug.endswith("-r-9002")
    assert len(posts[0].slug) <= 120


def test_the_address_outlives_the_title() -> None:
    post = create(ready())
    before = post.slug

    actions.change_post(post_id=post.pk, by=post.requisition.recruiter, now=NOW, title="Another title")

    post.refresh_from_db()
    assert (post.slug, post.title) == (before, "Another title")
    assert Activity.objects.get(verb="post.changed").data["what"] == "the title"


def test_what_is_written_is_cleaned_when_it_is_saved() -> None:
    post = create(ready(), body='<h1 onclick="x()">You</h1><script>alert(1)</script>' + BODY)

    assert post.body == "<h2>You</h2>" + BODY


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"language": "xx"}, "language"),
        ({"body": "x" * 60_001}, "body"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(ready(), **facts)

    assert refused.value.field == field


@pytest.mark.ordinary_day
def test_publishing_says_everything_that_is_missing() -> None:
    role = make_requisition("draft", confidential=True, pay_min=None, pay_max=None)
    post = create(role, body="<p>Short.</p>", valid_through=date(2026, 11, 1))

    with pytest.raises(WrongState) as refused:
        publish(post)

    assert refused.value.message == (
        "Before this post can be published:"
        " Open the role first: people apply to open roles only."
        " This role is confidential: a post would show it to everybody."
        " Give the pay range: nobody applies here without knowing what it pays."
        " Say where the role is; for remote work, the office it belongs to."
        " Describe the job in at least 8 words."
        " The last day to apply has passed."
    )


def test_publish_close_and_publish_again_at_the_same_address() -> None:
    post = create(ready())

    publish(post)
    assert list(JobPost.objects.live()) == [post]
    actions.close_post(post_id=post.pk, by=post.requisition.recruiter, now=NOW + timedelta(days=1))
    post.refresh_from_db()
    assert (post.state, post.closed_at) == ("closed", NOW + timedelta(days=1))
    publish(post, NOW + timedelta(days=2))

    post.refresh_from_db()
    assert (post.state, post.closed_at, post.published_at) == ("published", None, NOW + timedelta(days=2))
    with pytest.raises(WrongState):
        publish(post)
    assert list(Activity.objects.order_by("id").values_list("verb", flat=True)) == [
        "post.created",
        "post.published",
        "post.closed",
        "post.published",
    ]


def test_a_published_post_keeps_a_text() -> None:
    post = create(ready())
    publish(post)

    with pytest.raises(Invalid) as refused:
        actions.change_post(post_id=post.pk, by=post.requisition.recruiter, now=NOW, body="<p></p>")

    assert refused.value.field == "body"
    post.refresh_from_db()
    assert post.body == BODY


@pytest.mark.ordinary_day
def test_it_closes_after_its_last_day_where_it_hires() -> None:
    post = create(ready(), valid_through=date(2026, 11, 30))
    publish(post)
    midnight = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # in Berlin

    engine.tick(midnight - timedelta(seconds=1))
    post.refresh_from_db()
    assert post.state == "published"

    engine.tick(midnight)
    post.refresh_from_db()
    assert (post.state, post.closed_at) == ("closed", midnight)
    assert Activity.objects.get(verb="post.closed").actor_kind == "system"


@pytest.mark.ordinary_day
def test_a_later_last_day_takes_the_place_of_the_earlier_one() -> None:
    post = create(ready(), valid_through=date(2026, 11, 30))
    publish(post)
    who: dict[str, Any] = {"post_id": post.pk, "by": post.requisition.recruiter}

    actions.change_post(**who, now=NOW + timedelta(hours=1), valid_through=date(2026, 12, 4))
    engine.tick(datetime(2026, 12, 1, tzinfo=UTC))
    post.refresh_from_db()
    assert post.state == "published"

    actions.change_post(**who, now=NOW + timedelta(hours=2), valid_through=None)
    engine.tick(datetime(2026, 12, 31, tzinfo=UTC))
    post.refresh_from_db()
    assert post.state == "published"
    assert list(DueTask.objects.order_by("id").values_list("state", flat=True)) == ["cancelled", "cancelled"]


def test_its_posts_close_with_the_role() -> None:
    role = ready()
    post, draft = create(role), create(role)
    publish(post)

    roles.end(requisition_id=role.pk, new_state="closed", reason="Not needed.", by=role.recruiter, now=NOW)

    post.refresh_from_db()
    draft.refresh_from_db()
    assert (post.state, draft.state) == ("closed", "draft")
    closed = Activity.objects.get(verb="post.closed")
    assert (closed.actor_id, closed.requisition_id) == (role.recruiter_id, role.pk)


def test_only_who_runs_the_role_writes_its_posts() -> None:
    post = make_post()
    role = post.requisition

    for who in (role.hiring_manager, make_user(Role.STAKEHOLDER)):
        for call in (
            lambda by: actions.create_post(requisition_id=role.pk, by=by, now=NOW),
            lambda by: actions.change_post(post_id=post.pk, by=by, now=NOW, title="Mine"),
            lambda by: actions.publish_post(post_id=post.pk, by=by, now=NOW),
            lambda by: actions.close_post(post_id=post.pk, by=by, now=NOW),
        ):
            with pytest.raises(Missing):
                call(who)
    assert role.hiring_manager.has_perm("requisitions.view_post", post)
    assert not make_user(Role.STAKEHOLDER).has_perm("requisitions.view_post", post)


UNLAWFUL = "<p>We are a young team and look for someone who builds things that people use.</p>"


@pytest.mark.ordinary_day
def test_unlawful_words_are_published_by_name_and_reason_or_not_at_all() -> None:
    role = ready()
    post = create(role, body=UNLAWFUL)

    with pytest.raises(Invalid, match="“young”") as refused:
        publish(post)
    assert refused.value.field == "knowingly"
    post.refresh_from_db()
    assert post.state == "draft"

    who: dict[str, Any] = {"post_id": post.pk, "by": role.recruiter, "now": NOW}
    actions.publish_post(**who, knowingly="The customer's own name.")
    with pytest.raises(Invalid):
        actions.change_post(**who, title="Young engineer")
    actions.change_post(**who, valid_through=date(2026, 12, 24))
    assert Activity.objects.get(verb="post.worded_knowingly").data == {
        "title": post.title,
        "post_id": post.pk,
        "words": "“young”",
        "topics": "age",
        "why": "The customer's own name.",
    }
