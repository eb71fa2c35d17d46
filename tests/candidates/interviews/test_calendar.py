"""The calendar's page, and the page of one interview."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ats.accounts.models import Role
from candidates.interviews.queries import calendar as queries
from candidates.interviews.queries.calendar import Window
from candidates.models import Interview
from tests import factories as make
from tests.candidates.interviews.builders import a_team_of_every_kind

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def kim(client):
    user = make.make_user(Role.RECRUITER, name="Kim Sample", time_zone="Europe/Berlin")
    client.force_login(user)
    return user


def meet(name, at, *, people=(), **facts):
    requisition = facts.pop("requisition", None) or make.make_requisition()
    candidate = make.make_candidate(first_name=name, last_name="Example")
    application = make.make_application(candidate=candidate, requisition=requisition, stage_kind="interview")
    return make.make_interview(application, people=list(people), starts_at=at, **facts)


def at(day, hour):
    return MONDAY + timedelta(days=day, hours=hour)


def shown(user, **options):
    window = Window.around(MONDAY.date(), whole_week=options.pop("whole_week", True), zone=user.zone)
    given = {"mine": False, "requisition_id": None, "person_id": None} | options
    found = queries.calendar(user, window, **given)
    return found, [
        (f"{day.date:%a}", hour, [entry.candidate.split()[0] for entry in entries])
        for day in found.days
        for hour, entries in day.hours
    ]


def test_a_week_lies_where_the_viewer_is(kim):
    meet("Sunday", at(-1, 22.9))
    meet("Early", at(-1, 23.5))  # already Monday in Berlin
    meet("Noon", at(2, 11))
    meet("Also", at(2, 11.25))
    meet("Late", at(6, 22.5))
    meet("After", at(6, 23))
    meet("Off", at(2, 12), state="cancelled")
    found, days = shown(kim)
    assert days == [("Mon", 0, ["Early"]), ("Wed", 12, ["Noon", "Also"]), ("Sun", 23, ["Late"])]
    assert (found.count, len(found.days), found.hours) == (4, 7, range(24))
    assert len(shown(kim, whole_week=False)[0].days) == 1


def test_a_week_without_a_weekend_has_five_days(kim):
    meet("Noon", at(2, 11))
    found, _ = shown(kim)
    assert (len(found.days), found.hours) == (5, range(9, 17))


def test_mine_and_the_teams_by_role_and_by_person(kim):
    ada = make.make_user(Role.INTERVIEWER, name="Ada Example")
    role = make.make_requisition(title="A role")
    meet("Mine", at(0, 9), people=[kim, ada], requisition=role)
    meet("Hers", at(1, 9), people=[ada])
    secret = make.make_requisition(confidential=True)
    meet("Secret", at(2, 9), requisition=secret, people=[ada])
    names = [name for _, _, found in shown(kim)[1] for name in found]
    assert names == ["Mine", "Hers"]
    assert [row[2] for row in shown(kim, mine=True)[1]] == [["Mine"]]
    assert [row[2] for row in shown(kim, requisition_id=role.pk)[1]] == [["Mine"]]
    assert [row[2] for row in shown(kim, person_id=ada.pk)[1]] == [["Mine"], ["Hers"]]
    assert shown(kim)[0].people == [(ada.pk, "Ada Example"), (kim.pk, "Kim Sample")]
    assert [row[2] for row in shown(ada)[1]] == [["Mine"], ["Hers"], ["Secret"]]


def as_the_models_say(user, window, *, mine):
    rows = Interview.objects.filter(
        starts_at__gte=window.since, starts_at__lt=window.until, state__in=queries.SHOWN
    )
    seen = rows.visible_to(user)
    sits = seen.filter(seats__user=user, seats__released=False).distinct()
    rows = (sits if mine else seen).order_by("starts_at", "pk")
    for row in rows.select_related("application__candidate", "application__requisition"):
        seats = list(row.seats.filter(released=False).select_related("user").order_by("kind", "pk"))
        shadows = tuple(seat.user_id for seat in seats if seat.kind == "shadow")
        yield queries.Entry(
            id=row.pk,
            name=row.name,
            state=row.state,
            starts_at=row.starts_at.astimezone(window.zone),
            ends_at=row.ends_at.astimezone(window.zone),
            candidate=row.application.candidate.name,
            requisition_id=row.application.requisition_id,
            role=row.application.requisition.title,
            people=tuple((seat.user_id, seat.user.name or seat.user.email) for seat in seats),
            declined=tuple(seat.user.name or seat.user.email for seat in seats if seat.reply == "declined"),
            shadows=shadows,
            mine=any(seat.user_id == user.pk for seat in seats),
            learns=user.pk in shadows,
        )


@pytest.mark.parametrize("seed", [3, 4])
def test_the_plain_statement_shows_what_the_models_show(seed):
    everybody = a_team_of_every_kind(random.Random(seed))
    window = Window.around(MONDAY.date(), whole_week=True, zone=ZoneInfo("Europe/Berlin"))
    shown = 0
    for user in everybody:
        for mine in (True, False):
            found = queries._entries(user, window, mine=mine)
            assert found == list(as_the_models_say(user, window, mine=mine)), (user.role, mine)
            shown += len(found)
    assert shown > 50
    assert queries._entries(make.make_user(Role.LEAD, is_active=False), window, mine=False) == []


def test_the_page_asks_as_much_for_many_as_for_few(client, kim, django_assert_num_queries):
    address = "/calendar/?on=2026-11-25"
    assert "Nothing is booked in these days." in client.get(address).content.decode()
    meet("<b>Robin</b>", at(2, 11), people=[kim])
    with django_assert_num_queries(2):
        page = client.get(address).content.decode()
    assert "&lt;b&gt;Robin" in page
    assert "12:00</time> to 12:45" in page
    assert "CET, Berlin" in page
    for number in range(5):
        meet(f"Robin{number}", at(number, 13), people=[kim, make.make_user()])
    with django_assert_num_queries(2):
        client.get(address)
    for odd in ("on=0001-01-01", "on=x&view=day&role=x&who=9", "whose=mine&role=1"):
        assert client.get(f"/calendar/?{odd}").status_code == 200


def test_who_takes_part_finds_the_kit_and_the_way_to_the_resume(client, kim):
    ada = make.make_user(Role.INTERVIEWER, name="Ada Example")
    kit = {
        "avoid": "Family plans.",
        "criteria": [{"id": 1, "name": "Writes well", "is_must": True, "why": "Much is written."}],
        "questions": [
            {"criterion": 1, "text": "Show a text.", "good": "Clear."},
            {"criterion": None, "text": "Anything else?", "good": ""},
        ],
    }
    interview = meet("Robin", at(2, 11), people=[ada], kit=kit, accessibility="A PRIVATE NEED")
    client.force_login(ada)
    page = client.get(f"/calendar/interviews/{interview.pk}/").content.decode()
    for words in ("Family plans.", "Writes well", "Show a text.", "Anything else?", "Can you come?"):
        assert words in page
    application = f"/applications/{interview.application_id}/"
    assert application in page
    assert client.get(application).status_code == 200
    assert "PRIVATE" not in page
    client.force_login(make.make_user(Role.INTERVIEWER))
    assert client.get(f"/calendar/interviews/{interview.pk}/").status_code in {404, 409}
