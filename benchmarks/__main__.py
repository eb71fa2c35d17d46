"""`make bench`: seeds SCALE candidates into a database of its own and measures what people wait for.

Writes one JSON object a measured thing to VAR/bench/results.jsonl and a table to the screen; figures of
other scales that were measured before stand beside, so that growth shows. `ONLY=board_2000,portal` measures
just those; `KEEP=1` uses the data of the last run at this scale again. `AGAINST=<revision>` compares with
that revision instead (benchmarks/against.py). `PARTNERS=1` measures what partners wait for instead, in a company of
5,000 roles (benchmarks/partners.py).
"""

import json
import os
import shutil
import sys
from pathlib import Path

from ats.embedded import running
from benchmarks import COMPANY, PARTNERS, mailserver

SCALE = int(os.environ.get("SCALE", "10000"))
BASE = Path(os.environ.get("VAR", "var")).resolve() / "bench"
ONLY = {name for name in os.environ.get("ONLY", "").split(",") if name}
KEEP = os.environ.get("KEEP") == "1"


def main() -> int:
    if revision := os.environ.get("AGAINST"):
        from benchmarks import against

        scale = COMPANY if PARTNERS else SCALE
        return against.main(revision, scale=scale, base=BASE, only=ONLY, keep=KEEP)
    return measure_all()


def measure_all() -> int:
    var = BASE / ("partners" if PARTNERS else str(SCALE))
    if not KEEP:
        shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True, exist_ok=True)
    with running(var) as urls, mailserver.taking() as mail:
        os.environ.update(
            urls | mail,
            VAR=str(var),
            DJANGO_SETTINGS_MODULE="ats.settings",
            COUNT_QUERIES="1",
            DEMO="0",
            API_RATE="1000000/min",
            APPLY_RATE="1000000/minute",
        )
        import django

        django.setup()
        from benchmarks import server, subject
        from benchmarks.behind import MEASURES
        from benchmarks.measures import result

        scale = SCALE
        if PARTNERS:
            from benchmarks import partners

            partners.prepare(keep=KEEP)
            partners.only_these()
            scale = COMPANY
        else:
            subject.prepare(SCALE, keep=KEEP)
        facts, results = subject.Facts(), []
        with server.running(var) as address:
            for name, measure in MEASURES.items():
                if ONLY and name not in ONLY:
                    continue
                print(f"measuring {name}", flush=True)
                results.append({"name": name, "scale": scale} | result(measure(facts, address)))
    table(save(results))
    return 0


def save(results: list[dict], path: Path = BASE / "results.jsonl") -> list[dict]:
    """Replace this scale's figures in the file; all figures that it then has."""
    measured = {(result["scale"], result["name"]) for result in results}
    kept = []
    if path.exists():
        kept = [json.loads(line) for line in path.read_text().splitlines()]
        kept = [each for each in kept if (each["scale"], each["name"]) not in measured]
    every = sorted([*kept, *results], key=lambda each: (each["scale"], each["name"]))
    path.write_text("".join(json.dumps(each) + "\n" for each in every))
    return every


def table(results: list[dict]) -> None:
    scales = sorted({result["scale"] for result in results})
    by_name: dict[str, dict[int, dict]] = {}
    for result in results:
        by_name.setdefault(result["name"], {})[result["scale"]] = result
    print(f"\n{'':28}" + "".join(f"{f'{scale:,} candidates':>34}" for scale in scales))
    print(f"{'':28}" + f"{'median':>10}{'p95':>8}{'queries':>8}{'kB':>8}" * len(scales))
    for name, figures in by_name.items():
        cells = "".join(_cells(figures.get(scale)) for scale in scales)
        unit = next(iter(figures.values()))["unit"]
        print(f"{name + ' ' + unit:28}{cells}")


def _cells(result: dict | None) -> str:
    if result is None:
        return f"{'':34}"
    queries = "" if result["queries"] is None else result["queries"]
    size = "" if result["bytes"] is None else f"{result['bytes'] / 1000:.1f}"
    return f"{result['median']:>10}{result['p95'] or '':>8}{queries:>8}{size:>8}"


if __name__ == "__main__":
    sys.exit(main())
