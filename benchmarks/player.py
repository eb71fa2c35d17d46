"""One side of a comparison: asks its own server for one thing at a time, when it is told to.

`python -m benchmarks.player prepare SCALE` makes and fills the database, `... rest` migrates and settles a copy
of it; `... play HOST:PORT` reads JSON lines such as `{"do": "ask", "name": "portal"}` and answers each with one.
It runs in the checkout of its side, with that side's code and database and with this folder laid over its own.
"""

import json
import sys
from typing import IO, Any


def play(address: str, orders: IO[str], answers: IO[str]) -> None:
    from benchmarks.subject import Facts

    facts, things = Facts(), {}
    for line in orders:
        order = json.loads(line)
        try:
            answer = _done(order, things, facts, address)
        except Exception as problem:  # noqa: BLE001 - what one side lacks is said, and the next thing asked
            answer = {"error": f"{type(problem).__name__}: {problem}"[:400]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _done(order: dict[str, str], things: dict[str, Any], facts: Any, address: str) -> dict[str, Any]:
    from benchmarks.behind import MEASURES

    name = order["name"]
    if order["do"] == "names":
        return {"names": list(MEASURES)}
    if order["do"] == "prepare":
        things[name] = MEASURES[name](facts, address)
        things[name].warm()
        return {"unit": things[name].unit}
    return {"value": things[name].ask().value}


def main(order: str, *more: str) -> int:
    answers, sys.stdout = sys.stdout, sys.stderr  # what the code may print is no answer
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import PARTNERS, partners, subject

    if PARTNERS:
        partners.only_these()
    if order == "prepare" and PARTNERS:
        partners.prepare(keep=False)
    elif order == "prepare":
        subject.prepare(int(more[0]), keep=False)
    elif order == "rest":
        call_command("migrate", verbosity=0)
        subject.rest()
    else:
        play(more[0], sys.stdin, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
