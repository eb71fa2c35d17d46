"""What lies in a backup, and whether it is whole.

DIR/manifest.json    what it is, when it was made, of which tables, with the digests of the rest
DIR/database.dump    PostgreSQL's own archive (`pg_dump -Fc`)
DIR/files/           candidates' files
DIR/files.sha256     their digests, as `sha256sum -c` reads them
DIR/secrets.json     what signs links and sessions
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ats.upkeep.errors import Refused

FORMAT = 1
MANIFEST, DATABASE, FILES, DIGESTS, SECRETS = (
    "manifest.json", "database.dump", "files", "files.sha256", "secrets.json",
)  # fmt: skip
SEALED = (DATABASE, DIGESTS, SECRETS)


@dataclass
class Manifest:
    made_at: str
    base_url: str
    mail_domain: str
    postgres: int
    """Of the server, such as 180001."""
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    files: int
    missing: list[str] = field(default_factory=list)
    """Files that rows name and that were not there."""
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        self.digests = {name: digest(folder / name) for name in SEALED}
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1, sort_keys=True))


def read(folder: Path) -> Manifest:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise Refused(f"{folder} is no backup: it has no {MANIFEST}.") from None
    if found.get("format") != FORMAT:
        raise Refused(
            f"{folder} is a backup of another kind ({found.get('format')}): use the code of its time."
        )
    return Manifest(**found)


def check(folder: Path, manifest: Manifest) -> None:
    """Every part is as it was written; `Refused` says which is not."""
    for name, wanted in manifest.digests.items():
        if not (folder / name).is_file() or digest(folder / name) != wanted:
            raise Refused(f"{name} of this backup is not as it was written: nothing was restored.")
    listed = dict(digests(folder))
    if len(listed) != manifest.files:
        raise Refused(f"{DIGESTS} of this backup does not list its files: nothing was restored.")
    for name, wanted in listed.items():
        path = folder / FILES / name
        if not path.is_file() or digest(path) != wanted:
            raise Refused(f"{FILES}/{name} of this backup is not as it was written: nothing was restored.")


def write_digests(folder: Path, files: dict[str, str]) -> None:
    lines = (f"{sha256}  {FILES}/{name}\n" for name, sha256 in sorted(files.items()))
    (folder / DIGESTS).write_text("".join(lines))


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file of the backup by its name in the storage, with its digest."""
    for line in (folder / DIGESTS).read_text().splitlines():
        sha256, _, name = line.partition("  ")
        yield name.removeprefix(f"{FILES}/"), sha256


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
