"""`make bench AGAINST=<revision>`: this working copy against a revision, on the same data in the same minutes.

The older side fills a database once; each side gets its own copy, and ours migrates its one. Both servers run
while requests are made by turns, one at a time, so that whatever else the machine does meets both alike. The
ratio of a thing is the median of its rounds' ratios, above 1 is slower, and its spread is the lowest and the
highest round: a limit that lies inside the spread is not missed. `ROUNDS` (7, at least 5) can be raised.
"""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from ats.embedded import running
from benchmarks import PARTNERS, mailserver, server, trees
from benchmarks.figures import compare

ROUNDS = max(int(os.environ.get("ROUNDS", "7")), 5)
A_ROUND = 10  # requests of each side in a round
RATE_ROUNDS = 5  # what counts how many go in a second takes long, and so does what a server holds
COMMON = {
    "DJANGO_SETTINGS_MODULE": "ats.settings",
    "COUNT_QUERIES": "1",
    "DEMO": "0",
    "API_RATE": "1000000/min",
    "APPLY_RATE": "1000000/minute",
    "WEB_WORKERS": "1",
}


class Absent(Exception):
    """One side cannot do this, or not so often; its text says why."""

    def __init__(self, side: str, why: str) -> None:
        self.side = side
        super().__init__(f"{side}: {why}")


@dataclass(frozen=True)
class Side:
    """A checkout and the environment with its own database; both sides share what else they stand on."""

    name: str
    tree: Path
    env: Mapping[str, str]

    def run(self, *order: str) -> None:
        subprocess.run(self._command(*order), cwd=self.tree, env=self.env, check=True)

    def start(self, *order: str) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self._command(*order), cwd=self.tree, env=self.env, stdin=pipe, stdout=pipe, text=True
        )

    def _command(self, *order: str) -> list[str]:
        return [str(self.tree / ".venv" / "bin" / "python"), "-m", "benchmarks.player", *order]


@dataclass(frozen=True)
class Player:
    """A side's process that asks its server."""

    side: Side
    process: "subprocess.Popen[str]"

    def do(self, do: str, name: str = "") -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, "name": name}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process of {self.side.name} ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise Absent(self.side.name, answer["error"])
        return answer


def main(revision: str, *, scale: int, base: Path, only: set[str], keep: bool) -> int:
    from benchmarks.__main__ import save

    commit = trees.commit_of(revision)
    with sides(commit, scale=scale, base=base, keep=keep) as players:
        compared, missing, lost = _compare_all(*players, only)
    facts = {"scale": scale, "against": commit[:12]}
    save([{"name": name} | facts | each for name, each in compared.items()], base / "ratios.jsonl")
    table(compared, missing, f"{scale:,} candidates, {revision} ({commit[:12]}) and this working copy")
    if lost:
        print(f"\nonly {revision} can do: {', '.join(lost)}")
    return 1 if lost else 0


@contextlib.contextmanager
def sides(commit: str, *, scale: int, base: Path, keep: bool) -> Iterator[tuple[Player, Player]]:
    """Before and now, each with its server and its copy of the data."""
    tree = trees.built(commit, base / "trees")
    var = base / ("against-partners" if PARTNERS else f"against-{scale}")
    if not (keep and _seeded_by(var) == commit):
        shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True, exist_ok=True)
    with running(var) as urls, mailserver.taking() as mail, contextlib.ExitStack() as stack:
        env = dict(os.environ) | COMMON | urls | mail | {"SECRET_KEY": secrets.token_urlsafe(50)}
        env |= {"MEDIA_ROOT": str(var / "files")}

        def side(name: str, tree: Path, database: str, number: int) -> Side:
            folder = var / database
            folder.mkdir(exist_ok=True)
            own = {"VAR": str(folder), "REDIS_URL": _numbered(urls["REDIS_URL"], number)}
            return Side(name, tree, env | own | {"DATABASE_URL": _named(urls["DATABASE_URL"], database)})

        if _seeded_by(var) != commit:
            print(f"filling a database with {scale} candidates, as {commit[:12]} does", flush=True)
            _copy(urls["DATABASE_URL"], "template0", "seeded")
            side("before", tree, "seeded", 0).run("prepare", str(scale))
            (var / "seeded-by").write_text(commit)
        players = []
        for number, (name, place) in enumerate((("before", tree), ("now", trees.ROOT)), start=1):
            _copy(urls["DATABASE_URL"], "seeded", name)
            each = side(name, place, name, number)
            each.run("rest")
            address = stack.enter_context(server.running(Path(each.env["VAR"]), tree=place, env=each.env))
            players.append(Player(each, stack.enter_context(_playing(each, address))))
        yield players[0], players[1]


@contextlib.contextmanager
def _playing(side: Side, address: str) -> "Iterator[subprocess.Popen[str]]":
    process = side.start("play", address)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _seeded_by(var: Path) -> str:
    path = var / "seeded-by"
    return path.read_text() if path.exists() else ""


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _numbered(url: str, number: int) -> str:
    return url.replace("?db=0", f"?db={number}") if "?db=" in url else f"{url.removesuffix('/0')}/{number}"


def _copy(url: str, template: str, database: str) -> None:
    connection = psycopg2.connect(_named(url, "postgres"))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
    finally:
        connection.close()


def _compare_all(
    before: Player, now: Player, only: set[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, str], list[str]]:
    """What was compared, what one side lacks with the reason, and what our side alone lacks."""
    compared: dict[str, dict[str, Any]] = {}
    missing: dict[str, str] = {}
    lost: list[str] = []
    for name in now.do("names")["names"]:
        if only and name not in only:
            continue
        print(f"comparing {name}", flush=True)
        unit, why = "", {}
        for player in (before, now):
            try:
                unit = player.do("prepare", name)["unit"]
            except Absent as reason:
                why[player.side.name] = str(reason)
        if not why:
            try:
                compared[name] = _by_turns(before, now, name, unit)
            except Absent as reason:  # such as a race for which the data do not suffice that often
                why[reason.side] = str(reason)
        if why:
            missing[name] = "; ".join(why.values())
            lost += [name] if "before" not in why else []
    return compared, missing, lost


def _by_turns(before: Player, now: Player, name: str, unit: str) -> dict[str, Any]:
    """A B A B, and B A B A in every other round, so that neither always comes first."""
    rounds, a_round = (ROUNDS, A_ROUND) if unit == "ms" else (RATE_ROUNDS, 1)
    values: dict[str, list[list[float]]] = {"before": [], "now": []}
    for number in range(rounds):
        order = (before, now) if number % 2 == 0 else (now, before)
        for player in order:
            values[player.side.name].append([])
        for _ in range(a_round):
            for player in order:
                values[player.side.name][-1].append(player.do("ask", name)["value"])
    return {"unit": unit} | compare(values["before"], values["now"], unit=unit).as_json()


def table(compared: dict[str, dict[str, Any]], missing: dict[str, str], title: str) -> None:
    print(f"\n{title}\n")
    print(f"{'':26}{'median':>10}{'before':>10}{'p95':>10}{'before':>10}{'ratio':>9}{'spread':>16}")
    for name, each in compared.items():
        figures = "".join(f"{each[key]:>10}" for key in ("median", "median_before", "p95", "p95_before"))
        spread = f"{each['ratio_min']:.3f}-{each['ratio_max']:.3f}"
        print(f"{name + ' ' + each['unit']:26}{figures}{each['ratio']:>9.3f}{spread:>16}")
    for name, reason in missing.items():
        print(f"{name:26} not compared, {reason}")
