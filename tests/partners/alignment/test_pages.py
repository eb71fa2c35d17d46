"""The pages: what is signed of one role, what one signs and decides, all roles, and who may name signers."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from candidates.models import DispositionReason
from partners.alignment.models import Signer, SigningRules
from partners.alignment.queries.overview import overview
from partners.models import Contradiction
from tests import factories as make
from tests.factories import NOW
from tests.partners.alignment import parts
from tests.partners.intake import parts as intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def comp() -> Any:
    return make.make_user(Role.STAKEHOLDER, name="Carla Comp")


@pytest.fixture
def lead() -> Any:
    return make.make_user(Role.LEAD, name="Lea Lead")


@pytest.fixture
def role(lead: Any, comp: Any) -> Any:
    """Settled, asked to be signed by compensation, with a bar above its pay."""
    role = parts.open_role(title="Data Engineer", hard_part="Half of it is paper.")
    parts.name(role, compensation=comp)
    parts.write(role, talent_bar="A", pay_percentile=40)
    parts.settled(role)
    parts.look(role)
    return role


def page(client: Any, user: Any, name: str, *args: Any) -> tuple[int, str]:
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def test_one_page_shows_what_each_signed_and_where_they_contradict_each_other(client, role, comp):
    parts.sign(parts.signature(role, "compensation"), "concern", "It is low for the bar.")
    _, said = page(client, role.hiring_manager, "alignment", role.partnership.pk)
    assert "Yes, with a concern: It is low for the bar." in said
    assert "Bar above the pay" in said
    assert "Lea Lead decides (recruiting lead: the role has no department" in said
    assert (
        f"Not asked, because {role.organisation} names nobody: Business, Sales, HR, Marketing, Finance."
        in said
    )
    assert "decide_contradiction" not in said
    assert 'name="how"' not in said


def test_the_page_says_who_was_asked_what_they_said_and_who_is_asked_no_more(client, role, comp):
    parts.write(role, talent_bar="B")
    intake.settle(role)
    parts.sign(parts.signature(role, "compensation"))
    client.force_login(comp)
    history = client.get(reverse("alignment", args=[role.partnership.pk])).context["page"].history
    asked = "asked Carla Comp to sign version {} of the brief for Compensation"
    assert [entry.text for entry in history] == [
        "signed version 2 of the brief for Compensation: yes",
        asked.format(2),
        "Carla Comp is not asked any more to sign version 1 of the brief for Compensation: version 2 counts now",
        asked.format(1),
    ]
    assert history[2].text in client.get(reverse("alignment", args=[role.partnership.pk])).text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("recruiter", 200), ("hiring_manager", 200), ("comp", 200), ("lead", 200),
        (Role.STAKEHOLDER, 404), (Role.COORDINATOR, 404), (Role.MANAGER, 404), (Role.INTERVIEWER, 404),
    ],
)  # fmt: skip
def test_who_sees_it(client, role, comp, lead, who, status):
    known = {"comp": comp, "lead": lead, "recruiter": role.recruiter, "hiring_manager": role.hiring_manager}
    user = known.get(who) or make.make_user(who)
    assert page(client, user, "alignment", role.partnership.pk)[0] == status


def test_who_signs_sees_the_brief_and_not_the_partnership(client, role, comp):
    status, said = page(client, comp, "sign_brief", parts.signature(role, "compensation").pk)
    assert (status, "Half of it is paper." in said) == (200, True)
    for name in ("partnership", "requisition"):
        place = role.partnership.pk if name == "partnership" else role.pk
        assert page(client, comp, name, place)[0] == 404
    assert "?role=" not in page(client, comp, "alignment", role.partnership.pk)[1]


@pytest.mark.parametrize("who", ["recruiter", "lead", "stranger"])
def test_only_who_is_asked_opens_it(client, role, lead, who):
    user = {"recruiter": role.recruiter, "lead": lead}.get(who) or make.make_user(Role.STAKEHOLDER)
    assert page(client, user, "sign_brief", parts.signature(role, "compensation").pk)[0] == 404


def test_one_signs_on_the_page(client, role, comp):
    where = reverse("sign_brief", args=[parts.signature(role, "compensation").pk])
    client.force_login(comp)
    refused = client.post(where, {"verdict": "no", "words": ""})
    assert (refused.status_code, "Say why not" in refused.content.decode()) == (422, True)
    assert client.post(where, {"verdict": "no", "words": "Too low."}).status_code == 302
    assert parts.signature(role, "compensation").state == "no"
    assert "You have signed" in client.get(where).content.decode()


def test_what_is_new_stands_on_top_with_what_it_said_before(client, role, comp):
    parts.sign(parts.signature(role, "compensation"))
    parts.write(role, pay_percentile=55)
    intake.settle(role)
    _, said = page(client, comp, "sign_brief", parts.signature(role, "compensation").pk)
    new = said[said.index("New since you signed") : said.index("The rest of the brief")]
    assert "Percentile 55 of the market" in new
    assert "Percentile 40 of the market" in new


def test_a_version_that_counts_no_more_has_no_form_and_says_which_does(client, role, comp):
    old = parts.signature(role, "compensation")
    parts.write(role, pay_percentile=55)
    intake.settle(role)
    _, said = page(client, comp, "sign_brief", old.pk)
    assert "version 2 does" in said
    assert 'name="verdict"' not in said


def test_a_decider_decides_on_the_page(client, role, lead):
    row = Contradiction.objects.get()
    where = reverse("decide_contradiction", args=[row.pk])
    client.force_login(lead)
    data = {"key": row.key, "how": "resolved", "reason": ""}
    assert client.post(where, data).status_code == 422
    assert client.post(where, data | {"reason": "We pay the 65th."}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.settled_by) == ("resolved", lead)


def test_what_was_accepted_is_named_where_nothing_is_left_to_decide(client, role, lead):
    where = ("alignment", role.partnership.pk)
    parts.decide(Contradiction.objects.get(), lead, reason="We know.")
    said = page(client, role.recruiter, *where)[1]
    assert "Nothing is left to decide. Accepted knowingly: Bar above the pay." in said
    assert "No figures contradict each other" not in said


def test_what_changed_meanwhile_is_shown_before_it_is_decided(client, role, lead):
    row = Contradiction.objects.get()
    parts.write(role, pay_percentile=20)
    client.force_login(lead)
    data = {"key": row.key, "how": "accepted", "reason": "We know."}
    answer = client.post(
        reverse("decide_contradiction", args=[row.pk]),
        data,
        headers={"referer": "http://testserver/partners/"},
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, "20th" in row.said) == ("open", True)


def test_what_one_signs_and_decides(client, role, comp, lead):
    assert "Data Engineer" in page(client, comp, "to_sign")[1]
    assert "Bar above the pay" in page(client, lead, "to_sign")[1]
    assert "Nothing waits" in page(client, role.recruiter, "to_sign")[1]


def test_it_stands_on_my_day_and_on_the_dashboard(client, role, comp, lead):
    said = page(client, lead, "my_day")[1]
    assert "To sign and decide" in said
    assert f"{reverse('alignment', args=[role.partnership.pk])}#contradiction-" in said
    assert "1 thing waits for your signature or decision" in page(client, comp, "dashboard")[1]


def test_the_same_queries_for_one_and_for_many(client, role, lead, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(lead)

    def cost(name: str, *args: Any) -> int:
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name, args=args))
        return len(asked)

    before = cost("alignment", role.partnership.pk), cost("alignment_overview"), cost("to_sign")
    people = {name: make.make_user(Role.STAKEHOLDER) for name in ("hr", "sales", "finance")}
    parts.name(role, compensation=parts.signature(role, "compensation").person, **people)
    parts.write(role, pay_percentile=30)
    intake.settle(role)
    make.make_planned(role)
    make.make_planned(role)
    parts.change(role, outcomes="The French office trusts us.")
    parts.look(role)
    for _ in range(3):
        parts.at_odds()
    after = cost("alignment", role.partnership.pk), cost("alignment_overview"), cost("to_sign")
    # One more where an outcome is to be given its must-have.
    assert after == (before[0] + 1, *before[1:])


def test_over_all_roles_how_often_between_whom_how_settled_and_what_it_cost(client, role, lead):
    other, second = parts.at_odds()
    parts.decide(second, lead)
    third, _ = parts.at_odds()
    parts.write(third, pay_percentile=80)
    parts.look(third, NOW + timedelta(days=2))
    make.ship_reasons()
    for one in (other, make.make_requisition()):
        application = make.make_application(requisition=one)
        application.state, application.decided_at = "withdrawn", NOW
        application.reason = DispositionReason.objects.get(code="withdrew-pay")
        application.save()
    found = overview(now=NOW + timedelta(days=4))
    (of,) = found.rules
    assert (of.raised, of.open, of.resolved, of.accepted, of.gone) == (3, 1, 0, 1, 1)
    assert (of.roles, of.declines, of.days) == (3, 1, 2)
    assert of.days_open is not None
    assert found.pairs == [("Business and Compensation", 3)]
    assert [(each.label, each.asked, each.open) for each in found.functions] == [("Compensation", 1, 1)]
    assert page(client, lead, "alignment_overview")[0] == 200


@pytest.mark.parametrize("who", [Role.RECRUITER, Role.MANAGER, Role.STAKEHOLDER])
def test_all_roles_are_for_leads(client, role, who):
    assert page(client, make.make_user(who), "alignment_overview")[0] == 403


def test_an_administrator_names_who_signs(client, comp):
    organisation, admin = make.make_organisation(), make.make_user(Role.ADMIN)
    client.force_login(admin)
    where, prefix = reverse("settings_signing"), f"of-{organisation.pk}"
    assert client.get(where).status_code == 200
    data = {
        "organisation": organisation.pk,
        f"{prefix}-compensation": comp.pk,
        f"{prefix}-sign_days": 4,
        f"{prefix}-decide_days": 6,
        f"{prefix}-waits": "on",
    }
    assert client.post(where, data | {f"{prefix}-sign_days": 0}).status_code == 422
    assert client.post(where, data).status_code == 302
    assert list(Signer.objects.values_list("function", "person")) == [("compensation", comp.pk)]
    rules = SigningRules.objects.get()
    assert (rules.sign_days, rules.decide_days, rules.waits, rules.since is not None) == (4, 6, True, True)


def test_the_settings_say_who_has_no_access_any_more(client, role, comp):
    comp.is_active = False
    comp.save()
    said = page(client, make.make_user(Role.ADMIN), "settings_signing")[1]
    assert "Carla Comp signs for Compensation and has no access any more." in said
    assert "Carla Comp (no access)" in said
    said = page(client, role.recruiter, "alignment", role.partnership.pk)[1]
    assert "Not signed: Carla Comp has no access any more." in said


def test_a_partner_says_which_must_have_serves_an_outcome(client, role):
    parts.change(role, outcomes="The French office trusts us.")
    parts.look(role)
    client.force_login(role.recruiter)
    assert "serves it" in client.get(reverse("alignment", args=[role.partnership.pk])).content.decode()
    data = {"outcome": "The French office trusts us.", "criterion": role.criteria.get(name="SQL").pk}
    client.post(reverse("serve_outcome", args=[role.partnership.pk]), data)
    assert Contradiction.objects.get(rule="outcome_unserved").state == "gone"


def test_before_it_is_settled_it_says_what_would_be_raised(client, lead):
    role = parts.open_role()
    parts.write(role, talent_bar="A", pay_percentile=40)
    said = page(client, role.recruiter, "alignment", role.partnership.pk)[1]
    assert "Nothing is raised before the brief is settled." in said
    assert "The bar is A" in said
    assert not Contradiction.objects.exists()
