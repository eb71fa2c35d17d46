"""Another revision of this repository in a work tree beside, ready to run."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    ".venv": ("requirements/dev.txt",),
    "node_modules": ("package-lock.json",),
}


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


def commit_of(revision: str) -> str:
    """Its full name; a revision that does not exist ends the bench with one line."""
    try:
        return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError:
        raise SystemExit(f"bench: this repository has no revision {revision!r}") from None


def built(commit: str, folder: Path) -> Path:
    """A work tree of that commit under `folder`, with what it needs installed and our benchmarks laid over.

    What its lock files ask for as ours do is ours; only where they differ it gets its own.
    """
    tree = folder / commit[:12]
    _git("worktree", "prune")
    if not (tree / ".git").exists():
        shutil.rmtree(tree, ignore_errors=True)
        tree.parent.mkdir(parents=True, exist_ok=True)
        _git("worktree", "add", "--detach", "--force", str(tree), commit)
    for place, locks in LOCKS.items():
        link = tree / place
        same = all(_same(lock, tree) for lock in locks)
        if same and not link.exists():
            link.symlink_to((ROOT / place).resolve())
    if not all((tree / place).is_symlink() for place in LOCKS):
        subprocess.run([sys.executable, "ats/embedded/install.py", "--dev"], cwd=tree, check=True)
    shutil.rmtree(tree / "benchmarks", ignore_errors=True)
    shutil.copytree(ROOT / "benchmarks", tree / "benchmarks", ignore=shutil.ignore_patterns("__pycache__"))
    return tree


def _same(lock: str, tree: Path) -> bool:
    ours, theirs = ROOT / lock, tree / lock
    return ours.exists() and theirs.exists() and _pins(ours) == _pins(theirs)


def _pins(lock: Path) -> list[str]:
    """What it locks, without the comments that say for whom."""
    return [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
