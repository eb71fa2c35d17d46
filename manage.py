#!/usr/bin/env python
"""Accord's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        settings.VAR  # noqa: B018  (reads the settings, so that what they lack is one clear line)
    except ImproperlyConfigured as problem:
        sys.exit(f"accord: {problem}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as problem:
        if getattr(problem.__cause__, "pgcode", "") is not None:
            raise  # the database answered: this is about a statement, and the trace is wanted
        sys.exit(f"accord: {no_database(problem)}")
    except ProgrammingError:
        from ats import tables

        tables.refuse_newer()
        raise  # it is not that the tables are newer


def no_database(problem: Exception) -> str:
    from django.conf import settings

    if "DATABASE_URL" in os.environ or settings.EMBEDDED:
        return f"the database does not answer: {str(problem).strip().splitlines()[0]}"
    return f"no database runs for {settings.VAR}: start one with `make run`, or set DATABASE_URL."


if __name__ == "__main__":
    main()
