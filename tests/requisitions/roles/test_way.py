"""The way of a role to its advert: what is missing, where one goes on, and a place that was missed."""

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.models import Activity
from requisitions.models import JobPost, Requisition
from requisitions.posts import actions as posts
from tests.factories import NOW, make_location, make_organisation, make_requisition, make_user

pytestmark = pytest.mark.django_db
TEXT = "<p>You build and run what turns forty feeds a night into one timetable.</p>"
NOTHING_BUT = {"remote_mode": "on_site", "employment_type": "full_time", "openings": 1}


@pytest.fixture
def recruiter(client: Client) -> User:
    user = make_user(Role.RECRUITER)
    client.force_login(user)
    return user


def draft(recruiter: User, **facts: object) -> Requisition:
    organisation = make_organisation()
    facts = {"location": make_location(organisation), **facts}
    return make_requisition(
        "draft", organisation=organisation, recruiter=recruiter, must_haves=("SQL",), **facts
    )  # type: ignore[arg-type]


def test_everything_is_there_only_when_publishing_works(client: Client, recruiter: User) -> None:
    """What the page of a draft still asks for is what publishing would refuse, and nothing else."""
    role = draft(recruiter, pay_min=None, pay_max=None, location=None)
    base = f"/requisitions/{role.pk}"

    def ahead() -> list[tuple[str, str]]:
        page = client.get(f"{base}/")
        gaps: list[tuple[str, str]] = page.context["ahead"]
        assert ("Everything is there." in page.content.decode()) is (gaps == [])
        return gaps

    pay = ("Give the pay range: nobody applies here without knowing what it pays.", f"{base}/edit/pay/")
    place = ("Say where the role is; for remote work, the office it belongs to.", f"{base}/edit/role/")
    assert ahead() == [pay, place, ("Write the text of the advert.", f"{base}/posts/new/")]

    post = posts.create_post(requisition_id=role.pk, body="Young team.", by=recruiter, now=NOW)
    own = f"/requisitions/posts/{post.pk}/"
    words = ("Describe the job in at least 8 words.", own)
    assert ahead()[:3] == [pay, place, words]

    posts.change_post(post_id=post.pk, body=TEXT, by=recruiter, now=NOW)
    Requisition.objects.update(pay_min=1, pay_max=2, location=make_location(role.organisation, name="Here"))
    assert ahead() == []
    assert client.post(own, {"title": "X", "body": TEXT, "language": "en", "publish": "1"})["Location"] == own
    role.refresh_from_db()
    post.refresh_from_db()
    assert (role.state, post.state) == ("open", "published")


def test_a_draft_that_lacks_something_is_neither_opened_nor_published(
    client: Client, recruiter: User
) -> None:
    role = draft(recruiter, location=None)
    post = posts.create_post(requisition_id=role.pk, body=TEXT, by=recruiter, now=NOW)

    client.post(f"/requisitions/posts/{post.pk}/publish/")

    role.refresh_from_db()
    post.refresh_from_db()
    assert (role.state, post.state) == ("draft", "draft")


def test_saving_a_step_leads_to_what_is_missing_also_to_what_was_left_out(
    client: Client, recruiter: User
) -> None:
    role = draft(recruiter, pay_min=None, pay_max=None, why="We grow.")
    base = f"/requisitions/{role.pk}"
    story = {"why": "We grow, and nobody does it."}

    back = client.post(f"{base}/edit/story/", story)["Location"]
    assert back == f"{base}/edit/pay/"
    pay = {"pay_min": "1", "pay_max": "2", "pay_currency": "EUR", "pay_period": "year"}
    assert client.post(f"{base}/edit/pay/", pay)["Location"] == f"{base}/posts/new/"

    posts.create_post(requisition_id=role.pk, body=TEXT, by=recruiter, now=NOW)
    posts.open_and_publish(post_id=JobPost.objects.get().pk, by=recruiter, now=NOW)
    page = client.get(f"{base}/edit/pay/").content.decode()
    assert ("Save and go on" in page, client.post(f"{base}/edit/pay/", pay)["Location"]) == (
        False,
        f"{base}/",
    )


def test_a_recruiter_adds_the_place_that_is_missed_while_naming_the_role(
    client: Client, recruiter: User
) -> None:
    organisation = make_organisation()
    facts = NOTHING_BUT | {"title": "Baker", "organisation": organisation.pk}

    half = client.post("/requisitions/new/", facts | {"new_city": "Porto"})
    assert (half.status_code, half.context["form"].errors) == (
        422,
        {"new_country": ["A new place needs its city and its country."]},
    )
    for _ in range(2):  # the second finds what the first has added
        client.post("/requisitions/new/", facts | {"new_city": "Porto", "new_country": "PT"})

    place = organisation.locations.get()
    assert (place.name, place.country, place.time_zone) == ("Porto", "PT", "Europe/Lisbon")
    assert [role.location for role in Requisition.objects.all()] == [place, place]
    assert {role.pay_currency for role in Requisition.objects.all()} == {"EUR"}
    added = Activity.objects.get(verb="location.added")
    assert added.actor_id == recruiter.pk


def test_the_only_location_and_its_money_stand_there_already(client: Client, recruiter: User) -> None:
    organisation = make_organisation()
    place = make_location(organisation, name="Leeds", country="GB")

    assert client.get("/requisitions/new/").context["form"].initial["location"] == place
    client.post(
        "/requisitions/new/",
        NOTHING_BUT | {"title": "B", "organisation": organisation.pk, "location": place.pk},
    )

    assert Requisition.objects.get().pay_currency == "GBP"
