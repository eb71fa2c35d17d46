"""Putting what was restored in its place: finished by whoever comes next, if it is cut off half way."""

import json
import os
import shutil
from pathlib import Path

STAGE, READY = "restoring", "ready.json"


def stage(var: Path) -> Path:
    """Where a restore builds; nothing of it counts before `ready` is there."""
    return var / STAGE


def ready(var: Path, moves: list[tuple[Path, Path]]) -> None:
    """Everything is built: from here on it is put in place, whatever happens."""
    path = stage(var) / READY
    fresh = path.with_suffix(".new")
    with fresh.open("w") as file:
        json.dump([[str(source), str(target)] for source, target in moves], file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def finish(var: Path) -> bool:
    """Do the moves that are left; False if there was nothing to finish."""
    path = stage(var) / READY
    if not path.exists():
        return False
    for source, target in (map(Path, pair) for pair in json.loads(path.read_text())):
        if source.exists():
            if target.is_dir():  # an empty one, or it would not have come so far
                target.rmdir()
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    shutil.rmtree(stage(var))
    return True
