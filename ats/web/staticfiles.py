"""Static files of the packages in package.json: an exact, short list, under /static/vendor/."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PACKAGES = settings.ROOT / "node_modules"
FILES = {
    "vendor/tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/sortable.js": "sortablejs/modular/sortable.core.esm.js",
    "vendor/chart.js": "chart.js/dist/chart.umd.min.js",
    "vendor/trix.css": "trix/dist/trix.css",
    "vendor/trix.js": "trix/dist/trix.esm.min.js",
    "vendor/inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "vendor/inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
# One picture file with the icons that pages use, each a <symbol> to be shown by <use href="...#name">.
SPRITE = "vendor/icons.svg"
ICON_LIST = Path(__file__).parent / "icons.txt"
FILLED = 'fill="currentColor"'
OUTLINE = (
    'fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
)
ICONS = PACKAGES / "@tabler" / "icons" / "icons"


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for what our own JavaScript modules import from each other.

    Source maps are left alone: packages point to maps that they do not ship.
    """

    _css, _ = CompressedManifestStaticFilesStorage.patterns
    _, _modules = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # noqa: SLF001
    patterns = ((_css[0], _css[1][:2]), ("js/*.js", _modules))

    def url(self, name: str | None, force: bool = False) -> str:
        """Every page names a dozen of them, and their names stay as they were made."""
        if settings.DEBUG or force or name is None:
            return super().url(name, force)
        known: dict[str, str] = self.__dict__.setdefault("_urls", {})
        if name not in known:
            known[name] = super().url(name)
        return known[name]


class PackageStorage(FileSystemStorage):
    """Reads `vendor/...` from node_modules; the icons are put together when asked for."""

    def __init__(self) -> None:
        super().__init__(location=PACKAGES)

    def path(self, name: str) -> str:
        return str(ICON_LIST if name == SPRITE else PACKAGES / FILES[name])

    def _open(self, name: str, mode: str = "rb") -> File:
        if name == SPRITE:
            return ContentFile(sprite().encode(), name=name)
        return super()._open(name, mode)  # type: ignore[misc]


class PackageFinder(BaseFinder):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__()
        self.storage = PackageStorage()

    def check(self, **kwargs: object) -> list[CheckMessage]:
        if PACKAGES.joinpath("@tabler").is_dir():
            return []
        return [Error("The front-end packages are not installed.", hint="Run make setup.", id="ats.E001")]

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        if path not in (*FILES, SPRITE):
            return []
        found = str(_sprite_file() if path == SPRITE else PACKAGES / FILES[path])
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, PackageStorage]]:
        for name in (*FILES, SPRITE):
            yield name, self.storage


def icon_names() -> list[str]:
    """The icons that `icons.txt` asks for, one a line; `filled/star` for the filled kind."""
    return [line.strip() for line in ICON_LIST.read_text().splitlines() if line.strip()]


@cache
def _icon(name: str) -> str:
    kind, _, shape = name.rpartition("/")
    svg = (ICONS / (kind or "outline") / f"{shape}.svg").read_text()
    inner = re.sub(r"\s+", " ", svg.partition("<svg")[2].partition(">")[2].rpartition("</svg>")[0]).strip()
    inner = inner.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "").strip()
    paint = FILLED if kind == "filled" else OUTLINE
    return f'<symbol id="{name.replace("/", "-")}" viewBox="0 0 24 24" {paint}>{inner}</symbol>'


def sprite() -> str:
    symbols = "\n".join(_icon(name) for name in icon_names())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _sprite_file() -> Path:
    """The sprite as a real file, for servers that serve straight from the finders (tests, DEBUG)."""
    text = sprite()
    path: Path = settings.VAR / "icons" / "icons.svg"
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return path
