"""How the tables are brought up to date: operations of this house, and a state that draws only what has changed."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AlterConstraint
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import field_is_referenced


class SparingState(ProjectState):
    """Draws a model that changed anew, and leaves those that are related to it as they were drawn.

    Django draws these anew as well, which is nearly all of them, after each of a thousand operations: half a minute
    of a first start. Tables, columns, indexes and constraints are made from the one model alone. What may change
    what others point at finds all drawn before and after it, and so does code of a migration (`is_delayed`).
    """

    _newly = False
    """Whether what is added is something that nothing points at yet."""
    _before: "SparingState | None" = None
    """The copy that stands for how it was before the operation which is at it."""

    def add_model(self, model_state: ModelState) -> None:
        self._adding(super().add_model, model_state)

    def add_field(self, *field: Any) -> None:
        self._adding(super().add_field, *field)

    def _adding(self, add: Any, *what: Any) -> None:
        self._newly = True
        try:
            add(*what)
        finally:
            self._newly = False

    def alter_field(self, app_label: str, model_name: str, name: str, *field: Any) -> None:
        key = app_label, model_name
        if field_is_referenced(self, key, (name, self.models[key].fields[name])):
            self._draw_what_was()
        super().alter_field(app_label, model_name, name, *field)

    def rename_model(self, *names: str) -> None:
        self._draw_what_was()
        super().rename_model(*names)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self.reload_models([(app_label, model_name)], delay=delay or self._newly)

    def reload_models(self, models: Any, delay: bool = True) -> None:
        if "apps" not in self.__dict__:
            return
        keys = {key for key in models if key in self.models}
        if not delay or any(self._has_heirs(key) for key in keys):
            self.draw_all()
        else:
            self._reload(keys)  # type: ignore[attr-defined]
            self.is_delayed = True

    def _draw_what_was(self) -> None:
        """Models that both states share would be asked for who points at them as it is by then."""
        if self._before and "apps" in self._before.__dict__:
            self._before.draw_all()

    def draw_all(self) -> None:
        real = ((each.app_label, each.name_lower) for each in self.apps.real_models)
        self._reload({*self.models, *real})  # type: ignore[attr-defined]
        self.is_delayed = False

    def _has_heirs(self, key: tuple[str, str]) -> bool:
        name = ".".join(key)
        return any(
            name == base.lower()
            for each in self.models.values()
            for base in each.bases
            if isinstance(base, str)
        )

    def clone(self) -> "SparingState":
        copy, self._before = super().clone(), SparingState()
        self._before.__dict__.update(copy.__dict__)
        return self._before


class SparingExecutor(MigrationExecutor):
    """Django's, on a state that draws no more than it has to."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return SparingState(state.models, state.real_apps)


class AlterConstraints(Operation):
    """Many constraints get other words (their database side stays), and the models are drawn anew once.

    Django's own operation draws the model and all that points at it anew each time: a first start with 191 of
    them waited nine seconds longer.
    """

    reduces_to_sql = False

    def __init__(self, constraints: Sequence[AlterConstraint]) -> None:
        self.constraints = constraints

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn = state.__dict__.pop("apps", None)
        for each in self.constraints:
            each.state_forwards(app_label, state)
        if drawn is not None:
            state.__dict__["apps"] = drawn
            state.reload_models(sorted({(app_label, each.model_name_lower) for each in self.constraints}))

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The words are not in the database."""

    database_backwards = database_forwards

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"constraints": self.constraints}

    def describe(self) -> str:
        return f"Other words for {len(self.constraints)} constraints"
