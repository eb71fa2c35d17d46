from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid
from ats.kernel.languages import in_language
from ats.management import texts
from requisitions.interview_plan import actions, queries
from requisitions.models import InterviewPool, PlanTemplate, PoolMember, Requisition
from tests.factories import (
    NOW,
    add_member,
    make_location,
    make_planned,
    make_pool,
    make_requisition,
    make_user,
    stage,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def recruiter(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def interview_form(role: Requisition, **more: Any) -> dict[str, Any]:
    facts = {
        "name": "First call",
        "purpose": "Whether we meet.",
        "stage_id": stage(role, "interview").pk,
        "minutes": 30,
        "format": "phone",
        "interviewers_needed": 1,
        "scorecard_hours": 8,
    }
    return facts | more


def kit_form(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    facts = {"q-TOTAL_FORMS": len(questions), "q-INITIAL_FORMS": 0} | more
    for at, question in enumerate(questions):
        facts |= {f"q-{at}-{name}": value for name, value in question.items()}
    return facts


def names(role: Requisition) -> list[str]:
    rows = role.planned_interviews.filter(retired=False).order_by("position")
    return list(rows.values_list("name", flat=True))


def count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_plan_begins_from_a_template_and_is_made_ones_own(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, must_haves=("Python", "Judgement"))
    template = PlanTemplate.objects.get(name="Professional role")
    python, judgement = role.criteria.order_by("position")

    empty = client.get(f"/requisitions/{role.pk}/plan/")
    client.post(f"/requisitions/{role.pk}/plan/template/", {"template": template.pk})
    laid = client.get(f"/requisitions/{role.pk}/plan/")

    assert "No interview here yet." in empty.content.decode()
    assert names(role) == ["First call", "Past work", "A case from the role"]
    assert (laid.context["page"].hours, laid.context["page"].assessed) == ("2 h 15 min", 0)
    assert "Nobody assesses these must-haves" in laid.content.decode()

    call = role.planned_interviews.get(name="First call")
    kit = client.post(f"/requisitions/planned/{call.pk}/assess/", {"criterion": python.pk})
    assert kit["Location"] == f"/requisitions/planned/{call.pk}/kit/"
    question = {"text": "What broke?", "good": "They say it.", "criterion": judgement.pk}
    gone = {"text": "Gone?", "good": "", "criterion": "", "DELETE": "on"}
    data = kit_form(question, gone, criterion_ids=[python.pk], avoid="Riddles.")
    assert client.post(kit["Location"], data)["Location"] == f"/requisitions/{role.pk}/plan/"
    assert set(call.criteria.all()) == {python, judgement}
    assert [(row.text, row.criterion) for row in call.questions.all()] == [("What broke?", judgement)]
    page = client.get(f"/requisitions/{role.pk}/plan/")
    assert (page.context["coverage"].unassessed, page.context["page"].assessed) == ([], 2)

    client.post(f"/requisitions/{role.pk}/plan/keep/", {"name": "Ours", "description": ""})
    assert PlanTemplate.objects.get(name="Ours").interviews.count() == 3
    again = client.post(f"/requisitions/{role.pk}/plan/keep/", {"name": "Ours"})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])


def test_what_ships_is_offered_by_its_names_in_ones_language(client: Client, recruiter: User) -> None:
    """What a plan takes of it is the template's own words: they are the role's from then on."""
    User.objects.filter(pk=recruiter.pk).update(language="de")
    role = make_requisition(recruiter=recruiter)
    template = PlanTemplate.objects.get(name="Professional role")
    PlanTemplate.objects.create(name="Work sample", description="Ours").interviews.create(
        name="First call", purpose="x", position=0, minutes=20
    )
    offered = client.get(f"/requisitions/{role.pk}/plan/").content.decode()
    client.post(f"/requisitions/{role.pk}/plan/template/", {"template": template.pk})
    assert "<span>Fachstelle</span><small>3 Gespräche</small>" in offered
    assert "Erstes Telefonat, 30 Min.; Bisherige Arbeit, 60 Min.; Ein Fall aus der Stelle, 45 Min." in offered
    assert "<span>Work sample</span>" in offered
    assert "First call, 20 Min." in offered
    assert names(role) == ["First call", "Past work", "A case from the role"]


@pytest.mark.parametrize("language", texts.languages_of("requisitions"))
def test_every_template_that_ships_is_offered_in_the_languages_of_colleagues(language: str) -> None:
    def words() -> list[str]:
        shipped = [each for each in queries.templates() if each.is_shipped]
        return [
            word
            for each in shipped
            for word in (each.name, each.description, *(name for name, _ in each.interviews))
        ]

    english = words()
    with in_language(language):
        theirs = words()
    assert len(english) == 17
    assert [one for one, other in zip(english, theirs, strict=True) if one == other] == []


def test_an_interview_is_planned_changed_moved_and_taken_out(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    place = stage(role, "interview")
    new = f"/requisitions/{role.pk}/plan/new/"

    assert client.get(f"{new}?stage={place.pk}").context["form"].initial["stage_id"] == place.pk
    assert client.get(f"{new}?stage=x").status_code == 200
    made = client.post(new, interview_form(role, interviewer_ids=[role.recruiter_id, role.hiring_manager_id]))
    call = role.planned_interviews.get()
    assert made["Location"] == f"/requisitions/planned/{call.pk}/kit/"
    assert (call.interviewers_needed, call.interviewers.count()) == (2, 2)
    client.post(new, interview_form(role, name="Case", format="video", video_link="example.com/room"))
    wrong = client.post(new, interview_form(role, format="on_site"))
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["place"])

    address = f"/requisitions/planned/{call.pk}/"
    client.post(address, interview_form(role, name="Phone call"))
    assert names(role) == ["Phone call", "Case"]
    case = role.planned_interviews.get(name="Case")
    order = f"/requisitions/stages/{place.pk}/plan/order/"
    moved = client.post(order, {"interviews": f"{case.pk},{call.pk}"}, headers=HTMX)
    assert (names(role), b"<html" in moved.content) == (["Case", "Phone call"], False)
    client.post(f"{address}shift/", {"way": "up"})
    assert names(role) == ["Phone call", "Case"]
    client.post(f"{address}shift/", {"way": "down"}, headers=HTMX)
    assert names(role) == ["Case", "Phone call"]
    assert client.post(order, {"interviews": "x"}).status_code == 404
    client.post(f"{address}retire/")
    assert names(role) == ["Case"]
    assert client.get(address).status_code == 404


def test_a_retired_interview_is_planned_again_from_the_page(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    make_planned(role, name="Case", retired=True)
    page = client.get(f"/requisitions/{role.pk}/plan/")
    again = f"/requisitions/planned/{page.context['page'].retired[0].pk}/again/"

    assert (names(role), f'action="{again}"' in page.content.decode()) == ([], True)
    assert client.post(again)["Location"] == f"/requisitions/{role.pk}/plan/"
    assert names(role) == ["Case"]
    assert client.post(again).status_code == 404


def test_what_may_not_be_asked_is_shown_and_kept_only_with_a_reason(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    role.location = make_location(role.organisation, country="US", region="California")
    role.save()
    planned = make_planned(role)
    address = f"/requisitions/planned/{planned.pk}/kit/"
    data = kit_form({"text": "What is your current salary?", "good": "", "criterion": ""})

    page = client.get(address)
    refused = client.post(address, data)

    assert 'data-wording-place="US-CA"' in page.content.decode()
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["knowingly"])
    assert [one.code for one in refused.context["findings"]] == ["pay-history-us"]
    assert "What is your current salary?" in refused.content.decode()
    assert planned.questions.count() == 0
    client.post(address, data | {"knowingly": "They told us first."})
    assert planned.questions.get().text == "What is your current salary?"
    empty = client.post(address, kit_form({"text": "", "good": "Alone.", "criterion": ""}))
    assert (empty.status_code, empty.context["questions"].errors[0]["text"]) == (422, ["Write the question."])


def test_the_plan_costs_the_same_for_one_interview_and_for_ten(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, must_haves=("Python",))
    address = f"/requisitions/{role.pk}/plan/"

    def plan_one() -> None:
        planned = make_planned(role, criteria=("Python",), questions=("Why?", "How?"), minutes=60)
        planned.pool = make_pool(role.organisation, make_user())
        planned.save()
        planned.interviewers.add(role.recruiter, make_user(Role.INTERVIEWER))

    plan_one()
    one, overview = count(client, address), count(client, f"/requisitions/{role.pk}/")
    for _ in range(9):
        plan_one()

    assert (count(client, address), count(client, f"/requisitions/{role.pk}/")) == (one, overview)
    assert one <= 14
    page = client.get(address).content.decode()
    assert "More than four hours." in page
    assert "Asked more than once." in page
    assert client.get(f"/requisitions/planned/{role.planned_interviews.first().pk}/").status_code == 200


def test_the_role_says_what_its_plan_lacks(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter, must_haves=("Python", "Judgement"))
    address = f"/requisitions/{role.pk}/"
    assert "No interview is planned yet." in client.get(address).content.decode()

    make_planned(role, name="Depth", criteria=("Python",), minutes=300)

    page = client.get(address).content.decode()
    assert (
        "1 interview, 5 h of a candidate&#x27;s time." in page
        or "1 interview, 5 h of a candidate's time." in page
    )
    for hint in (
        "Nobody assesses “Judgement”.",
        "Too few people are chosen for Depth.",
        "No questions yet in Depth.",
        "More than four hours are much",
    ):
        assert hint in page


def test_the_team_reads_the_plan_and_only_those_who_lead_change_it() -> None:
    role = make_requisition()
    planned = make_planned(role, interviewers=(role.hiring_manager,))
    member, stranger = make_user(Role.INTERVIEWER), make_user(Role.MANAGER)
    add_member(role, member, "interviewer")
    address = f"/requisitions/{role.pk}/plan/"
    for who, status in ((member, 404), (stranger, 404), (role.hiring_manager, 200)):
        client = Client()
        client.force_login(who)
        page = client.get(address)
        assert page.status_code == (404 if who == stranger else 200)
        if page.status_code == 200:
            assert page.context["may_change"] is (status == 200)
        for path in ("", "kit/"):
            assert client.get(f"/requisitions/planned/{planned.pk}/{path}").status_code == status
        for path in ("shift/", "retire/"):
            sent = client.post(f"/requisitions/planned/{planned.pk}/{path}").status_code
            assert sent == (302 if status == 200 else 404)
    assert names(role) == []


@pytest.mark.ordinary_day
def test_pools_are_looked_after(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    person = make_user(Role.INTERVIEWER)
    client.get("/settings/pools/")

    made = client.post("/settings/pools/", {"name": "Python", "organisation_id": role.organisation_id})
    pool = InterviewPool.objects.get()
    assert made["Location"] == f"/settings/pools/{pool.pk}/"
    again = client.post("/settings/pools/", {"name": "Python", "organisation_id": role.organisation_id})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])

    facts = {"user_id": person.pk, "weekly_limit": 3, "trained_on": "2026-01-02", "paused_until": ""}
    client.post(f"/settings/pools/{pool.pk}/", facts)
    member = PoolMember.objects.get()
    assert (member.user, member.weekly_limit, str(member.trained_on)) == (person, 3, "2026-01-02")
    page = client.get(f"/settings/pools/{pool.pk}/")
    assert person.pk not in dict(page.context["form"].fields["user_id"].choices)
    own = f"/settings/pools/{pool.pk}/people/{person.pk}/"
    assert client.get(own).context["form"].initial["weekly_limit"] == 3
    client.post(own, facts | {"paused_until": "2027-01-01", "weekly_limit": 2})
    member.refresh_from_db()
    assert (member.weekly_limit, str(member.paused_until)) == (2, "2027-01-01")
    wrong = client.post(own, facts | {"weekly_limit": 0, "trained_on": "2999-01-01"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["weekly_limit"])
    future = client.post(own, facts | {"trained_on": "2999-01-01"})
    assert list(future.context["form"].errors) == ["trained_on"]

    planned = make_planned(role, pool=pool)
    assert client.post(f"/settings/pools/{pool.pk}/remove/", headers=HTMX).status_code == 409
    planned.delete()
    client.post(f"/settings/pools/{pool.pk}/rename/", {"name": "Python panels"})
    client.post(f"/settings/pools/members/{member.pk}/remove/")
    pool.refresh_from_db()
    assert (pool.name, pool.members.count()) == ("Python panels", 0)
    client.post(f"/settings/pools/{pool.pk}/remove/")
    assert not InterviewPool.objects.exists()


def test_the_list_of_pools_costs_the_same_for_one_and_for_five(client: Client, recruiter: User) -> None:
    role = make_requisition(recruiter=recruiter)
    pool = make_pool(role.organisation, make_user())
    one = count(client, "/settings/pools/")
    for _ in range(4):
        make_planned(role, pool=make_pool(role.organisation, make_user(), make_user()))
    assert count(client, "/settings/pools/") == one
    inside = count(client, f"/settings/pools/{pool.pk}/")
    actions.set_member(pool_id=pool.pk, user_id=make_user().pk, by=recruiter, now=NOW)
    assert count(client, f"/settings/pools/{pool.pk}/") == inside


@pytest.mark.ordinary_day
def test_trained_today_is_the_day_of_whoever_says_so() -> None:
    pool = make_pool(make_requisition().organisation)
    by = make_user(Role.RECRUITER, time_zone="Pacific/Auckland")
    today = date(2026, 11, 25)  # there; in UTC it is still the 24th
    given = {"pool_id": pool.pk, "user_id": make_user().pk, "by": by, "now": NOW.replace(hour=12)}
    assert actions.set_member(**given, trained_on=today).trained_on == today
    with pytest.raises(Invalid, match="still to come"):
        actions.set_member(**given, trained_on=today + timedelta(days=1))


def test_only_the_recruiting_team_looks_after_pools() -> None:
    role = make_requisition()
    pool = make_pool(role.organisation, make_user())
    client = Client()
    client.force_login(role.hiring_manager)

    for address in ("/settings/pools/", f"/settings/pools/{pool.pk}/", f"/settings/pools/{pool.pk}/remove/"):
        assert client.post(address, {"name": "x"}).status_code == 403
    assert InterviewPool.objects.get().name == pool.name


def test_a_house_without_an_organisation_is_led_to_its_first() -> None:
    client = Client()
    client.force_login(make_user(Role.ADMIN))
    page = client.get("/settings/pools/").content.decode()
    assert 'href="/settings/organisations/new/"' in page
    assert "Add a pool" not in page
