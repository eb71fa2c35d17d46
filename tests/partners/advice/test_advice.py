"""A piece is found once, told anew each night, taken up, put off or answered, and looked back on by its figure."""

from datetime import timedelta
from importlib import import_module

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Invalid, Missing, WrongState
from partners.advice import actions, queries
from partners.advice.domain.hindsight import hindsight
from partners.advice.domain.rules import RULES
from partners.models import Advice, AdviceRun
from tests import factories as make
from tests.candidates.helpers import run_lane
from tests.factories import NOW
from tests.partners.advice import parts
from tests.partners.advice.parts import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_it_is_found_once_and_its_first_figures_stay():
    role, row = parts.dry()
    parts.leave(role, 2)
    actions.look(rule="runs_dry", now=NOW + DAY)
    again = Advice.objects.get()
    assert (again.pk, again.found_at, again.looked_at) == (row.pk, NOW, NOW + DAY)
    assert (again.found["days"], again.figures["days"]) == (14.0, 11.2)
    assert again.said == (
        "4 people are in play. In four weeks 0 came and 10 left: at this pace nobody is left by 6 December."
    )


def test_what_the_figures_say_no_longer_is_over_and_found_again_it_is_another():
    role, row = parts.dry()
    came = [make.make_application(requisition=role) for _ in range(9)]
    actions.look(rule="runs_dry", now=NOW)
    row.refresh_from_db()
    assert (row.over_at, row.state) == (NOW, "standing")
    for application in came:
        application.applied_at = NOW - 60 * DAY
        application.save(update_fields=["applied_at"])
    parts.leave(role, 12)
    actions.look(rule="runs_dry", now=NOW + DAY)
    assert Advice.objects.filter(over_at__isnull=True).exclude(pk=row.pk).count() == 1


def test_a_role_that_is_looked_for_no_more_is_advised_no_more():
    role, row = parts.dry()
    role.state = "on_hold"
    role.save(update_fields=["state"])
    actions.look(rule="runs_dry", now=NOW + DAY)
    row.refresh_from_db()
    assert row.over_at == NOW + DAY


def test_each_rule_is_looked_at_once_a_night():
    parts.dry()
    Advice.objects.all().delete()
    assert run_lane("advice", NOW) == 0
    night = AdviceRun.objects.get(rule="runs_dry").due_at
    assert (AdviceRun.objects.count(), night) == (len(RULES), NOW.replace(hour=4, minute=0) + DAY)
    assert run_lane("advice", night) == len(RULES)
    assert Advice.objects.count() == 1
    assert run_lane("advice", night + timedelta(hours=5)) == 0


def test_a_rule_that_fails_holds_up_no_other(monkeypatch):
    look = import_module("partners.advice.actions.look")

    def fail(rule, **facts):
        if rule == "rounds":
            raise RuntimeError("no")
        return []

    run_lane("advice", NOW)
    monkeypatch.setattr(look, "figures", fail)
    night = AdviceRun.objects.get(rule="rounds").due_at
    engine.lanes()["advice"].run(night)
    assert AdviceRun.objects.get(rule="rounds").last_error == "RuntimeError: no"
    assert AdviceRun.objects.filter(due_at=night + DAY).count() == len(RULES) - 1


@pytest.mark.parametrize("roles", [1, 5])
def test_a_look_costs_the_same_for_one_role_and_for_five(roles, django_assert_num_queries):
    for _ in range(roles):
        parts.dry()
    with django_assert_num_queries(5):
        actions.look(rule="runs_dry", now=NOW + DAY)


def test_taking_up_putting_off_and_answering():
    role, row = parts.dry()
    by = role.hiring_manager
    actions.put_off(advice_id=row.pk, until=(NOW + 7 * DAY).date(), by=by, now=NOW)
    assert queries.standing_advice([role.pk]) == {}
    run_lane("advice", NOW + 6 * DAY)
    assert Advice.objects.get(pk=row.pk).state == "put_off"
    actions.bring_back(now=NOW + 7 * DAY)
    row.refresh_from_db()
    assert (row.state, row.until, row.settled_at) == ("standing", None, None)
    actions.take_up(advice_id=row.pk, by=role.recruiter, now=NOW)
    actions.answer(advice_id=row.pk, words=" We close with these four. ", by=by, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.words, row.settled_by) == ("answered", "We close with these four.", by)
    facts = Activity.objects.filter(verb__startswith="advice.").order_by("id")
    title = {"rule": "runs_dry", "title": "The pipeline runs dry"}
    assert [(fact.verb, fact.data) for fact in facts] == [
        ("advice.put_off", title | {"until": "1 December"}),
        ("advice.taken_up", title),
        ("advice.answered", title),
    ]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (0, "Choose a day ahead."),
        (-1, "Choose a day ahead."),
        (1, None),
        (90, None),
        (91, "Choose a day within three months."),
    ],
)
def test_how_long_it_may_be_put_off(days, message):
    role, row = parts.dry()
    asked = {"advice_id": row.pk, "until": (NOW + days * DAY).date(), "by": role.recruiter, "now": NOW}
    if message is None:
        assert actions.put_off(**asked).until == asked["until"]
        return
    with pytest.raises(Invalid) as refused:
        actions.put_off(**asked)
    assert refused.value.message == message
    assert Advice.objects.get(pk=row.pk).state == "standing"


