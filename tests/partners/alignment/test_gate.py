"""Where an organisation signs, an advert waits for the settled and signed brief; a lead may publish before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Invalid, NotAllowed
from partners.alignment.queries.gate import waits_for
from partners.models import Look
from requisitions.models import JobPost
from requisitions.posts import actions as posts
from tests import factories as make
from tests.factories import NOW
from tests.partners.alignment import parts
from tests.partners.intake import parts as intake

pytestmark = pytest.mark.django_db
BODY = "<p>You keep the daily figures right for everybody who decides by them.</p>"


@pytest.fixture
def comp() -> Any:
    return make.make_user(Role.STAKEHOLDER, name="Carla Comp")


def open_role(comp: Any, **people: Any) -> Any:
    """A role that opened after its organisation had named who signs."""
    role = parts.open_role(organisation=make.make_organisation())
    role.location = make.make_location(role.organisation)
    role.save()
    parts.name(role, waits=True, now=NOW - timedelta(days=1), compensation=comp, **people)
    return role


def draft(role: Any) -> JobPost:
    return make.make_post(role, state="draft", body=BODY)


def publish(post: JobPost, by: Any, before_brief: str = "") -> JobPost:
    return posts.publish_post(post_id=post.pk, by=by, now=NOW, before_brief=before_brief)


def waits(role: Any) -> list[str]:
    return [gap.text for gap in waits_for(role)]


def test_a_settled_and_signed_brief_is_published_by_its_recruiter(comp):
    role = open_role(comp)
    parts.settled(role)
    parts.sign(parts.signature(role, "compensation"), "concern", "It is low.")
    assert publish(draft(role), role.recruiter).state == "published"
    assert not Activity.objects.filter(verb="post.published_before_brief").exists()


def test_before_that_it_is_said_what_is_missing_and_whom_to_ask(comp):
    role = open_role(comp)
    post = draft(role)
    missing = (
        f"Its brief is not settled yet: {role.recruiter} and {role.hiring_manager} both say yes to it first."
    )
    with pytest.raises(NotAllowed) as refused:
        publish(post, role.recruiter)
    assert (
        refused.value.message == f"{missing} Before that a recruiting lead alone can publish it, on record."
    )
    post.refresh_from_db()
    assert post.state == "draft"


def test_what_it_waits_for_in_every_state(comp):
    role = open_role(comp)
    parts.settled(role)
    assert waits(role) == ["Carla Comp has not signed the brief for Compensation yet."]
    parts.sign(parts.signature(role, "compensation"), "no", "Too low.")
    assert waits(role) == ["Carla Comp said no to the brief for Compensation: Too low."]
    parts.sign(parts.signature(role, "compensation"))
    assert waits(role) == []
    parts.change(role, hard_part="Nobody tells you.")
    changed = "Since version 1 of its brief was settled, this changed: the hard part."
    assert waits(role) == [f"{changed} Both partners settle it anew."]
    intake.settle(role)
    assert waits(role) == []


def test_what_candidates_do_not_read_may_still_change(comp):
    role = open_role(comp)
    parts.settled(role)
    parts.sign(parts.signature(role, "compensation"))
    parts.change(role, why="Another why.")
    assert waits(role) == []


def test_who_has_no_access_any_more_is_named(comp):
    role = open_role(comp)
    parts.settled(role)
    comp.is_active = False
    comp.save()
    assert waits(role) == [
        "Compensation has not signed: Carla Comp has no access any more, an administrator names somebody."
    ]


def test_a_lead_publishes_before_it_with_the_reason_on_record(comp):
    lead, role = make.make_user(Role.LEAD), open_role(comp)
    post = draft(role)
    with pytest.raises(Invalid) as refused:
        publish(post, lead)
    assert refused.value.field == "before_brief"
    assert publish(post, lead, "The fair is tomorrow.").state == "published"
    activity = Activity.objects.get(verb="post.published_before_brief")
    assert (activity.actor_id, activity.data["why"]) == (lead.pk, "The fair is tomorrow.")
    assert activity.data["missing"] == [
        f"Its brief is not settled yet: {role.recruiter} and {role.hiring_manager} both say yes to it first."
    ]
    engine.tick(NOW)
    assert Look.objects.get().partnership == role.partnership, "and it is looked through from then on"


def test_a_reason_is_no_way_round_for_others(comp):
    role = open_role(comp)
    with pytest.raises(NotAllowed):
        publish(draft(role), role.recruiter, "I am in a hurry.")


def test_a_role_that_opened_before_somebody_signs_is_published_as_before(comp):
    role = parts.open_role(organisation=make.make_organisation())
    role.location = make.make_location(role.organisation)
    role.save()
    parts.name(role, waits=True, now=NOW + timedelta(minutes=1), compensation=comp)
    assert waits(role) == []
    assert publish(draft(role), role.recruiter).state == "published"


def test_where_nobody_signs_nothing_waits():
    role = parts.open_role()
    parts.name(role, waits=True, now=NOW - timedelta(days=1))
    assert waits(role) == []


def test_an_organisation_may_sign_without_its_adverts_waiting(comp):
    role = parts.open_role()
    parts.name(role, waits=False, now=NOW - timedelta(days=1), compensation=comp)
    assert waits(role) == []


def test_adverts_wait_from_the_day_on_which_that_was_said_and_no_later(comp):
    role = open_role(comp)
    parts.name(role, waits=True, now=NOW + timedelta(days=9), compensation=comp)
    assert len(waits(role)) == 1, "saved again, it waits since when it did"


def test_a_draft_is_opened_first(comp):
    role = open_role(comp)
    new = make.make_requisition(
        "draft", organisation=role.organisation, location=role.location, must_haves=("Python",)
    )
    post = draft(new)
    with pytest.raises(NotAllowed, match="not settled yet"):
        posts.open_and_publish(post_id=post.pk, by=new.recruiter, now=NOW)
    new.refresh_from_db()
    assert new.state == "draft"


def test_the_page_says_it_before(client, comp):
    role = open_role(comp)
    post = draft(role)
    where = reverse("post_edit", args=[post.pk])
    client.force_login(role.recruiter)
    page = client.get(where).content.decode()
    assert "Its brief is not settled yet" in page
    assert reverse("alignment", args=[role.partnership.pk]) in page
    assert "before_brief" not in page
    client.force_login(make.make_user(Role.LEAD))
    assert 'name="before_brief"' in client.get(where).content.decode()
    data = {"title": post.title, "body": BODY, "language": "en", "publish": "1"}
    assert client.post(where, data).status_code == 422
    assert client.post(where, data | {"before_brief": "The fair."}).status_code == 302
    post.refresh_from_db()
    assert post.state == "published"
