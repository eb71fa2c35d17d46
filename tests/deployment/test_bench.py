"""`make bench AGAINST=<revision>`: its arithmetic, and one tiny comparison on real servers."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.figures import compare, summary
from benchmarks.server import memory

ROOT = Path(__file__).resolve().parent.parent.parent
in_a_repository = pytest.mark.skipif(
    shutil.which("git") is None
    or subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=False).returncode
    != 0,
    reason="this is no clone with its history",
)


@pytest.fixture
def var() -> Iterator[Path]:
    """Not under pytest's own folder, which another run of pytest closes to PostgreSQL's user."""
    folder = Path(os.environ["VAR"]) / f"compared-{os.getpid()}"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_ratio_is_the_middle_of_the_rounds_and_its_spread_their_ends() -> None:
    before = [[10, 10, 40], [20, 20, 20], [10, 10, 10]]  # a slow minute meets both sides alike
    now = [[11, 11, 11], [24, 24, 80], [9, 9, 9]]

    found = compare(before, now)

    assert (found.ratio, found.ratio_min, found.ratio_max, found.rounds) == (1.1, 0.9, 1.2, 3)
    assert (found.median, found.median_before) == (11, 10)


def test_above_one_is_slower_also_for_what_is_counted_by_the_second() -> None:
    found = compare([[100], [100], [100]], [[50], [80], [125]], unit="per_s")

    assert (found.ratio, found.ratio_min, found.ratio_max) == (1.25, 0.8, 2.0)
    assert (found.median, found.median_before) == (80, 100)


def test_both_sides_measure_the_same_number_of_rounds() -> None:
    with pytest.raises(ValueError, match="longer"):
        compare([[1.0], [1.0]], [[1.0]])


def test_the_95th_of_a_hundred() -> None:
    figures = summary([float(each) for each in range(100, 0, -1)])

    assert (figures.median, figures.p95) == (50.5, 95.0)


@in_a_repository
@pytest.mark.servers
def test_a_revision_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    bench = _bench(tmp_path, AGAINST="no-such-revision")

    assert (bench.returncode, bench.stderr) == (
        1,
        "bench: this repository has no revision 'no-such-revision'\n",
    )


@in_a_repository
@pytest.mark.servers
def test_the_last_commit_against_the_working_copy(var: Path) -> None:
    """Real work tree, real databases and servers, with next to no data."""
    bench = _bench(var, AGAINST="HEAD", SCALE="60", ONLY="careers_list,portal")

    assert bench.returncode == 0, bench.stderr + bench.stdout
    lines = [json.loads(line) for line in (var / "bench" / "ratios.jsonl").read_text().splitlines()]
    assert [(each["name"], each["scale"], each["rounds"]) for each in lines] == [
        ("careers_list", 60, 5),
        ("portal", 60, 5),
    ]
    assert [each["ratio_min"] <= each["ratio"] <= each["ratio_max"] for each in lines] == [True, True]
    assert min(each[key] for each in lines for key in ("median", "median_before", "p95", "p95_before")) > 0


def _bench(var: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    clean = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    try:
        return subprocess.run(
            [sys.executable, "-m", "benchmarks"],
            cwd=ROOT,
            env=clean | {"VAR": str(var), "ROUNDS": "5"} | env,
            capture_output=True,
            text=True,
            check=False,
            timeout=500,
        )
    finally:
        for tree in (var / "bench" / "trees").glob("*"):
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=False)


def test_the_memory_of_a_process_is_with_its_children() -> None:
    held = bytearray(30_000_000)
    alone = memory(os.getpid())
    order = "held = b'x' * 30_000_000; print(flush=True); input()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", order], stdin=pipe, stdout=pipe) as child:
        assert child.stdout is not None
        child.stdout.readline()
        together = memory(os.getpid())
        child.communicate(b"\n")
    assert len(held) / 1e6 < alone < together - 20
