"""The graph of states, walked at random on the real database."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ats.kernel.errors import ActionError, WrongState
from candidates.applications import actions, workflow
from candidates.messages import actions as conversation
from candidates.models import Application, ApplicationState, Promise
from requisitions.models import Opening
from tests.candidates.helpers import run_lane, whole
from tests.factories import NOW, make_application, make_requisition, stage

STEPS = ("move", "reject", "reject silently", "withdraw", "hire", "undo", "write", "ask", "tick", "tell")


def test_every_state_has_a_way_in_and_undo_mirrors_the_decisions() -> None:
    ways_in = {target for targets in workflow.TRANSITIONS.values() for target in targets}
    assert ways_in | {workflow.START} == set(ApplicationState)
    assert set(workflow.UNDO) == workflow.ENDED == ways_in
    assert set(workflow.UNDO.values()) == {workflow.START}
    assert workflow.CORRECTABLE <= workflow.ENDED


@pytest.mark.parametrize("state", sorted(workflow.ENDED))
@pytest.mark.parametrize("target", sorted(workflow.ENDED))
def test_what_has_ended_does_not_end_again(state: ApplicationState, target: ApplicationState) -> None:
    with pytest.raises(WrongState):
        workflow.check(state, target)


class TestWalks(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 60)), max_size=12))
    def test_any_walk_leaves_the_database_in_order(self, steps: list[tuple[str, int]]) -> None:
        requisition = make_requisition(openings=1)
        application = make_application(requisition=requisition)
        now = NOW
        for number, (step, pause) in enumerate(steps):
            now += timedelta(hours=pause, minutes=1)
            before = whole(application)
            try:
                self.take(step, application, now, number)
            except ActionError:
                after = whole(application)
                assert (after.version, after.state, after.stage_id) == (
                    before.version,
                    before.state,
                    before.stage_id,
                )
            self.check(before, whole(application))

    def take(self, step: str, application: Application, now: object, number: int) -> None:
        requisition = application.requisition
        by, pk = requisition.recruiter, application.pk
        words = ("About your application", "A word.")
        kinds = ("applied", "review", "interview", "offer")
        if step == "move":
            target = stage(requisition, kinds[number % 4])
            actions.move(application_id=pk, stage_id=target.pk, by=by, now=now)
        elif step in {"reject", "reject silently"}:
            message = words if step == "reject" else None
            actions.reject(application_id=pk, reason="stronger-match", by=by, now=now, message=message)
        elif step == "withdraw":
            actions.withdraw(application=application, by=by, reason_text="", now=now)
        elif step == "hire":
            actions.hire(application_id=pk, by=by, now=now)
        elif step == "undo":
            actions.undo_decision(application_id=pk, by=by, now=now)
        elif step == "tell":
            actions.tell(application_id=pk, message=words, by=by, now=now)
        elif step == "write":
            conversation.send(application_id=pk, subject=words[0], body=words[1], by=by, now=now)
        elif step == "ask":
            conversation.receive(
                candidate=application.candidate, application=whole(application), body="How long?", now=now
            )
        else:
            for lane in ("promise-reminders", "promises", "promise-news", "follow-ups"):
                run_lane(lane, now)

    def check(self, before: Application, after: Application) -> None:
        if after.state != before.state:
            allowed = workflow.TRANSITIONS[ApplicationState(before.state)] | (
                {workflow.UNDO[ApplicationState(before.state)]} if before.state in workflow.UNDO else set()
            )
            assert after.state in allowed
        assert after.version >= before.version
        assert (after.state != before.state or after.stage_id != before.stage_id) <= (
            after.version > before.version
        )
        open_ones = Promise.objects.open().filter(application=after).count()
        assert open_ones == (1 if after.state == "active" else 0)
        assert Opening.objects.filter(state="filled").count() == int(after.state == "hired")
        assert (after.opening_id is not None) == (after.state == "hired")
        assert (after.stage.kind == "hired") == (after.state == "hired")
