"""The graphs of states: no state without a way in, none that leads to one that does not exist."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

WORKFLOWS = [
    module
    for package in ("ats", "requisitions", "candidates", "partners")
    for slice_ in sorted(p.name for p in (apps.get_app_config(package).module.__path__ and __import__("pathlib").Path(apps.get_app_config(package).path)).iterdir() if p.is_dir())
    if find_spec(f"{package}.{slice_}") and find_spec(module := f"{package}.{slice_}.workflow")
]


def test_there_are_workflows():
    assert {"requisitions.roles.workflow", "candidates.applications.workflow"} <= set(WORKFLOWS)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_state_can_be_reached(name):
    workflow = import_module(name)
    graph, start = workflow.GRAPH, workflow.START
    reached, border = {start}, [start]
    while border:
        for state in graph[border.pop()]:
            if state not in reached:
                reached.add(state)
                border.append(state)
    assert reached == set(graph)
