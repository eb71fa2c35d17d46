"""The password of the demo company stands in the README, and whoever looked at the demo has signed in with it.

So a database that once was a demo is not served in production while the demo's people, an administrator among
them, can still sign in (with that password, or another way in that a visitor gave them meanwhile).
"""

import sys

from django.conf import settings
from django.db import DatabaseError, connection

from ats.accounts.queries.demo import who_can_sign_in

HINT = (
    "`python manage.py shut_out_demo` takes away their passwords, second steps, sessions, tokens and feeds."
)


def told(names: list[str]) -> str:
    """What a person at the terminal is to know of them."""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"this database was a demo: {names[0]}{more} can still sign in. {HINT}"


def refuse() -> None:
    """End a process that is about to serve, with one line; a database that is away is not this one's affair."""
    if settings.DEMO or not settings.PRODUCTION:
        return
    try:
        names = who_can_sign_in()
    except DatabaseError:
        return
    finally:
        connection.close()
    if names:
        print(f"accord: {told(names)}", file=sys.__stderr__, flush=True)
        raise SystemExit(1)
