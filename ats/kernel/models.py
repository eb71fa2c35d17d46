"""Abstract models that every floor uses."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class Stamped(models.Model):
    """When a row was made and last changed; a partial save carries the change time along."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = {*update_fields, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)


def one_of(name: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """A database check that a choice field holds one of its choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}),
        name=name,
        violation_error_message=f"This is none of the choices of {field.replace('_', ' ')}.",
    )


def goes_with(name: str, *, state: models.Q, field: str, message: str) -> models.CheckConstraint:
    """A database check that `field` is set exactly when `state` holds."""
    absent = models.Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(
        condition=(state & ~absent) | (~state & absent), name=name, violation_error_message=message
    )
