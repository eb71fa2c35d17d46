import pytest

from ats.kernel.errors import WrongState
from requisitions.models import PostState, RequisitionState
from requisitions.posts import workflow as posts
from requisitions.roles import workflow as roles


@pytest.mark.parametrize(("graph", "states"), [(roles, RequisitionState), (posts, PostState)])
def test_every_state_has_a_way_in(graph, states) -> None:
    reached, edge = {graph.START}, {graph.START}
    while edge:
        edge = {target for state in edge for target in graph.TRANSITIONS[state]} - reached
        reached |= edge

    assert set(graph.TRANSITIONS) == set(states) == reached


@pytest.mark.parametrize(("graph", "states"), [(roles, RequisitionState), (posts, PostState)])
def test_only_the_ways_of_the_graph_are_open(graph, states) -> None:
    def passes(state: str, target: str) -> bool:
        try:
            graph.check(state, target)
        except WrongState:
            return False
        return True

    open_ways = {(state, target) for state in states for target in states if passes(state, target)}

    assert open_ways == {(state, target) for state, ways in graph.TRANSITIONS.items() for target in ways}


def test_what_ended_is_over() -> None:
    assert sorted(roles.ENDED) == ["cancelled", "closed", "filled"]
    with pytest.raises(WrongState):
        roles.check_not_ended("filled")
    roles.check_not_ended("on_hold")
