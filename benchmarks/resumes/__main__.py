"""`python -m benchmarks.resumes DIRECTORY [--people N] [--seed S]`: papers of made-up people, truth beside.

Each person comes as one file of each make that this machine can make (or of `--each` makes, chosen by the seed).
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.resumes import html, life, office, rendercv_sheets, typst_sheets
from benchmarks.resumes.told import Told

Make = Callable[[Told, Path], None]
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main() -> None:
    options = _options()
    options.directory.mkdir(parents=True, exist_ok=True)
    with _printer() as printer:
        makes = dict(_makes(printer))
        print("makes:", ", ".join(makes), file=sys.stderr)
        for number in range(options.people):
            seed = options.seed * 100_000 + number
            _papers(options.directory, seed, makes, options.each or len(makes))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resumes")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=0, help="so many makes of each person; 0: all")
    return parser.parse_args()


def _papers(directory: Path, seed: int, makes: dict[str, tuple[str, Make]], each: int) -> None:
    person = life.make(seed)
    chosen = Random(seed).sample(sorted(makes), k=min(each, len(makes)))
    for name in chosen:
        ending, make = makes[name]
        path = directory / f"{seed}-{name}.{ending}"
        make(Told(person, f"{seed}-{name}"), path)
        truth = json.dumps(person.truth(), ensure_ascii=False, indent=1)
        for file in directory.glob(f"{path.stem}*"):
            if file.suffix != ".json":
                file.with_name(f"{file.name}.truth.json").write_text(truth, "utf-8")


def _makes(printer: Any) -> Iterator[tuple[str, tuple[str, Make]]]:
    """Each make that this machine has the programs for, by name."""
    if find_spec("rendercv"):
        for theme in rendercv_sheets.themes():
            yield f"rendercv-{theme}", ("pdf", partial(_by_rendercv, theme))
    if find_spec("typst"):
        for name in typst_sheets.SHEETS:
            yield f"typst-{name}", ("pdf", partial(_by_typst, name))
    if printer:
        for name in html.SHEETS:
            yield f"chromium-{name}", ("pdf", partial(_by_chromium, printer, name))
    soffice = shutil.which("soffice")
    yield "docx-plain", ("docx", partial(_by_docx, soffice, office.docx))
    yield "docx-table", ("docx", partial(_by_docx, soffice, office.docx_table))
    yield "text", ("txt", lambda told, path: path.write_text(office.text(told), "utf-8") and None)


def _by_rendercv(theme: str, told: Told, path: Path) -> None:
    path.write_bytes(rendercv_sheets.pdf(told, theme))


def _by_typst(name: str, told: Told, path: Path) -> None:
    path.write_bytes(typst_sheets.pdf(name, told))


def _by_chromium(printer: Any, name: str, told: Told, path: Path) -> None:
    printer.set_content(html.page(name, told))
    printer.pdf(path=str(path), prefer_css_page_size=True)


def _by_docx(soffice: str | None, make: Make, told: Told, path: Path) -> None:
    make(told, path)
    if soffice:
        office.converted(soffice, path, "pdf")
        office.converted(soffice, path, "odt")


@contextmanager
def _printer() -> Iterator[Any]:
    """A page of Chromium's that prints; None where there is none."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--headless"])
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    main()
