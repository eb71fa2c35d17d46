"""`make mutants`: small faults are put into our rules one by one; how many of them does a test notice?

Each module of `mutation/modules.py` is tested against its own folder of tests alone. `ONLY=offers,engine` takes
just those, `KEEP=1` tests again only what was not noticed the last time, `MINUTES` is the time for all (60) and
`JOBS` how many modules run side by side (2). A run takes a third of the mutants, another one each day (see
`mutation/share.py`). What was not noticed stands in VAR/mutants/<module>/survivors.txt.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutation import databases, figures, share, trees
from mutation.modules import MODULES

BASE = Path(os.environ.get("VAR", "var")).resolve() / "mutants"
ONLY = [name for name in os.environ.get("ONLY", "").split(",") if name] or list(MODULES)
KEEP = os.environ.get("KEEP") == "1"
JOBS = int(os.environ.get("JOBS", "2"))
UNTIL = time.monotonic() + 60 * float(os.environ.get("MINUTES", "60"))


def main() -> int:
    print(f"share {share.PART + 1} of {share.SHARES}", flush=True)
    databases.start(keep=KEEP)
    with ThreadPoolExecutor(JOBS) as pool:
        found = list(pool.map(_test, ONLY))
    print(figures.table(found))
    return 0 if all(each.is_enough for each in found) else 1


def _test(name: str) -> figures.Figures:
    tree, began = BASE / name, time.monotonic()
    if KEEP:
        figures.forget_survivors(tree)
    else:
        shutil.rmtree(tree, ignore_errors=True)
    trees.grow(tree, MODULES[name])
    environment = os.environ | databases.own(name, number=ONLY.index(name) + 1)
    environment |= {
        "PYTHONPATH": str(trees.ROOT),
        "HYPOTHESIS_PROFILE": "mutants",
        "PART": str(share.PART),  # though midnight passes
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    # What was not reached when the time is over counts as not noticed.
    with (tree / "log.txt").open("w") as log, contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-m", "mutation.one"],
            cwd=tree, env=environment, stdout=log, stderr=log, check=False,
            timeout=max(1, UNTIL - time.monotonic()),
        )  # fmt: skip
    return figures.of(name, tree, minutes=(time.monotonic() - began) / 60)


if __name__ == "__main__":
    sys.exit(main())