@pytest.mark.parametrize("words", ["", "  ", "x" * 1001])
def test_an_answer_says_why(words):
    role, row = parts.dry()
    with pytest.raises(Invalid):
        actions.answer(advice_id=row.pk, words=words, by=role.recruiter, now=NOW)
    assert Advice.objects.get(pk=row.pk).state == "standing"


def test_who_is_no_partner_does_nothing_about_it():
    _, row = parts.dry()
    for other in (Role.MANAGER, Role.RECRUITER, Role.LEAD, Role.INTERVIEWER):
        with pytest.raises(Missing):
            actions.take_up(advice_id=row.pk, by=make.make_user(other), now=NOW)


def test_nothing_is_done_about_what_is_over_nor_twice():
    role, row = parts.dry()
    actions.take_up(advice_id=row.pk, by=role.recruiter, now=NOW)
    with pytest.raises(WrongState):
        actions.take_up(advice_id=row.pk, by=role.recruiter, now=NOW)
    Advice.objects.filter(pk=row.pk).update(over_at=NOW)
    with pytest.raises(WrongState):
        actions.answer(advice_id=row.pk, words="No.", by=role.recruiter, now=NOW)


# --- Whether it was right


def settled(state, *, then=14.0, now=28.0, looked_after=28):
    words = "No." if state == "answered" else ""
    return Advice(
        rule="runs_dry", state=state, found={"days": then}, figures={"days": now}, settled_at=NOW,
        looked_at=NOW + looked_after * DAY, words=words,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (settled("taken_up"), (True, "It helped: 14 days then, 28 days now.")),
        (settled("taken_up", now=7.5), (True, "It has not helped: 14 days then, 7.5 days now.")),
        (settled("answered"), (True, "It went well without: 14 days then, 28 days now.")),
        (settled("answered", now=14.0), (True, "It was right: 14 days then, 14 days now.")),
        (settled("taken_up", looked_after=27), (False, "Whether it was right cannot be told yet.")),
        (settled("answered", now=None), (False, "Whether it was right cannot be told yet.")),
    ],
)
def test_whether_it_was_right(row, said):
    found = hindsight(row, now=NOW + 60 * DAY)
    assert (found.is_told, found.said) == said


def test_of_what_nobody_has_decided_nothing_is_told():
    assert [hindsight(settled(state), now=NOW + 60 * DAY) for state in ("standing", "put_off")] == [
        None,
        None,
    ]


# --- Who reads it


def test_the_face_for_other_rooms(django_assert_num_queries):
    role, row = parts.dry()
    other, _ = parts.loaded()
    calm = parts.role_of()
    with django_assert_num_queries(1):
        found = queries.standing_advice([role.pk, other.pk, calm.pk])
    assert set(found) == {role.pk, other.pk}
    assert found[role.pk] == [
        queries.Row(
            "The pipeline runs dry",
            row.said,
            row.figures,
            f"/partners/{role.partnership.pk}/advice/#advice-{row.pk}",
        )
    ]


def test_whose_load_it_is_is_read_by_who_recruits_and_by_themselves():
    role, row = parts.loaded()
    assert row.person.name == "Person 0"
    assert "Person" not in str((row.said, row.figures, row.found, queries.standing_advice([role.pk])))

    def name_for(user):
        (shown,) = queries.shown(role.partnership, user, now=NOW)
        return shown.name

    readers = (role.recruiter, make.make_user(Role.LEAD), row.person, role.hiring_manager)
    assert [name_for(user) for user in readers] == ["Person 0", "Person 0", "Person 0", ""]


def test_the_pages(client):
    role, row = parts.loaded()
    number = role.partnership.pk
    pages = (f"/partners/{number}/advice/", f"/partners/{number}/")

    def names(user):
        client.force_login(user)
        return ["Person 0" in client.get(page).content.decode() for page in pages]

    assert names(role.recruiter) == [True, True]
    assert names(role.hiring_manager) == [False, False]
    assert row.said in client.get(pages[0]).content.decode()
    client.force_login(make.make_user(Role.MANAGER))
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_partners_settle_it_on_the_page(client):
    role, row = parts.dry()
    client.force_login(role.hiring_manager)
    wrong = client.post(f"/partners/advice/{row.pk}/put-off/", {"until": ""})
    assert (wrong.status_code, "Choose a day." in wrong.content.decode()) == (422, True)
    wrong = client.post(f"/partners/advice/{row.pk}/answer/", {"words": ""})
    assert (wrong.status_code, "Say why, in a few words." in wrong.content.decode()) == (422, True)
    done = client.post(f"/partners/advice/{row.pk}/answer/", {"words": "We close with these four."})
    assert (done.status_code, done["Location"]) == (302, f"/partners/{role.partnership.pk}/advice/")
    page = client.get(done["Location"]).content.decode()
    assert "We close with these four." in page
    assert "Whether it was right cannot be told yet." in page


def test_the_page_costs_the_same_for_one_piece_and_for_five(client, django_assert_num_queries):
    role, _ = parts.dry()
    client.force_login(role.recruiter)
    address = f"/partners/{role.partnership.pk}/advice/"
    client.get(address)
    with django_assert_num_queries(4) as one:
        client.get(address)
    for number in range(4):
        Advice.objects.create(
            partnership=role.partnership, rule="stage_leaks", key=str(number), said="x", found={}, figures={},
            found_at=NOW, looked_at=NOW,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        client.get(address)
