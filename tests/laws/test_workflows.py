"""The graphs of states: no state without a way in, none left out, none that leads nowhere known."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

NAMES = sorted(
    ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
    for package in ("ats", "requisitions", "candidates", "partners")
    for path in Path(settings.ROOT / package).glob("*/workflow.py")
)


def test_the_graphs_are_found():
    assert {
        "requisitions.roles.workflow",
        "requisitions.posts.workflow",
        "candidates.applications.workflow",
    } <= {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_state_has_its_ways_and_can_be_reached(name):
    workflow = import_module(name)
    states = type(workflow.START)
    assert set(workflow.TRANSITIONS) == set(states)
    reached, border = {workflow.START}, [workflow.START]
    while border:
        fresh = workflow.TRANSITIONS[border.pop()] - reached
        reached |= fresh
        border.extend(fresh)
    assert reached == set(states)
