"""Moving along the pipeline."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from candidates.applications import actions
from candidates.models import Application
from tests.candidates.helpers import at_once, hours, open_one, story
from tests.factories import make_application, make_requisition, make_user, stage

pytestmark = pytest.mark.django_db


def move(application: Application, kind: str, now: float = 1, **more: object) -> Application:
    requisition = application.requisition
    given = {"by": requisition.recruiter} | more
    return actions.move(
        application_id=application.pk, stage_id=stage(requisition, kind).pk, now=hours(now), **given
    )


def test_a_move_keeps_the_promise_and_opens_the_stages() -> None:
    application = make_application()
    moved = move(application, "review")
    assert (moved.stage.kind, moved.version) == ("review", 2)
    assert (moved.stage_entered_at, moved.last_activity_at, moved.applied_at) == (
        hours(1),
        hours(1),
        hours(0),
    )
    assert story(application) == [("First answer", "kept"), ("News after the hiring manager's look", "open")]
    promise = open_one(application)
    assert (promise.side, promise.owner) == ("manager", application.requisition.hiring_manager)
    activity = Activity.objects.get(verb="application.moved")
    assert {key: activity.data[key] for key in ("from_stage", "from_kind", "to_stage", "to_kind")} == {
        "from_stage": "Applied",
        "from_kind": "applied",
        "to_stage": "Manager review",
        "to_kind": "review",
    }
    assert activity.application_id == application.pk


def test_back_and_to_where_it_is() -> None:
    application = make_application(stage_kind="interview")
    assert move(application, "applied").stage.kind == "applied"
    again = move(application, "applied", 2)
    assert (again.version, again.stage_entered_at) == (2, hours(1))
    assert len(story(application)) == 2


def test_who_acts_on_an_older_picture_is_told_what_happened() -> None:
    application = make_application()
    move(application, "review", version=1)
    with pytest.raises(Conflict) as caught:
        move(application, "interview", 2, version=1)
    recruiter = application.requisition.recruiter
    assert (
        caught.value.message == f"{recruiter} has just moved {application.candidate.name} to Manager review."
    )
    application.refresh_from_db()
    assert application.stage.kind == "review"
    assert move(application, "interview", 2, version=2).version == 3


def test_not_to_hired_not_to_another_role_and_not_after_the_end() -> None:
    application = make_application()
    with pytest.raises(WrongState):
        move(application, "hired")
    with pytest.raises(Invalid):
        actions.move(
            application_id=application.pk,
            stage_id=stage(make_requisition(), "review").pk,
            by=application.requisition.recruiter,
            now=hours(1),
        )
    with pytest.raises(WrongState):
        move(make_application(state="rejected"), "review")
    assert story(application) == [("First answer", "open")]


@pytest.mark.parametrize("role", ["manager", "interviewer", "stakeholder"])
def test_others_do_not_find_it(role: str) -> None:
    with pytest.raises(Missing):
        move(make_application(), "review", by=make_user(role))


def test_the_hiring_manager_sees_and_does_not_move() -> None:
    application = make_application()
    with pytest.raises(Missing):
        move(application, "review", by=application.requisition.hiring_manager)


def test_a_move_is_cheap() -> None:
    application = make_application()
    with CaptureQueriesContext(connection) as queries:
        move(application, "interview")
    # With what the reviews and the partnerships do on hearing of it.
    assert len(queries) <= 20


def test_many_at_once_with_the_reasons_of_those_that_were_refused() -> None:
    requisition = make_requisition()
    applications = [make_application(requisition=requisition) for _ in range(3)]
    ended = make_application(requisition=requisition, state="rejected")
    foreign = make_application()
    ids = [*[application.pk for application in applications], ended.pk, foreign.pk, 10**9]
    result = actions.bulk_move(
        application_ids=ids,
        stage_id=stage(requisition, "interview").pk,
        by=requisition.recruiter,
        now=hours(1),
    )
    assert result.done == [application.pk for application in applications]
    assert result.refused == {
        ended.pk: "This application is rejected: it no longer moves.",
        foreign.pk: "This stage does not belong to the role.",
        10**9: "This application is not there any more.",
    }


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_people_move_one_card(self) -> None:
        application = make_application()
        kinds = ["review", "interview", "offer"]
        outcomes = at_once(*[lambda kind=kind: move(application, kind, version=1) for kind in kinds])
        winners = [outcome for outcome in outcomes if isinstance(outcome, Application)]
        losers = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert (len(winners), len(losers)) == (1, 2)
        application.refresh_from_db()
        assert (application.version, application.stage.kind) == (2, winners[0].stage.kind)
        assert f"to {winners[0].stage.name}." in losers[0].message
        assert len(story(application)) == 2

    def test_without_a_version_the_last_one_stands_and_every_step_is_recorded(self) -> None:
        application = make_application()
        kinds = ["review", "interview", "offer"]
        outcomes = at_once(*[lambda kind=kind: move(application, kind) for kind in kinds])
        assert all(isinstance(outcome, Application) for outcome in outcomes)
        assert sorted(outcome.version for outcome in outcomes) == [2, 3, 4]
        assert [state for _, state in story(application)] == ["kept", "kept", "kept", "open"]

    def test_a_move_and_the_clock(self) -> None:
        from tests.candidates.helpers import run_lane

        for _ in range(5):
            application = make_application(due_at=hours(1))
            outcomes = at_once(
                lambda application=application: move(application, "interview", 1),
                lambda: run_lane("promises", hours(1)),
            )
            assert isinstance(outcomes[0], Application)
            states = [state for _, state in story(application)]
            assert states in (["kept", "open"], ["broken", "kept", "open"])
            assert open_one(application).what == "A time for your interview"
