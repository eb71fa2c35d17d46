"""Servers of the tests for all modules, and a database for each: the modules run side by side."""

import os

from ats.embedded import testing


def start(*, keep: bool) -> None:
    """Start what the tests would start, and make their database once."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ats.settings.test"
    testing.start()
    import django
    from django.db import connection

    django.setup()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    connection.close()


def own(name: str, *, number: int) -> dict[str, str]:
    """The addresses of a copy of that database and of a Redis database for this module."""
    import psycopg2
    from django.conf import settings

    made, address = settings.DATABASES["default"]["NAME"], os.environ["DATABASE_URL"]
    maintenance, _, query = address.partition("?")
    server = maintenance.rpartition("/")[0]
    with_query = f"?{query}" if query else ""
    admin = psycopg2.connect(f"{server}/postgres{with_query}")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "mutants_{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "mutants_{name}" TEMPLATE "{made}"')
    admin.close()
    redis = os.environ["REDIS_URL"]
    redis = (
        redis.replace("?db=0", f"?db={number}") if "?db=" in redis else f"{redis.rpartition('/')[0]}/{number}"
    )
    return {"DATABASE_URL": f"{server}/mutants_{name}{with_query}", "REDIS_URL": redis}
