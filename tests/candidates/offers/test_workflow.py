"""The ways between the states of an offer, and what is said where there is none; no database."""

import pytest

from ats.kernel.errors import WrongState
from candidates.offers import workflow
from candidates.offers.models import NextState, OfferState

STATES = set(OfferState)


def ways(check, target):
    """From which states `check` lets an offer become `target`."""
    found = set()
    for state in STATES:
        try:
            check(state.value, target)
        except WrongState:
            continue
        found.add(state.value)
    return found


@pytest.mark.parametrize(
    ("target", "before"),
    [
        ("draft", {"approval", "approved"}),
        ("approval", {"draft"}),
        ("approved", {"approval"}),
        ("sent", {"approved"}),
        ("accepted", {"sent"}),
        ("declined", {"sent"}),
        ("expired", {"sent"}),
        ("withdrawn", {"draft", "approval", "approved", "sent"}),
        ("reneged", {"accepted"}),
    ],
)
def test_what_an_offer_may_become(target, before):
    assert ways(workflow.check, OfferState(target)) == before


def test_what_is_over_or_read_says_so():
    with pytest.raises(WrongState, match=r"^This offer was declined\.$"):
        workflow.check("declined", OfferState.ACCEPTED)
    for state in ("draft", "approval", "approved"):
        workflow.check_changeable(state)
    for state in ("sent", "accepted", "declined", "expired", "withdrawn", "reneged"):
        with pytest.raises(WrongState, match=r"its terms no longer change\.$"):
            workflow.check_changeable(state)


@pytest.mark.parametrize(
    ("target", "before"),
    [
        ("draft", {"", "approval", "approved"}),
        ("approval", {"draft"}),
        ("approved", {"approval"}),
        ("", {"draft", "approval", "approved"}),
    ],
)
def test_what_a_next_version_may_become(target, before):
    for state in NextState:
        if state.value in before:
            workflow.check_next(state.value, NextState(target))
        else:
            with pytest.raises(WrongState):
                workflow.check_next(state.value, NextState(target))


def test_only_what_was_approved_leaves():
    workflow.check_next_may_leave("approved")
    for state, said in (
        ("", "has not been begun"),
        ("draft", "is a draft"),
        ("approval", "waits for approval"),
    ):
        with pytest.raises(WrongState, match=said):
            workflow.check_next_may_leave(state)
