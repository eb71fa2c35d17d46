"""Operations that migrations of this house take, beside Django's own."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AlterConstraint
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


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
