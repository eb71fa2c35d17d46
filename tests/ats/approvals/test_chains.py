"""Laying who approves what, in words and on the settings page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.approvals.actions import lay_chain
from ats.approvals.domain import kinds
from ats.approvals.domain.chains import MOST_STEPS, Wanted
from ats.approvals.models import ApprovalChain
from ats.kernel.errors import Invalid, NotAllowed
from tests import factories as make
from tests.ats.approvals.conftest import KIND
from tests.factories import NOW


def words(*steps):
    kind = kinds.get(KIND)
    return lay_chain.in_words(lay_chain.made([Wanted(**step) for step in steps], kind), kind)


def test_the_plain_words():
    boss, lead = {"turn": 1, "part": "boss"}, {"turn": 3, "role": "lead"}
    pay = {"turn": 1, "role": "stakeholder", "label": "Compensation", "condition": "dear"}
    assert words() == "Nobody has to approve it."
    assert words(boss) == "The boss."
    assert words(boss, pay, lead) == (
        "First the boss and any stakeholder (Compensation, only if: it is dear) at once, then any recruiting lead."
    )
    assert words({**boss, "label": "Money"}, {**pay, "label": "Money", "condition": ""}) == (
        "The boss (Money) or any stakeholder (Money)."
    )


@given(st.lists(st.integers(1, 12), max_size=MOST_STEPS))
def test_turns_become_numbers_from_one_and_keep_their_order(turns):
    rows = lay_chain.made([Wanted(turn=turn, part="boss") for turn in turns], kinds.get(KIND))
    assert [row.position for row in rows] == sorted(sorted(set(turns)).index(turn) + 1 for turn in turns)


@pytest.mark.django_db
def test_lay_again_and_drop(house):
    given = {"kind": KIND, "hours": 8, "mail_links": False, "by": house.admin, "now": NOW}
    steps = [Wanted(turn=4, part="boss"), Wanted(turn=9, person=house.pay, label=" Money ")]
    chain = lay_chain.lay(organisation=None, steps=steps, **given)
    request = house.ask()
    assert list(chain.steps.order_by("position").values_list("position", "label")) == [(1, ""), (2, "Money")]
    assert Activity.objects.get(verb="approval.chain_changed").data["steps"] == (
        "First the boss, then Pia Pay (Money)."
    )
    assert lay_chain.lay(organisation=None, steps=[], **given) == chain
    assert chain.steps.count() == 0
    assert request.approvals.count() == 2
    lay_chain.lay(organisation=house.organisation, steps=steps[:1], **given)
    lay_chain.drop(kind=KIND, organisation=None, by=house.admin, now=NOW)
    assert ApprovalChain.objects.get().organisation == house.organisation
    house.pay.is_active = False
    for wrong in (
        Wanted(turn=1),
        Wanted(turn=1, part="boss", role="lead"),
        Wanted(turn=1, part="cook"),
        Wanted(turn=1, role="cook"),
        Wanted(turn=1, part="boss", condition="cook"),
        Wanted(turn=1, part="boss", label="x" * 81),
        Wanted(turn=1, person=house.pay),
    ):
        with pytest.raises(Invalid):
            lay_chain.lay(organisation=None, steps=[wrong], **given)
    with pytest.raises(Invalid, match="12 steps"):
        lay_chain.lay(organisation=None, steps=[Wanted(turn=1, part="boss")] * 13, **given)
    with pytest.raises(NotAllowed):
        lay_chain.lay(organisation=None, steps=[], **{**given, "by": house.lead})


def rows(*filled):
    data = {"hours": "8", "mail_links": "on", "step-TOTAL_FORMS": "4", "step-INITIAL_FORMS": "0"}
    blank = [{"turn": "1", "who": "", "label": "", "condition": ""}] * (4 - len(filled))
    for number, row in enumerate([*filled, *blank]):
        data |= {f"step-{number}-{key}": value for key, value in row.items()}
    return data


@pytest.mark.django_db
def test_the_editor(client, house):
    address = f"/settings/approvals/{KIND}/"
    client.force_login(house.admin)
    first = client.get("/settings/approvals/").content.decode()
    assert first.count("Nobody has to approve it.") == first.count("Say who approves<") == len(kinds.known())
    client.force_login(house.lead)
    assert client.get(address).status_code == 403
    client.force_login(house.admin)
    boss = {"turn": "1", "who": "part:boss", "label": "", "condition": "dear"}
    pay = {"turn": "2", "who": f"person:{house.pay.pk}", "label": "Money", "condition": ""}
    said = "First the boss (only if: it is dear), then Pia Pay (Money)."
    shown = client.post(f"{address}words/", rows(boss, pay), headers={"HX-Request": "true"})
    assert said in shown.content.decode()
    assert client.post(address, rows(boss, pay)).status_code == 302
    page = client.get(address).content.decode()
    assert said in page
    assert "pay among it" in page
    assert f'<option value="person:{house.pay.pk}" selected>' in page
    wrong = client.post(address, rows({**boss, "who": "person:0"}))
    assert (wrong.status_code, ApprovalChain.objects.get().steps.count()) == (422, 2)
    own = f"{address}?organisation={house.organisation.pk}"
    assert "follows the steps for everybody" in client.get(own).content.decode()
    assert client.post(own, rows(pay)).status_code == 302
    listed = client.get("/settings/approvals/").content.decode()
    assert "Pia Pay (Money)." in listed
    assert "Opening of a role" in listed
    assert client.post(f"{address}drop/?organisation={house.organisation.pk}").status_code == 302
    assert ApprovalChain.objects.get().organisation is None
    # Who has left and stands in the chain is said when it is saved again.
    house.pay.is_active = False
    house.pay.save()
    refused = client.post(address, rows(boss, pay))
    assert "Pia Pay no longer signs in here." in refused.content.decode()
    assert client.get(f"{address}?organisation=0").status_code == 404
    assert client.get("/settings/approvals/cook/").status_code == 404
    assert make.make_user(Role.RECRUITER).has_perm("ats.manage_approvals") is False
