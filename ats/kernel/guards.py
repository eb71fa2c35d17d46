"""What the database refuses, in words: every constraint says its own (`violation_error_message`)."""

import logging
from functools import cache

from django.apps import apps
from django.db import DataError, IntegrityError

from ats.kernel.errors import ActionError, Conflict, Invalid

logger = logging.getLogger(__name__)

FASTER = frozenset({"23505", "23P01"})
"""Unique and exclusion violations: somebody else has come first (PostgreSQL's classes of errors)."""

NO_DATA = frozenset({"22001", "22003", "22007", "22008", "22009", "22021", "22P02", "22P05"})
"""Too long, too large, no date, no zone, no text: what no column takes, whoever asks for it."""


def is_no_data(error: BaseException) -> bool:
    """Whether the database was given what it cannot even compare with: a mistake of who sent it."""
    return isinstance(error, DataError) and getattr(error.__cause__, "pgcode", None) in NO_DATA


@cache
def _words() -> dict[str, str]:
    return {
        constraint.name: str(constraint.get_violation_error_message())
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def words(name: str) -> str:
    """What the constraint of this name says."""
    return _words()[name]


def name_of(error: IntegrityError) -> str:
    """The constraint, or the trigger in its place, that refused; empty where it says none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def refusal(error: IntegrityError) -> ActionError | None:
    """The refusal as an action would have said it; None where no constraint of ours says anything.

    An action looks first, so this is for two who look at the same moment. A check that a single person's
    request comes to was forgotten in the action: they get the words, the log gets the error.
    """
    said = _words().get(name_of(error))
    if said is None:
        return None
    if getattr(error.__cause__, "pgcode", None) in FASTER:
        return Conflict(said)
    logger.error("What the database refused, no action had looked for", exc_info=error)
    return Invalid(said)
