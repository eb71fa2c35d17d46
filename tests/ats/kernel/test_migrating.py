"""Constraints that change their words alone."""

from django.db.migrations.operations import AlterConstraint
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BigAutoField, CheckConstraint, IntegerField, Q

from ats.kernel.migrating import AlterConstraints


def _state() -> ProjectState:
    return ProjectState({
        ("house", name): ModelState(
            "house",
            name,
            [("id", BigAutoField(primary_key=True)), ("floor", IntegerField())],
            {"constraints": [_constraint("Old words."), CheckConstraint(condition=Q(floor__lt=9), name="low")]},
        )
        for name in ("room", "hall")
    })  # fmt: skip


def _constraint(words: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(floor__gte=0), name="above", violation_error_message=words)


def test_the_words_change_in_the_state_and_in_models_that_were_drawn() -> None:
    state = _state()
    assert state.apps.get_model("house", "Room")._meta.constraints[0].violation_error_message == "Old words."
    operation = AlterConstraints([
        AlterConstraint("room", "above", _constraint("A room is above ground.")),
        AlterConstraint("hall", "above", _constraint("A hall is above ground.")),
    ])  # fmt: skip
    operation.state_forwards("house", state)

    drawn = {
        model.__name__.lower(): {each.name: each.violation_error_message for each in model._meta.constraints}
        for model in state.apps.get_models()
    }
    low = CheckConstraint(condition=Q(), name="low").violation_error_message
    assert drawn == {
        "room": {"above": "A room is above ground.", "low": low},
        "hall": {"above": "A hall is above ground.", "low": low},
    }
    assert {
        name: [each.violation_error_message for each in state.models["house", name].options["constraints"]]
        for name in ("room", "hall")
    } == {"room": ["A room is above ground.", low], "hall": ["A hall is above ground.", low]}
