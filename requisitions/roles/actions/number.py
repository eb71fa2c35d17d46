"""The numbers that requisitions go by, from a database sequence: no race can give one twice."""

from django.db import connection


def take(count: int = 1) -> list[str]:
    """The next references, such as R-0042; they are never given again, also where nothing came of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('requisitions_reference_seq') FROM generate_series(1, %s)",  # one for each row
            [count],
        )
        return [f"R-{number:04d}" for (number,) in cursor.fetchall()]
