"""Contradictions are found by figures, each by its rule, raised for whoever stands above, and close by themselves."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.organisation.models import Department
from candidates.models import HireRecord
from partners.alignment.domain import words
from partners.alignment.domain.contradictions import RULES
from partners.alignment.queries.figures import STATEMENTS, find
from partners.intake.models import MustHave
from partners.models import Contradiction, Look
from requisitions.roles import actions as roles
from requisitions.roles.domain.facts import Wanted
from tests import factories as make
from tests.factories import NOW
from tests.partners.alignment import parts
from tests.partners.intake import parts as intake

pytestmark = pytest.mark.django_db


def said(role: Any) -> dict[str, str]:
    return {code: one.said for code, one in find([role.partnership.pk], now=NOW)[role.partnership.pk].items()}


def test_every_rule_has_its_query():
    assert list(STATEMENTS) == list(RULES)


def test_a_role_that_is_in_order_contradicts_itself_in_nothing():
    role = parts.open_role()
    parts.settled(role)
    make.make_post(role)
    assert said(role) == {}


@pytest.mark.parametrize(
    ("bar", "percentile", "is_found"),
    [
        ("A", 59, True),
        ("A", 60, False),
        ("B", 39, True),
        ("B", 40, False),
        ("C", 1, False),
        ("A", None, False),
    ],
)
def test_a_bar_above_the_pay(bar, percentile, is_found):
    role = parts.open_role()
    parts.write(role, talent_bar=bar, pay_percentile=percentile, pay_source="Radford", pay_as_of="2026-05-01")
    assert ("bar_above_pay" in said(role)) == is_found


def test_it_says_its_figures_with_their_source():
    role = parts.open_role()
    parts.write(role, talent_bar="A", pay_percentile=42, pay_source="Radford", pay_as_of="2026-05-01")
    assert said(role) == {
        "bar_above_pay": "The bar is A, and the pay stands at the 42nd percentile of the market "
        "(Radford, 2026-05-01). For this bar it takes the 60th at least."
    }


def test_a_must_have_that_nobody_assesses():
    role = parts.open_role()
    parts.change(role, must_haves=[Wanted("Python", "The work."), Wanted("Rust", "The work.")])
    role.planned_interviews.get().criteria.set(role.criteria.filter(name="Python"))
    assert said(role) == {"must_unassessed": "“Rust” is a must-have that nobody assesses."}
    MustHave.objects.create(criterion=role.criteria.get(name="Rust"), way="work_sample")
    assert said(role) == {}
    role.planned_interviews.update(retired=True)
    assert said(role) == {"must_unassessed": "“Python” is a must-have that nobody assesses."}


def test_an_outcome_that_no_must_have_serves():
    role = parts.open_role(outcomes="Python runs at night.\n- The French office trusts us.")
    assert said(role) == {
        "outcome_unserved": "“The French office trusts us.” has no must-have that serves it: "
        "nobody is looked for who can do that."
    }
    parts.write(role, outcomes_12_months="Customers renew.")
    assert "“The French office trusts us.”, “Customers renew.” have" in said(role)["outcome_unserved"]


@pytest.mark.parametrize(
    ("outcome", "must", "serves"),
    [
        ("Every ship is unloaded in a day.", "Has shipped goods by sea", True),
        ("SQL answers what the night shift asks.", "SQL beyond the everyday", True),
        ("Das Team liefert wöchentlich.", "Hat Lieferketten verantwortet", True),
        # What is in every text says nothing, and neither does what merely ends alike.
        ("Customers renew without being asked.", "Works without a manager", False),
        ("Everybody knows where we stand.", "Explains it to people who have no time", False),
        ("Le bureau de Lyon nous fait confiance.", "Sait travailler avec nous, sans chef", False),
        ("It is as we said.", "IT beyond the everyday", False),
    ],
)
def test_what_speaks_of_an_outcome(outcome, must, serves):
    assert words.speaks_of(outcome, [must]) is serves


def test_a_partner_says_which_must_have_serves_it():
    from partners.alignment import actions

    role = parts.open_role(outcomes="The French office trusts us.")
    must = role.criteria.get(name="SQL")
    facts = {"outcome": "The French office trusts us.", "criterion_id": must.pk, "now": NOW}
    actions.serve(partnership_id=role.partnership.pk, by=role.hiring_manager, **facts)
    assert said(role) == {}
    must.delete()
    assert list(said(role)) == ["outcome_unserved"]


def test_an_advert_that_says_other_than_the_brief():
    role = parts.open_role()
    parts.settled(role)
    parts.change(role, hard_part="Nobody tells you.")
    assert said(role) == {}
    make.make_post(role)
    assert said(role) == {
        "advert_differs": "The advert says other things than version 1 of the brief: the hard part."
    }
    intake.settle(role)
    assert said(role) == {}


def test_advertised_pay_that_is_not_the_approved():
    role = parts.open_role()
    parts.settled(role)
    make.make_post(role)
    parts.change(role, pay_min=Decimal(50000), pay_max=Decimal(70000))
    assert said(role) == {
        "advertised_pay": "The advert pays €50,000 to €70,000 a year; approved is "
        "€60,000 to €80,000 a year (version 1)."
    }


def test_what_compensation_has_not_signed_is_not_approved():
    role, comp = parts.open_role(), make.make_user(Role.STAKEHOLDER)
    parts.name(role, compensation=comp)
    parts.settled(role)
    make.make_post(role)
    parts.sign(parts.signature(role, "compensation"))
    parts.change(role, pay_max=Decimal(90000))
    intake.settle(role)
    assert list(said(role)) == ["advertised_pay"]
    parts.sign(parts.signature(role, "compensation"), "concern", "High.")
    assert said(role) == {}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("We pay up to €95,000 here.", True),
        ("We pay 95.000 € here.", True),
        ("We pay EUR 95k here.", True),
        ("We pay €70,000 here.", False),
        ("We have a budget of €2,000,000.", False),
        ("We pay $95,000 elsewhere.", False),
        ("A bonus of €500 for a friend.", False),
        ("In 1995 we were 95 people.", False),
    ],
)
def test_an_amount_in_the_text_is_read(text, is_found):
    role = parts.open_role()
    parts.settled(role)
    make.make_post(role, body=f"<p>{text}</p>")
    assert ("advertised_pay" in said(role)) == is_found


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("€68,000 to €84,000", [68000, 84000]),
        ("68.000 € bis 84.000 €", [68000, 84000]),
        ("68 000 € à 84 000 €", [68000, 84000]),
        ("EUR 68k", [68000]),
        ("€24.50 an hour", [Decimal("24.50")]),
        ("€24,50 an hour", [Decimal("24.50")]),
        ("no amount, 2026, 40 hours", []),
    ],
)
def test_amounts_as_people_write_them(text, amounts):
    assert words.amounts(text, "EUR") == amounts


def test_more_rounds_than_agreed():
    role = parts.open_role()
    parts.settled(role)
    make.make_planned(role)
    assert said(role) == {"more_rounds": "2 rounds are planned, 1 were agreed (version 1)."}
    intake.settle(role)
    assert said(role) == {}


def hire(role: Any, *, opened: int, decided: int, starts: int) -> None:
    """Somebody hired before: opened, decided and begun so many days ago."""
    old = make.make_requisition(
        "filled", organisation=role.organisation, opened_at=NOW - timedelta(days=opened)
    )
    one = make.make_application(requisition=old, stage_kind="hired")
    seat = old.openings.get()
    one.state, one.opening, one.decided_at = "hired", seat, NOW - timedelta(days=decided)
    one.decided_by = old.recruiter
    one.save()
    HireRecord.objects.create(application=one, opening=seat, starts_on=(NOW - timedelta(days=starts)).date())


def test_a_start_that_the_medians_cannot_reach():
    role = parts.open_role(target_start=date(2026, 12, 15))
    for _ in range(4):
        hire(role, opened=200, decided=140, starts=100)
    assert said(role) == {}, "four hires say nothing"
    hire(role, opened=200, decided=140, starts=100)
    reached = role.opened_at.date() + timedelta(days=100)
    assert said(role) == {
        "start_too_soon": "The target start is 15 December 2026. From opening to the first day it took 100 days here "
        f"(median of 5 hires in two years): at that pace it is {reached.day} {reached:%B %Y}."
    }
    parts.change(role, target_start=reached)
    assert said(role) == {}


def test_other_organisations_say_nothing_of_ours():
    role, other = parts.open_role(target_start=date(2026, 12, 15)), parts.open_role()
    for _ in range(5):
        hire(other, opened=200, decided=140, starts=100)
    assert said(role) == {}


# --- Raised, followed, closed


def test_nothing_is_raised_before_somebody_stands_behind_the_brief():
    role = parts.open_role()
    parts.write(role, talent_bar="A", pay_percentile=20)
    engine.tick(NOW)
    assert not Contradiction.objects.exists()
    parts.settled(role)
    engine.tick(NOW)
    assert list(Contradiction.objects.values_list("rule", flat=True)) == ["bar_above_pay"]


@pytest.mark.ordinary_day
def test_it_is_raised_in_nobodys_name_for_the_head_of_the_department():
    head = make.make_user(Role.MANAGER, name="Dana Director")
    role = parts.open_role()
    department = Department.objects.create(organisation=role.organisation, name="Data", head=head)
    parts.change(role, department=department)
    parts.write(role, talent_bar="A", pay_percentile=20)
    parts.settled(role)
    (row,) = parts.look(role)
    assert (row.decider, row.above) == (head, "head of Data")
    assert row.due_at == NOW.replace(hour=17) + timedelta(days=7)
    raised = Activity.objects.get(verb="contradiction.raised")
    assert (raised.actor_kind, raised.actor_id) == ("system", None)
    assert [mail.to for mail in OutgoingMail.objects.filter(role="partners.contradiction")] == [head.email]
    assert parts.look(role) == [row], "and once"


def test_where_nobody_is_above_the_lead_decides_and_that_is_said():
    lead = make.make_user(Role.LEAD)
    role, row = parts.at_odds()
    assert (row.decider, row.above) == (
        lead,
        "recruiting lead: the role has no department, so nobody else stands above both partners",
    )
    department = Department.objects.create(organisation=role.organisation, name="Data")
    parts.change(role, department=department)
    parts.look(role)
    row.refresh_from_db()
    assert row.above == "recruiting lead: Data names no head, so nobody else stands above both partners"


@pytest.mark.parametrize("side", ["recruiter", "hiring_manager"])
def test_never_one_of_the_two_partners(side):
    make.make_user(Role.LEAD, name="Zora Lead")
    role, row = parts.at_odds()
    department = Department.objects.create(
        organisation=role.organisation, name="Data", head=getattr(role, side)
    )
    parts.change(role, department=department)
    (row,) = parts.look(role)
    assert (str(row.decider), row.above) == (
        "Zora Lead",
        "recruiting lead: the head of Data is one of the partners",
    )


def test_a_lead_who_recruits_the_role_does_not_decide_about_it():
    lead = make.make_user(Role.LEAD)
    role = make.make_requisition("draft", recruiter=lead, must_haves=("Python",), outcomes="Python runs.",
                                 value_proposition="Work.")  # fmt: skip
    roles.open_requisition(requisition_id=role.pk, by=lead, now=NOW)
    role.refresh_from_db()
    parts.assess(role)
    parts.write(role, talent_bar="A", pay_percentile=20)
    parts.settled(role)
    (row,) = parts.look(role)
    assert row.decider is None
    assert row.above.endswith("and no lead or administrator is")
    admin = make.make_user(Role.ADMIN)
    (row,) = parts.look(role)
    assert row.decider == admin


def test_it_closes_by_itself_when_the_figures_no_longer_contradict():
    make.make_user(Role.LEAD)
    role, row = parts.at_odds()
    parts.write(role, pay_percentile=65)
    assert parts.look(role, NOW + timedelta(hours=1)) == []
    row.refresh_from_db()
    assert (row.state, row.settled_at, row.settled_by) == ("gone", NOW + timedelta(hours=1), None)
    assert row.reason == "the figures contradict each other no longer"
    assert Activity.objects.filter(verb="contradiction.gone").count() == 1
    parts.write(role, pay_percentile=40)
    (again,) = parts.look(role)
    assert again.pk != row.pk


def test_other_figures_are_told_anew():
    make.make_user(Role.LEAD)
    role, row = parts.at_odds()
    parts.write(role, pay_percentile=30)
    assert parts.look(role) == [row]
    row.refresh_from_db()
    assert "30th percentile" in row.said
    assert Activity.objects.filter(verb="contradiction.changed").count() == 1


def test_whatever_changes_is_looked_at_again_within_a_tick():
    make.make_user(Role.LEAD)
    role = parts.open_role()
    parts.settled(role)
    engine.tick(NOW)
    assert Look.objects.get().due_at == NOW + timedelta(days=1)
    make.make_planned(role)
    engine.tick(NOW)
    assert not Contradiction.objects.exists(), "a row that no action wrote"
    parts.change(role, outcomes="Python still runs.")
    engine.tick(NOW)
    assert list(Contradiction.objects.values_list("rule", flat=True)) == ["more_rounds"]


def test_a_role_is_looked_through_every_day():
    make.make_user(Role.LEAD)
    role = parts.open_role()
    parts.settled(role)
    engine.tick(NOW)
    make.make_planned(role)
    engine.tick(NOW + timedelta(days=1))
    assert Contradiction.objects.get().rule == "more_rounds"


def test_the_end_of_the_role_closes_what_is_open():
    make.make_user(Role.LEAD)
    role, row = parts.at_odds()
    roles.end(requisition_id=role.pk, new_state="closed", reason="No budget", by=role.recruiter, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("gone", "the role has ended")
    assert not Look.objects.exists()


def test_who_decides_no_more_hands_it_on():
    from ats.accounts.actions.deactivate import deactivate

    admin = make.make_user(Role.ADMIN)
    lead = make.make_user(Role.LEAD)
    _, row = parts.at_odds()
    assert row.decider == lead
    deactivate(user_id=lead.pk, by=admin, now=NOW)
    engine.tick(NOW)
    row.refresh_from_db()
    assert row.decider == admin
    assert Activity.objects.filter(verb="contradiction.handed_on").count() == 1


@pytest.mark.ordinary_day
def test_who_has_not_decided_in_time_is_reminded_twice():
    make.make_user(Role.LEAD)
    parts.at_odds()
    sent = []
    for days in (5, 8, 9, 16, 40):
        engine.lanes()["alignment-reminders"].run(NOW + timedelta(days=days))
        sent.append(OutgoingMail.objects.filter(role="partners.contradiction").count())
    assert sent == [1, 2, 2, 3, 3]


def test_one_query_for_each_rule_however_many_roles(django_assert_num_queries):
    places = []
    for _ in range(3):
        role = parts.open_role()
        parts.write(role, talent_bar="A", pay_percentile=20)
        parts.settled(role)
        places.append(role.partnership.pk)
    with django_assert_num_queries(len(RULES)):
        found = find(places, now=NOW)
    assert {place: list(one) for place, one in found.items()} == {
        place: ["bar_above_pay"] for place in places
    }
