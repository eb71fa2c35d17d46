"""What the database refuses, in words: every constraint says its own (`violation_error_message`).

A model, and so its migrations, has them in English. The catalogs of colleagues hold them beside what rows keep
(`ats.kernel.kept`), and they are said in the language of whoever reads them.
"""

import logging
from functools import cache

from django.apps import apps
from django.db import DataError, IntegrityError
from django.db.models import BaseConstraint

from ats.kernel.errors import ActionError, Conflict, Invalid
from ats.kernel.kept import retold
from ats.kernel.languages import Words, later

logger = logging.getLogger(__name__)

FASTER = frozenset({"23505", "23P01"})
"""Unique and exclusion violations: somebody else has come first (PostgreSQL's classes of errors)."""

NO_DATA = frozenset({"22001", "22003", "22007", "22008", "22009", "22021", "22P02", "22P05"})
"""Too long, too large, no date, no zone, no text: what no column takes, whoever asks for it."""


def is_no_data(error: BaseException) -> bool:
    """Whether the database was given what it cannot even compare with: a mistake of who sent it."""
    return isinstance(error, DataError) and getattr(error.__cause__, "pgcode", None) in NO_DATA


@cache
def _constraints() -> dict[str, BaseConstraint]:
    return {
        constraint.name: constraint for model in apps.get_models() for constraint in model._meta.constraints
    }


def kept_words(name: str) -> str:
    """What the constraint of this name says, as rows and mails keep it."""
    return str(_constraints()[name].get_violation_error_message())


def words(name: str) -> Words:
    """The same in the language of the moment in which somebody reads it."""
    return later(lambda: retold(kept_words(name)))


def name_of(error: IntegrityError) -> str:
    """The constraint, or the trigger in its place, that refused; empty where it says none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def refusal(error: IntegrityError) -> ActionError | None:
    """The refusal as an action would have said it; None where no constraint of ours says anything.

    An action looks first, so this is for two who look at the same moment. A check that a single person's
    request comes to was forgotten in the action: they get the words, the log gets the error.
    """
    if (name := name_of(error)) not in _constraints():
        return None
    said = words(name)
    if getattr(error.__cause__, "pgcode", None) in FASTER:
        return Conflict(said)
    logger.error("What the database refused, no action had looked for", exc_info=error)
    return Invalid(said)
