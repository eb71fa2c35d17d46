"""Whose turn it is, for any chain and any order of answers."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ats.approvals import workflow
from ats.approvals.models import ApprovalRequestState as State


@dataclass
class Asked:
    position: int
    label: str
    state: str = "later"


CHAINS = st.lists(st.builds(Asked, st.integers(1, 4), st.sampled_from("ABC")), max_size=8)


def open_turn(rows):
    stands = workflow.standing(rows)
    for row in rows:
        if row.position == stands.turn and row.state == "later":
            row.state = "open"
    return stands


def say_yes(row, rows):
    row.state = "approved"
    for other in rows:
        same = (other.position, other.label) == (row.position, row.label)
        if same and other.state in {"later", "open"}:
            other.state = "cancelled"


@given(CHAINS, st.data())
def test_yeses_in_any_order_walk_the_positions_upwards_and_end_in_approved(rows, data):
    turns = []
    while (stands := open_turn(rows)).state == State.WAITING:
        turns.append(stands.turn)
        asked = [row for row in rows if row.state == "open"]
        assert asked
        assert {row.position for row in asked} == {stands.turn}
        assert not [row for row in rows if row.position < stands.turn and row.state in {"later", "open"}]
        say_yes(data.draw(st.sampled_from(asked)), rows)
    assert stands.state == State.APPROVED
    assert turns == sorted(turns)
    assert set(turns) == {row.position for row in rows}
    assert {(row.position, row.label) for row in rows if row.state == "approved"} == {
        (row.position, row.label) for row in rows
    }
    assert len(turns) == len({(row.position, row.label) for row in rows})


@given(CHAINS.filter(bool), st.data())
def test_a_no_at_any_moment_sends_it_back(rows, data):
    for _ in range(data.draw(st.integers(0, 3))):
        asked = [row for row in rows if row.state == "open"]
        if open_turn(rows).state == State.WAITING and asked:
            say_yes(data.draw(st.sampled_from(asked)), rows)
    open_turn(rows)
    asked = [row for row in rows if row.state == "open"]
    if asked:
        data.draw(st.sampled_from(asked)).state = "rejected"
        assert workflow.standing(rows).state == State.REJECTED


def test_every_state_of_an_approval_has_its_ways():
    assert set(workflow.OF_ONE) == set(type(next(iter(workflow.OF_ONE))))
    reached = {"later"}
    for ways in workflow.OF_ONE.values():
        reached |= ways
    assert reached == set(workflow.OF_ONE)
    assert set(workflow.REFUSALS) == set(workflow.OF_ONE) - {"open"}
