"""What numbers the rows of a test have: large ones, and no two tables the same.

A key of two digits is now and then the width of a picture or the count of something else, and a row found by another
table's key is found all the same where both count from one: such tests pass or fail by how many rows came before.
"""

from django.db import connections

FIRST = 30_000_000
APART = 100_003
"""More rows than one process of tests writes into one table; keys stay below the largest `integer`."""


def count_apart(alias: str = "default") -> dict[str, int]:
    """Have every sequence go on from a number of its own; what each begins with."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
        )
        begins = {name: FIRST + APART * place for place, (name,) in enumerate(cursor.fetchall())}
        for name, number in begins.items():
            cursor.execute(f"SELECT setval('{name}', {number})")
    return begins
