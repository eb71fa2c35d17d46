"""Constraints that change their words alone, and a state that draws no more than it has to."""

from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.commands import migrate
from django.db import connection, migrations, models
from django.db.migrations.operations import AlterConstraint
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BigAutoField, CheckConstraint, IntegerField, Q

from ats.kernel.migrating import AlterConstraints, SparingExecutor, SparingState


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


# --- Drawing no more than it has to


def _key(number: type[models.Field] = models.BigAutoField) -> tuple[str, models.Field]:
    return "id", number(primary_key=True)


def _to(model: str, **facts: Any) -> models.ForeignKey:
    return models.ForeignKey(f"house.{model}", on_delete=models.CASCADE, **facts)


def _built() -> tuple[Operation, ...]:
    """Made anew for each state, which writes into their fields."""
    return (
        migrations.CreateModel("House", [_key()]),
        migrations.CreateModel("Room", [_key(), ("floor", IntegerField()), ("house", _to("House"))]),
        migrations.CreateModel(
            "Person", [_key(), ("name", models.CharField(max_length=9)), ("home", _to("Room"))]
        ),
        migrations.AddIndex("person", models.Index(fields=["name"], name="person_name")),
        migrations.AddConstraint("room", CheckConstraint(condition=Q(floor__lt=9), name="room_low")),
        migrations.AddField("house", "owner", _to("Person", null=True, related_name="owned")),
        migrations.AddField("room", "keys", models.ManyToManyField("house.Person", related_name="opens")),
        migrations.AddField("person", "code", models.CharField(max_length=4, null=True, unique=True)),
        migrations.AddField("room", "guest", _to("Person", to_field="code", null=True, related_name="+")),
    )


def _changed() -> tuple[Operation, ...]:
    only = models.OneToOneField("house.House", on_delete=models.CASCADE)
    whole = models.OneToOneField("house.Room", on_delete=models.CASCADE, parent_link=True, primary_key=True)
    return (
        migrations.AlterField("person", "name", models.TextField()),
        migrations.AlterField("person", "code", models.CharField(max_length=8, null=True, unique=True)),
        migrations.AlterField("house", *_key(models.AutoField)),
        migrations.AlterField("room", "house", only),
        migrations.RenameField("person", "code", "badge"),
        migrations.RenameModel("House", "Building"),
        migrations.AlterModelTable("building", "buildings"),
        migrations.AlterUniqueTogether("room", {("floor", "house")}),
        migrations.CreateModel("Cellar", [("room_ptr", whole)], bases=("house.room",)),
        migrations.AddField("room", "lit", models.BooleanField(default=False)),
        migrations.RemoveConstraint("room", "room_low"),
        migrations.RemoveIndex("person", "person_name"),
        migrations.RemoveField("building", "owner"),
        migrations.RemoveField("room", "guest"),
        migrations.DeleteModel("Cellar"),
    )


def _carry_out(state: ProjectState, operations: tuple[Operation, ...]) -> list[list[str]]:
    """As a migration does it: the statements of each operation."""
    said = []
    for operation in operations:
        before = state.clone()
        operation.state_forwards("house", state)
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            operation.database_forwards("house", editor, before, state)
        said.append(editor.collected_sql)
    return said


@pytest.mark.django_db
def test_the_tables_become_what_django_makes_them() -> None:
    states = ProjectState(), SparingState()
    for state in states:
        assert state.apps.is_installed("house") is False  # drawn from the beginning, as in an executor
    djangos, ours = (_carry_out(state, _built() + _changed()) for state in states)
    assert ours == djangos
    assert [number for number, said in enumerate(ours) if not said] == []
    assert states[1] == states[0]


def test_what_is_added_draws_its_own_model_alone() -> None:
    state = SparingState()
    assert state.apps
    built = _built()
    for operation in built[:3]:
        operation.state_forwards("house", state)
    drawn = {model.__name__: model for model in state.apps.get_models()}
    for operation in built[3:5]:
        operation.state_forwards("house", state)
    now = {model.__name__: model for model in state.apps.get_models()}
    assert {name for name in now if now[name] is not drawn[name]} == {"Person", "Room"}


@pytest.mark.django_db
def test_code_of_a_migration_finds_everything_that_belongs_together() -> None:
    found = []

    def look(apps: Any, editor: Any) -> None:
        person, house = (apps.get_model("house", name) for name in ("Person", "House"))
        found.append(str(house.objects.filter(owner__home__house__room__keys=1).query).count(" JOIN "))
        found.append(
            [each.related_model is house for each in person._meta.related_objects if each.name == "owned"]
        )

    state = SparingState()
    assert state.apps
    _carry_out(state, _built())
    with connection.schema_editor() as editor:
        migrations.RunPython(look).database_forwards("house", editor, state.clone(), state)
    assert found == [5, [True]]


@pytest.mark.django_db
def test_the_migrate_of_this_house_does_so() -> None:
    assert type(load_command_class(get_commands()["migrate"], "migrate")).__module__.startswith("ats.")
    assert migrate.MigrationExecutor is SparingExecutor
    assert type(SparingExecutor(connection)._create_project_state().clone()) is SparingState
