"""Filters under a name: kept, shared, followed day by day, and what becomes of those that ask for what is gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid, Missing
from ats.notifications.models import Notification
from candidates.applications.actions import set_tags
from candidates.models import Candidate, FollowedFilter, SavedFilter, Tag
from candidates.saved_filters import actions, queries
from tests import factories as f
from tests.candidates.helpers import run_lane
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
A_DAY = timedelta(days=1)


def tagged(name: str, by: User, tag: str = "sql") -> Candidate:
    person = f.make_candidate(first_name=name)
    set_tags(candidate_id=person.pk, tags=[tag], by=by, now=NOW)
    return person


def of_tag(by: User, tag: str = "sql", **facts: Any) -> SavedFilter:
    number = Tag.objects.get_or_create(name=tag)[0].pk
    return actions.keep(by=by, **{"name": "SQL", "asked": f"tag={number}", "shared": False} | facts)


def told(user: User) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", "link"))


def test_who_follows_is_told_once_a_day_of_whom_it_had_not_found(recruiter: User) -> None:
    tagged("Ada", recruiter)
    row = of_tag(recruiter)
    followed = actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    assert actions.follow(filter_id=row.pk, by=recruiter, now=NOW).pk == followed.pk
    ben, cleo = tagged("Ben", recruiter), tagged("Cleo", recruiter)
    assert run_lane(actions.LANE, NOW) == 0  # its day has not come

    assert run_lane(actions.LANE, NOW + A_DAY) == 1
    link = f"/filters/{row.pk}/fresh/"
    assert told(recruiter) == [("“SQL” finds 2 whom it had not found before.", link)]
    assert sorted(queries.fresh(recruiter, row.pk).fresh) == [ben.pk, cleo.pk]
    assert run_lane(actions.LANE, NOW + A_DAY) == 0

    assert run_lane(actions.LANE, NOW + 2 * A_DAY) == 1
    assert len(told(recruiter)) == 1  # nobody new, nothing said
    assert queries.fresh(recruiter, row.pk).fresh == []


def test_whoever_leaves_and_comes_again_is_new_again(recruiter: User) -> None:
    ada, row = tagged("Ada", recruiter), of_tag(recruiter)
    actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    set_tags(candidate_id=ada.pk, tags=[], by=recruiter, now=NOW)
    run_lane(actions.LANE, NOW + A_DAY)
    set_tags(candidate_id=ada.pk, tags=["sql"], by=recruiter, now=NOW)
    run_lane(actions.LANE, NOW + 2 * A_DAY)
    assert queries.fresh(recruiter, row.pk).fresh == [ada.pk]


def test_each_is_told_of_whom_they_may_see_alone(recruiter: User) -> None:
    manager = f.make_user(Role.MANAGER)
    row = of_tag(recruiter, shared=True)
    actions.follow(filter_id=row.pk, by=manager, now=NOW)
    tagged("Ada", recruiter)
    run_lane(actions.LANE, NOW + A_DAY)
    assert told(manager) == []


def test_what_is_shared_is_seen_and_followed_and_its_owner_alone_changes_it(recruiter: User) -> None:
    colleague = f.make_user(Role.RECRUITER)
    row = of_tag(recruiter)
    with pytest.raises(Missing):
        actions.follow(filter_id=row.pk, by=colleague, now=NOW)
    assert queries.filters(colleague) == []

    actions.change(filter_id=row.pk, by=recruiter, now=NOW, name="SQL", shared=True)
    actions.follow(filter_id=row.pk, by=colleague, now=NOW)
    [shown] = queries.filters(colleague)
    assert (shown.is_own, shown.says, shown.followed is not None) == (False, [("Tag", "sql")], True)
    with pytest.raises(Missing):
        actions.change(filter_id=row.pk, by=colleague, now=NOW, name="Mine", shared=True)
    with pytest.raises(Missing):
        actions.remove(filter_id=row.pk, by=colleague)

    actions.change(filter_id=row.pk, by=recruiter, now=NOW, name="SQL", shared=False)
    assert not FollowedFilter.objects.filter(user=colleague).exists()
    actions.remove(filter_id=row.pk, by=recruiter)
    assert queries.filters(recruiter) == []


def test_a_filter_on_what_is_gone_says_so_and_tells_nobody_of_everybody(recruiter: User) -> None:
    row = of_tag(recruiter)
    actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    Tag.objects.all().delete()
    f.make_candidate(first_name="Ada")
    run_lane(actions.LANE, NOW + A_DAY)
    run_lane(actions.LANE, NOW + 2 * A_DAY)
    assert [text for text, _ in told(recruiter)] == [
        "“SQL” cannot be followed now: look at what it asks for."
    ]
    with pytest.raises(Invalid, match="it would find everybody"):
        actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    [shown] = queries.filters(recruiter)
    assert (shown.says, shown.problem) == ([("Tag", "gone")], "Something that it asks for is gone.")


def test_one_that_asks_for_something_else_begins_anew(recruiter: User) -> None:
    ada, row = tagged("Ada", recruiter, "rust"), of_tag(recruiter)
    actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    asked = f"tag={Tag.objects.get(name='rust').pk}"
    actions.change(filter_id=row.pk, by=recruiter, now=NOW, name="Rust", shared=False, asked=asked)
    assert FollowedFilter.objects.get().known == [ada.pk]
    run_lane(actions.LANE, NOW + A_DAY)
    assert told(recruiter) == []


def test_who_left_is_told_of_nothing(recruiter: User) -> None:
    row = of_tag(recruiter)
    actions.follow(filter_id=row.pk, by=recruiter, now=NOW)
    tagged("Ada", recruiter)
    User.objects.filter(pk=recruiter.pk).update(is_active=False)
    assert run_lane(actions.LANE, NOW + A_DAY) == 1
    assert told(recruiter) == []


def test_names_are_given_once_and_asking_for_everybody_is_no_filter(recruiter: User) -> None:
    of_tag(recruiter)
    for facts, said in (
        ({"name": " sql "}, "You have a filter of this name already."),
        ({"name": "  "}, "Give it a name."),
        ({"name": "x" * 81}, "Keep it under 80 characters."),
        ({"name": "Long", "asked": "q=" + "x" * 2000}, "It asks for too much to be kept: use fewer words."),
        ({"name": "All", "asked": ""}, "This asks for everybody. Choose or type something first."),
    ):
        with pytest.raises(Invalid, match=said):
            of_tag(recruiter, **facts)
    with pytest.raises(IntegrityError):
        SavedFilter.objects.create(owner=recruiter, name="sQl", asked="q=x")


def test_pages(client: Any, recruiter: User) -> None:
    client.force_login(recruiter)
    ada = tagged("Ada", recruiter)
    asked = f"tag={Tag.objects.get().pk}"
    page = client.get("/filters/new/", {"tag": Tag.objects.get().pk, "stage": "nonsense"}).content.decode()
    assert f'name="asked" value="{asked}"' in page
    given = {"asked": asked, "name": "SQL", "shared": "on", "follow": "on"}
    answer = client.post("/filters/new/", given)
    assert (answer.status_code, answer["Location"]) == (302, f"/candidates/?{asked}")
    assert client.post("/filters/new/", given).status_code == 422
    long = {"asked": "q=" + "%C3%A9" * 1000, "name": "Long"}
    assert client.post("/filters/new/", long).status_code == 422
    row = SavedFilter.objects.get()
    assert (row.owner, row.name, row.asked, row.shared) == (recruiter, "SQL", asked, True)
    ben = tagged("Ben", recruiter)
    run_lane(actions.LANE, NOW + A_DAY)
    page = client.get(f"/filters/{row.pk}/fresh/").content.decode()
    assert (f"/candidates/{ben.pk}/" in page, f"/candidates/{ada.pk}/" in page) == (True, False)
    assert client.post(f"/filters/{row.pk}/follow/", {"no": "1"}).status_code == 302
    assert client.get(f"/filters/{row.pk}/fresh/").status_code == 404
    client.post(f"/filters/{row.pk}/", {"name": "Queries"})
    row.refresh_from_db()
    assert (row.name, row.shared) == ("Queries", False)
    client.post(f"/filters/{row.pk}/remove/")
    assert not SavedFilter.objects.exists()
