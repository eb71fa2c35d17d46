"""A worker's process for a race: ready once it has its database, then all that is due in the lanes it was told.

`python -m benchmarks.worker LANE...` says "ready", waits for a line, and says when it finds nothing more to do.
"""

import sys


def main(*names: str) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from ats.duework import engine

    connection.ensure_connection()
    lanes = [engine.lanes()[name] for name in names]
    print("ready", flush=True)
    sys.stdin.readline()
    while sum(each.run(timezone.now()) for each in lanes):
        pass
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
